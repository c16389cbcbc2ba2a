import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { isAlive, statOf } from "./proc.js";
import { logOf, names, processesOf, running, start, stop, stopAll } from "./processes.js";
import { temporaryFolder } from "./test-support.js";
import { waitFor } from "./wait.js";

/** A daemon that is one line of JavaScript and stays until it is stopped. */
function daemon(name: string, program = "", ...args: string[]) {
  return { name, command: process.execPath, args: ["-e", `${program}; setInterval(() => {}, 60_000)`, ...args] };
}

async function lab(): Promise<string> {
  const dir = await temporaryFolder();
  onTestFinished(() => stopAll(dir));
  return dir;
}

async function says(dir: string, name: string, text: string): Promise<string> {
  const probe = async () => {
    const log = await readFile(logOf(dir, name), "utf8");
    return log.includes(text) && log;
  };
  return waitFor(probe, { what: `${name} to say ${text}`, seconds: 60, log: logOf(dir, name) });
}

let dir: string;
beforeEach(async () => {
  dir = await lab();
});

describe("start", () => {
  it("starts a daemon in a session of its own, with its output in the log", async () => {
    const { pid, started } = await start(dir, daemon("a", "console.log('hello'); console.error('world')"));
    expect(started).toBe(true);
    expect((await statOf(pid))?.session).toBe(pid);
    expect(await says(dir, "a", "world")).toBe("hello\nworld\n");
    expect(await names(dir)).toEqual(["a"]);
    expect(await running(dir, "a")).toBe(pid);
  });

  it("leaves one alone that runs with the same arguments, and restarts one with others", async () => {
    const first = await start(dir, daemon("a"));
    expect(await start(dir, daemon("a"))).toEqual({ pid: first.pid, started: false });
    const second = await start(dir, daemon("a", "", "port=2"));
    expect(second.started).toBe(true);
    expect(isAlive(await statOf(first.pid))).toBe(false);
    expect(await processesOf(dir)).toEqual([second.pid]);
  });

  it("starts one anew that was killed", async () => {
    const first = await start(dir, daemon("a"));
    process.kill(first.pid, "SIGKILL");
    await waitFor(async () => (await running(dir, "a")) === undefined, { what: "its end", seconds: 60 });
    expect((await start(dir, daemon("a"))).pid).not.toBe(first.pid);
  });

  it("says why a program cannot be started", async () => {
    const missing = { name: "a", command: join(dir, "none"), args: [] };
    await expect(start(dir, missing)).rejects.toThrow(/^a cannot be started: .*ENOENT/);
  });

  it("puts a log aside that has grown too large", async () => {
    await mkdir(join(dir, "logs"));
    await writeFile(logOf(dir, "a"), Buffer.alloc(16 * 1024 * 1024 + 1));
    await start(dir, daemon("a", "console.log('new')"));
    expect(await says(dir, "a", "new")).toBe("new\n");
  });
});

describe("stop", () => {
  it("asks first, and waits for the end", async () => {
    const program = "process.on('SIGTERM', () => setTimeout(() => { console.log('bye'); process.exit() }, 200))";
    const { pid } = await start(dir, daemon("a", `${program}; console.log('ready')`));
    await says(dir, "a", "ready");
    await stop(dir, "a");
    expect(isAlive(await statOf(pid))).toBe(false);
    expect(await readFile(logOf(dir, "a"), "utf8")).toBe("ready\nbye\n");
    expect(await names(dir)).toEqual([]);
  });

  it("kills one that does not listen", async () => {
    const { pid } = await start(dir, daemon("a", "process.on('SIGTERM', () => {}); console.log('ready')"));
    await says(dir, "a", "ready");
    await stop(dir, "a", 0.2);
    expect(isAlive(await statOf(pid))).toBe(false);
  });

  it("ends what the daemon has started, also when the daemon itself was killed", async () => {
    const child = `require("child_process").spawn("sleep", ["300"], { detached: true }); console.log("ready")`;
    const { pid } = await start(dir, daemon("a", child));
    await says(dir, "a", "ready");
    process.kill(pid, "SIGKILL");
    await waitFor(async () => (await processesOf(dir)).length === 1, { what: "the child to be alone", seconds: 60 });
    await stop(dir, "a");
    expect(await processesOf(dir)).toEqual([]);
  });

  it("finds children in the session that have overwritten their environment", async () => {
    const child = `require("child_process").spawn("sleep", ["300"], { env: {} }); console.log("ready")`;
    const { pid } = await start(dir, daemon("a", child));
    await says(dir, "a", "ready");
    process.kill(pid, "SIGKILL");
    await waitFor(async () => (await running(dir, "a")) === undefined, { what: "its end", seconds: 60 });
    await stop(dir, "a");
    const { allProcesses } = await import("./proc.js");
    expect((await allProcesses()).filter((stat) => stat.session === pid && isAlive(stat))).toEqual([]);
  });

  it("never touches a stranger that has got the pid", async () => {
    // of the most confusing kind: the first of a session of its own, as our daemons are
    const program = ["-e", "setInterval(() => {}, 60_000)"];
    const stranger = spawn(process.execPath, program, { stdio: "ignore", detached: true });
    onTestFinished(() => void stranger.kill("SIGKILL"));
    await once(stranger, "spawn");
    const pid = stranger.pid as number;
    await start(dir, daemon("a"));
    const file = join(dir, "run", "a.json");
    const record = JSON.parse(await readFile(file, "utf8")) as { pid: number; startTime: number };
    await stop(dir, "a");
    await writeFile(file, JSON.stringify({ ...record, pid }));
    expect(await running(dir, "a")).toBeUndefined();
    await stop(dir, "a");
    expect(isAlive(await statOf(pid))).toBe(true);
    expect(await names(dir)).toEqual([]);
  });

  it("takes a pid of an earlier run of the machine for nobody", async () => {
    const { pid } = await start(dir, daemon("a"));
    const file = join(dir, "run", "a.json");
    const record = JSON.parse(await readFile(file, "utf8")) as object;
    await writeFile(file, JSON.stringify({ ...record, boot: "another" }));
    expect(await running(dir, "a")).toBeUndefined();
    expect(isAlive(await statOf(pid))).toBe(true);
  });
});

it("stopAll ends what no pid file tells of", async () => {
  const { pid } = await start(dir, daemon("a"));
  await rm(join(dir, "run"), { recursive: true });
  await stopAll(dir);
  expect(isAlive(await statOf(pid))).toBe(false);
});
