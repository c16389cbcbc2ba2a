import { describe, expect, it } from "vitest";
import { openLab } from "./lab.js";
import type { Health, LabContext, Part } from "./part.js";
import { temporaryFolder } from "./test-support.js";
import { isUp } from "./up.js";

/** A part that only remembers; what a test needs otherwise is given. */
function fake(name: string, log: string[], changes: Partial<Part> = {}): Part {
  let health: Health = { state: "down" };
  return {
    name,
    title: name,
    needs: [],
    missing: async () => [],
    systemPackages: async () => [],
    acquire: async () => void log.push(`acquire ${name}`),
    start: async () => {
      log.push(`start ${name}`);
      health = { state: "up" };
    },
    health: async () => health,
    env: async () => ({ [name.toUpperCase()]: "1" }),
    stop: async () => {
      log.push(`stop ${name}`);
      health = { state: "down" };
    },
    ...changes,
  };
}

async function labOf(parts: readonly Part[]) {
  const folder = await temporaryFolder();
  return openLab({ parts, env: { ...process.env, PLINTH_CACHE: `${folder}/c`, PLINTH_STATE: `${folder}/s` } });
}

const outcomes = (results: readonly { name: string; outcome: string }[]) =>
  Object.fromEntries(results.map(({ name, outcome }) => [name, outcome]));

describe("up", () => {
  it("starts a part after what it needs, and leaves alone what is up", async () => {
    const log: string[] = [];
    const lab = await labOf([fake("b", log, { needs: ["a"] }), fake("a", log), fake("c", log)]);
    expect(outcomes(await lab.up(["b"]))).toEqual({ a: "started", b: "started" });
    expect(log.indexOf("start a")).toBeLessThan(log.indexOf("start b"));
    log.length = 0;
    expect(outcomes(await lab.up())).toEqual({ a: "running", b: "running", c: "started" });
    expect(log).toEqual(["acquire c", "start c"]);
  });

  it("brings up what is on demand only when it is named or needed", async () => {
    const onDemand = { onDemand: true };
    const parts = (log: string[]) => [
      fake("a", log),
      fake("b", log, onDemand),
      fake("c", log, onDemand),
      fake("d", log, { ...onDemand, needs: ["c"] }),
    ];
    expect(outcomes(await (await labOf(parts([]))).up())).toEqual({ a: "started" });
    expect(outcomes(await (await labOf(parts([]))).up(["d"]))).toEqual({ c: "started", d: "started" });
    expect(outcomes(await (await labOf([fake("b", [], onDemand)])).up())).toEqual({});
  });

  it("acquires and starts side by side what does not need each other", async () => {
    const log: string[] = [];
    let meet = () => {};
    const met = new Promise<void>((resolve) => {
      meet = resolve;
    });
    const lab = await labOf([fake("a", log, { start: () => met }), fake("b", log, { start: async () => meet() })]);
    expect((await lab.up()).every(isUp)).toBe(true);
  });

  it("goes on without what cannot be had, and says why", async () => {
    const log: string[] = [];
    const lab = await labOf([
      fake("a", log, { missing: async () => ["not root: run with sudo"] }),
      fake("b", log, { needs: ["a"] }),
      fake("c", log, { start: () => Promise.reject(new Error("port taken")) }),
      fake("d", log),
    ]);
    expect(await lab.up()).toEqual([
      { name: "a", outcome: "missing", reasons: ["not root: run with sudo"] },
      { name: "b", outcome: "skipped", reasons: ["needs a, which is not up"] },
      { name: "c", outcome: "failed", reasons: ["port taken"] },
      { name: "d", outcome: "started", reasons: [] },
    ]);
    expect(log).not.toContain("acquire a");
    expect(log).toContain("stop c"); // what it had started before it failed
  });

  it("asks once for all system packages, before anything is acquired", async () => {
    const log: string[] = [];
    const wants = (packages: string[]) => ({ systemPackages: async () => packages });
    const parts = [fake("a", log, wants(["nova", "mysql"])), fake("b", log, wants(["mysql"])), fake("c", log)];
    const asked: (readonly string[])[] = [];
    const confirm = (answer: boolean) => async (packages: readonly string[]) => {
      asked.push(packages, [...log]);
      return answer;
    };
    const lab = await labOf(parts);
    const refused = await lab.up([], { confirm: confirm(false) });
    expect(outcomes(refused)).toEqual({ a: "missing", b: "missing", c: "started" });
    expect(refused[0]?.reasons).toEqual(["these system packages may not be installed: nova mysql"]);
    expect(asked).toEqual([["mysql", "nova"], []]);
    expect(outcomes(await lab.up())).toEqual({ a: "missing", b: "missing", c: "running" });
    expect(outcomes(await lab.up([], { confirm: confirm(true) }))).toEqual({
      a: "started",
      b: "started",
      c: "running",
    });
  });

  it("broken off, stops what this run has started and nothing else", async () => {
    const log: string[] = [];
    const abort = new AbortController();
    const untilAborted = ({ signal }: LabContext) =>
      new Promise<void>((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    const failing: Health = { state: "failing", reason: "half of it runs" };
    const parts = [
      fake("before", log),
      fake("healed", log, { health: async () => failing }),
      fake("started", log),
      fake("slow", log, { needs: ["started"], start: untilAborted }),
      fake("building", log, { acquire: untilAborted }),
    ];
    const lab = await labOf(parts);
    await lab.up(["before"]);
    log.length = 0;
    const up = lab.up([], { signal: abort.signal });
    await expect.poll(() => log).toContain("start started");
    await expect.poll(() => log).toContain("start healed");
    abort.abort();
    expect(outcomes(await up)).toEqual({
      before: "running",
      healed: "started",
      started: "stopped",
      slow: "stopped",
      building: "stopped",
    });
    expect(log.filter((line) => line.startsWith("stop")).sort()).toEqual(["stop slow", "stop started"]);
  });
});

describe("down, status and env", () => {
  it("stops what needs a part before the part, and reports", async () => {
    const log: string[] = [];
    const lab = await labOf([fake("a", log), fake("b", log, { needs: ["a"] }), fake("c", log)]);
    await lab.up();
    expect(await lab.env()).toEqual({ A: "1", B: "1", C: "1" });
    log.length = 0;
    await lab.down(["a"]);
    expect(log).toEqual(["stop b", "stop a"]);
    expect((await lab.status()).map(({ name, health }) => [name, health.state])).toEqual([
      ["a", "down"],
      ["b", "down"],
      ["c", "up"],
    ]);
    expect(await lab.env()).toEqual({ C: "1" });
  });

  it("takes a part that cannot say how it is for failing", async () => {
    const lab = await labOf([fake("a", [], { health: () => Promise.reject(new Error("no answer")) })]);
    expect((await lab.status())[0]?.health).toEqual({ state: "failing", reason: "no answer" });
  });
});

describe("acquire", () => {
  it("acquires all, those on demand too, and starts none", async () => {
    const log: string[] = [];
    const lab = await labOf([
      fake("a", log, { health: async () => ({ state: "up" }) }),
      fake("b", log, { onDemand: true }),
      fake("c", log, { missing: async () => ["it is not for this machine"] }),
      fake("d", log, { acquire: () => Promise.reject(new Error("the disk is full")) }),
      fake("e", log, { systemPackages: async () => ["python3-nova"] }),
    ]);
    expect(await lab.acquire()).toEqual([
      { name: "a", outcome: "running", reasons: [] },
      { name: "b", outcome: "acquired", reasons: [] },
      { name: "c", outcome: "missing", reasons: ["it is not for this machine"] },
      { name: "d", outcome: "failed", reasons: ["the disk is full"] },
      { name: "e", outcome: "missing", reasons: ["these system packages may not be installed: python3-nova"] },
    ]);
    expect(log).toEqual(["acquire b"]);
    expect(outcomes(await lab.acquire(["e"], { confirm: async () => true }))).toEqual({ e: "acquired" });
  });
});
