import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { statOf } from "../proc.js";
import { healthOf } from "./state.js";

let dir: string;
let server: Server;
let status = 300;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "plinth-openstack-"));
  status = 300;
  server = createServer((_, response) => response.writeHead(status).end());
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
});

afterEach(async () => {
  server.close();
  await rm(dir, { recursive: true });
});

/** A folder as the Python side leaves it; this process stands for each of the services. */
async function lay(running: readonly string[], made = true): Promise<void> {
  const { port } = server.address() as AddressInfo;
  const settings = { services: ["nova", "keystone"], portShift: 0, zone: "nova" };
  const ports = { mariadb: port, nova: port, keystone: port };
  await writeFile(join(dir, "lab.json"), JSON.stringify({ ...settings, ports }));
  await mkdir(join(dir, "run"));
  if (made) await mkdir(join(dir, "pristine"));
  const start = (await statOf(process.pid))?.startTime;
  for (const name of running) await writeFile(join(dir, "run", `${name}.pid`), `${process.pid} ${start}\n`);
}

const all = ["mariadb", "nova", "keystone"];

test("nothing there, or no process left, is down", async () => {
  expect(await healthOf(join(dir, "never"))).toEqual({ state: "down" });
  await lay([]);
  expect(await healthOf(dir)).toEqual({ state: "down" });
});

test("all processes run and all APIs answer: up", async () => {
  await lay(all);
  expect(await healthOf(dir)).toEqual({ state: "up" });
});

test("a process that is gone is named", async () => {
  await lay(["mariadb", "keystone"]);
  expect(await healthOf(dir)).toEqual({ state: "failing", reason: "nova not running" });
});

test("another process with the number of ours is not ours", async () => {
  await lay(all);
  await writeFile(join(dir, "run", "keystone.pid"), `${process.pid} 1\n`);
  expect(await healthOf(dir)).toEqual({ state: "failing", reason: "keystone not running" });
});

test("an API that answers with its own failure does not count", async () => {
  await lay(all);
  status = 503;
  expect(await healthOf(dir)).toEqual({ state: "failing", reason: "nova, keystone not answering" });
});

test("what was interrupted while it was made does not count, though all of it answers", async () => {
  await lay(all, false);
  expect(await healthOf(dir)).toEqual({ state: "failing", reason: "it was never made to the end" });
});
