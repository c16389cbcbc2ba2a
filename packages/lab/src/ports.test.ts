import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { freePortFor, isFree, knownPorts, portFor } from "./ports.js";
import { temporaryFolder } from "./test-support.js";

async function occupy(port: number): Promise<void> {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
}

it("chooses a free port below those of outgoing connections, and remembers it", async () => {
  const dir = join(await temporaryFolder(), "a");
  const port = await portFor(dir, "api");
  expect(port).toBeGreaterThanOrEqual(20000);
  expect(port).toBeLessThan(30000);
  expect(await isFree(port)).toBe(true);
  await occupy(port);
  expect(await portFor(dir, "api")).toBe(port);
  expect(await knownPorts(dir)).toEqual({ api: port });
});

it("gives two names, two labs and two askers at once different ports", async () => {
  const labs = await temporaryFolder();
  const asked = [portFor(join(labs, "a"), "x"), portFor(join(labs, "a"), "y"), portFor(join(labs, "b"), "x")];
  const ports = await Promise.all(asked);
  expect(new Set(ports).size).toBe(3);
  expect(await portFor(join(labs, "b"), "x")).toBe(ports[2]);
});

it("does not take what another lab remembers, though it is free", async () => {
  const labs = await temporaryFolder();
  const remembered = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`p${index}`, 20000 + index]));
  await mkdir(join(labs, "stopped"));
  await writeFile(join(labs, "stopped", "ports.json"), JSON.stringify(remembered));
  expect(await portFor(join(labs, "b"), "x")).toBeGreaterThanOrEqual(20200);
});

it("gives up a remembered port that a stranger has taken, before a start", async () => {
  const dir = join(await temporaryFolder(), "a");
  const port = await portFor(dir, "api");
  expect(await freePortFor(dir, "api")).toBe(port);
  await occupy(port);
  const other = await freePortFor(dir, "api");
  expect(other).not.toBe(port);
  expect(await portFor(dir, "api")).toBe(other);
});
