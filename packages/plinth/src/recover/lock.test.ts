import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { judgeLock, type Lock, readLocks, survivorsOf, survivorsRefusal } from "./lock.js";
import { isDeserted, parseProcesses, runningProcesses } from "./processes.js";

const lock: Lock = { pid: 4711, username: "ada", hostname: "here", timestamp: "2026-11-24T09:39:31.573383238Z" };
const SET = new Date(lock.timestamp).getTime();
const process_ = (pid: number, group: number, secondsAfter: number, name = "pulumi") => ({
  pid,
  group,
  startedAt: new Date(SET + secondsAfter * 1000),
  name,
});

describe("a lock", () => {
  test("of a process of this host that has ended may be cleared", () => {
    const others = [process_(1, 1, -9999, "init"), process_(4712, 4712, -5)];
    expect(judgeLock(lock, { hostname: "here", processes: others }, "dev")).toBeUndefined();
  });

  test("of a process that runs stays", () => {
    const host = { hostname: "here", processes: [process_(4711, 4711, -3)] };
    expect(judgeLock(lock, host, "dev")).toMatchObject({
      code: "PL7002",
      summary: "The process 4711 (pulumi) holds the lock and runs",
    });
  });

  test("of a process whose number another one has got since may be cleared", () => {
    const host = { hostname: "here", processes: [process_(4711, 4711, 60, "sshd")] };
    expect(judgeLock(lock, host, "dev")).toBeUndefined();
  });

  test("of another host stays, whatever runs here", () => {
    expect(judgeLock(lock, { hostname: "there", processes: [] }, "dev")).toMatchObject({
      code: "PL7003",
      fix: expect.stringContaining("run plinth recover on here"),
    });
  });
});

test("plug-ins whose engine is gone are survivors, if they are no older than the lock", async () => {
  const plugin = (pid: number, secondsAfter: number, engine: string) => ({
    ...process_(pid, pid, secondsAfter, "pulumi-resource-openstack"),
    engine,
  });
  const processes = [plugin(1, 2, "gone"), plugin(2, 2, "there"), plugin(3, -60, "gone"), process_(4, 4711, 2)];
  const host = { hostname: "here", processes };
  const survivors = await survivorsOf([lock], host, async (address) => address === "gone");
  expect(survivors.map(({ pid }) => pid)).toEqual([1]);
  expect(survivorsRefusal(lock, survivors, "dev")).toMatchObject({
    code: "PL7005",
    summary: "pulumi-resource-openstack (1) of the run that died still run",
    fix: expect.stringContaining("kill -9 -- -1, "),
  });
});

test("an address is deserted when nobody listens there", async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await isDeserted(address)).toBe(false);
  await new Promise((done) => server.close(done));
  expect(await isDeserted(address)).toBe(true);
});

test("processes as ps tells them, without those that have ended", async () => {
  const text = [
    "    1     1 Ss   Tue Nov 24 05:55:01 2026 /sbin/init --x",
    " 4711  4711 Rl+  Tue Nov 24 09:39:30 2026 /opt/pulumi-language-nodejs 127.0.0.1:44621",
    " 4712  4711 Z    Tue Nov 24 09:39:30 2026 node <defunct>",
    "",
  ].join("\n");
  expect(parseProcesses(text)).toEqual([
    { pid: 1, group: 1, startedAt: new Date(2026, 10, 24, 5, 55, 1), name: "init" },
    {
      pid: 4711,
      group: 4711,
      startedAt: new Date(2026, 10, 24, 9, 39, 30),
      name: "pulumi-language-nodejs",
      engine: "127.0.0.1:44621",
    },
  ]);
  const own = (await runningProcesses()).find(({ pid }) => pid === process.pid);
  const minutes = (Date.now() - process.uptime() * 1000 - Number(own?.startedAt)) / 60_000;
  expect(Math.abs(minutes)).toBeLessThan(1); // `ps` rounds, in either direction
});

describe("locks", () => {
  const dir = mkdtempSync(join(tmpdir(), "plinth-locks-"));
  const folder = join(dir, "locks", "organization", "hybrid", "dev");
  const read = (name = "dev") => readLocks(dir, `organization/hybrid/${name}`, name);
  beforeEach(() => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "a1.json"), JSON.stringify(lock));
    writeFileSync(join(folder, "a1.json.attrs"), "{}");
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  test("of a file backend are read", async () => {
    expect(await read()).toEqual({ locks: [{ ...lock, file: join(folder, "a1.json") }], refusals: [] });
    expect(await read("other")).toEqual({ locks: [], refusals: [] });
  });

  test("that have not got their name yet are locks if they say whose they are: Pulumi takes them for such", async () => {
    writeFileSync(join(folder, "b2.json.18c2f6a1b.tmp"), JSON.stringify({ ...lock, pid: 4712 }));
    writeFileSync(join(folder, "c3.json.18c2f6a1c.tmp"), '{"pid":47');
    const { locks, refusals } = await read();
    expect([locks.map(({ pid }) => pid), refusals]).toEqual([[4711, 4712], []]);
  });

  test("that do not say whose they are are refused", async () => {
    writeFileSync(join(folder, "a1.json"), "");
    expect(await read()).toMatchObject({
      locks: [],
      refusals: [{ code: "PL7012", path: "dev", fix: expect.stringContaining(`rm ${join(folder, "a1.json")}`) }],
    });
  });
});
