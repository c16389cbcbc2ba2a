import { readdir } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import getPort, { portNumbers } from "get-port";
import { readIfThere, writeWhole } from "./files.js";
import { withLock } from "./lock.js";

/** Below the ports that the kernel gives to outgoing connections (32768 and up), so that none is taken by chance. */
const RANGE = [20000, 29999] as const;

/**
 * The port of this lab with this name: chosen once, free at that time and no other lab's, remembered in `ports.json`.
 *
 * @param dir folder of the lab; the folders beside it are the other labs
 */
export function portFor(dir: string, key: string): Promise<number> {
  return choose(dir, key, async () => true);
}

/**
 * The same, for a service that is about to be started: a remembered port that a stranger has taken meanwhile is given up
 * for another one.
 */
export function freePortFor(dir: string, key: string): Promise<number> {
  return choose(dir, key, isFree);
}

/** Whether nothing listens on a port of the loopback. */
export function isFree(port: number): Promise<boolean> {
  // not get-port: it holds back for a while what it has given out itself
  return new Promise((done) => {
    const server = createServer();
    server.once("error", () => done(false));
    server.listen({ host: "127.0.0.1", port }, () => server.close(() => done(true)));
  });
}

function choose(dir: string, key: string, good: (port: number) => Promise<boolean>): Promise<number> {
  return withLock(join(dirname(dir), "ports"), async () => {
    const own = await knownPorts(dir);
    const known = own[key];
    if (known !== undefined && (await good(known))) return known;
    const taken = [...Object.values(own), ...(await portsOfOthers(dir))];
    const port = await getPort({ host: "127.0.0.1", port: portNumbers(...RANGE), exclude: taken });
    await writeWhole(fileOf(dir), `${JSON.stringify({ ...own, [key]: port }, undefined, 2)}\n`);
    return port;
  });
}

async function portsOfOthers(dir: string): Promise<number[]> {
  const labs = dirname(dir);
  const names = await readdir(labs).catch(() => []);
  const others = await Promise.all(names.map((name) => knownPorts(join(labs, name))));
  return others.flatMap((ports) => Object.values(ports));
}

/** The ports that a lab has chosen so far, by their names. */
export async function knownPorts(dir: string): Promise<Readonly<Record<string, number>>> {
  const text = await readIfThere(fileOf(dir));
  return text === undefined ? {} : (JSON.parse(text) as Record<string, number>);
}

function fileOf(dir: string): string {
  return join(dir, "ports.json");
}
