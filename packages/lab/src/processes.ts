import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { hasCode, LabError, messageOf } from "./errors.js";
import { readIfThere, writeWhole } from "./files.js";
import { allProcesses, bootId, isAlive, type ProcessStat, statOf, variableOf } from "./proc.js";
import { waitFor } from "./wait.js";

/** A program that runs on in the background. */
export interface Daemon {
  /** Name within the lab; names its log and its pid file. */
  readonly name: string;
  /** Path of the program. */
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** @default - the folder of the lab */
  readonly cwd?: string;
}

/** In the environment of each daemon and of all that it starts: whose it is. */
const MARK = "PLINTH_LAB_PROCESS";

/** A log that has grown beyond this is put aside (`.1`) at the next start. */
const LOG_LIMIT = 16 * 1024 * 1024;

interface PidRecord {
  readonly pid: number;
  readonly startTime: number;
  readonly boot: string;
  /** Digest of command and arguments. */
  readonly command: string;
}

/** The log of a daemon: `<dir>/logs/<name>.log`. */
export function logOf(dir: string, name: string): string {
  return join(dir, "logs", `${name}.log`);
}

/**
 * Starts a daemon in a session of its own, so that neither Ctrl-C nor the end of the terminal reaches it. When it runs
 * already with the same arguments nothing happens; with others it is stopped and started anew.
 *
 * @param dir folder of the lab
 * @returns its pid, and whether this call started it
 * @throws LabError when the program cannot be started
 */
export async function start(dir: string, daemon: Daemon): Promise<{ pid: number; started: boolean }> {
  const command = digest(daemon);
  const record = await recordOf(dir, daemon.name);
  if (record !== undefined && (await leaderOf(record)) !== undefined) {
    if (record.command === command) return { pid: record.pid, started: false };
  }
  await stop(dir, daemon.name); // what an earlier one has left behind would hold its ports
  const log = logOf(dir, daemon.name);
  await makeRoom(dir, log);
  const output = openSync(log, "a");
  const child = spawn(daemon.command, daemon.args, {
    cwd: daemon.cwd ?? dir,
    env: { ...(daemon.env ?? process.env), [MARK]: markOf(dir, daemon.name) },
    detached: true,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  try {
    await once(child, "spawn");
  } catch (error) {
    throw new LabError(`${daemon.name} cannot be started: ${messageOf(error)}`, { cause: error });
  }
  child.unref();
  const pid = child.pid as number;
  const self = await statOf(pid);
  if (!isAlive(self)) throw new LabError(`${daemon.name} ended as soon as it was started.`, { log });
  const { startTime } = self;
  await writeWhole(fileOf(dir, daemon.name), `${JSON.stringify({ pid, startTime, boot: await bootId(), command })}\n`);
  return { pid, started: true };
}

/** The pid of a daemon that runs; undefined when it does not, also when its pid is another process's by now. */
export async function running(dir: string, name: string): Promise<number | undefined> {
  const record = await recordOf(dir, name);
  return record === undefined ? undefined : (await leaderOf(record))?.pid;
}

/**
 * Stops a daemon and whatever it has started: SIGTERM, wait for its end, SIGKILL when it takes too long. Never touches a
 * process that only has got the same pid.
 *
 * @param seconds how long it may take to end by itself. @default 20
 */
export async function stop(dir: string, name: string, seconds = 20): Promise<void> {
  const record = await recordOf(dir, name);
  const leader = record === undefined ? undefined : await leaderOf(record);
  if (leader !== undefined) await end([leader], seconds);
  await end(await leftBehind(dir, name, record), 5);
  await rm(fileOf(dir, name), { force: true });
}

/** Names of the daemons that have been started in a lab and not stopped. */
export async function names(dir: string): Promise<string[]> {
  const files = await readdir(join(dir, "run")).catch(() => []);
  return files.filter((file) => file.endsWith(".json")).map((file) => file.slice(0, -".json".length));
}

/** Stops everything that was ever started in a lab, known to its pid files or not. */
export async function stopAll(dir: string): Promise<void> {
  for (const name of await names(dir)) await stop(dir, name);
  const strays = await marked((mark) => mark.startsWith(`${dir}#`));
  await end(strays, 5);
}

/** Pids of all processes of a lab: the daemons and what they have started, also where a pid file was lost. */
export async function processesOf(dir: string): Promise<number[]> {
  return (await marked((mark) => mark.startsWith(`${dir}#`))).map((stat) => stat.pid);
}

/** The process that a record tells of, if it still runs. */
async function leaderOf(record: PidRecord): Promise<ProcessStat | undefined> {
  if (record.boot !== (await bootId())) return undefined;
  const stat = await statOf(record.pid);
  return isAlive(stat) && stat.startTime === record.startTime ? stat : undefined;
}

/**
 * What a daemon has started and left behind: known by the environment, and by the session where a program has overwritten
 * its environment (as those do that set their own title).
 */
async function leftBehind(dir: string, name: string, record: PidRecord | undefined): Promise<ProcessStat[]> {
  const byMark = await marked((mark) => mark === markOf(dir, name));
  if (record === undefined || record.boot !== (await bootId())) return byMark;
  // the number of a session is not given away while any process is in it: a stranger there means that ours is empty
  const now = await statOf(record.pid);
  if (now !== undefined && now.startTime !== record.startTime) return byMark;
  const bySession = (await allProcesses()).filter((stat) => isAlive(stat) && stat.session === record.pid);
  return [...byMark, ...bySession];
}

async function marked(wanted: (mark: string) => boolean): Promise<ProcessStat[]> {
  const found = await Promise.all(
    (await allProcesses()).map(async (stat) => {
      if (!isAlive(stat) || stat.pid === process.pid) return [];
      const mark = await variableOf(stat.pid, MARK);
      return mark !== undefined && wanted(mark) ? [stat] : [];
    }),
  );
  return found.flat();
}

async function end(stats: readonly ProcessStat[], seconds: number): Promise<void> {
  const gone = async () => (await stillThere(stats)).length === 0;
  for (const stat of await stillThere(stats)) signal(stat.pid, "SIGTERM");
  const what = `processes ${stats.map((stat) => stat.pid).join(", ")} to end`;
  try {
    await waitFor(gone, { what, seconds, every: 20 });
  } catch {
    for (const stat of await stillThere(stats)) signal(stat.pid, "SIGKILL");
    await waitFor(gone, { what, seconds: 10, every: 20 });
  }
}

async function stillThere(stats: readonly ProcessStat[]): Promise<ProcessStat[]> {
  const now = await Promise.all(stats.map((stat) => statOf(stat.pid)));
  return stats.filter((stat, index) => isAlive(now[index]) && now[index].startTime === stat.startTime);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!hasCode(error, "ESRCH")) throw error; // it has ended meanwhile
  }
}

async function makeRoom(dir: string, log: string): Promise<void> {
  await mkdir(join(dir, "logs"), { recursive: true });
  const size = await stat(log).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_LIMIT) await rename(log, `${log}.1`);
}

async function recordOf(dir: string, name: string): Promise<PidRecord | undefined> {
  const text = await readIfThere(fileOf(dir, name));
  return text === undefined ? undefined : (JSON.parse(text) as PidRecord);
}

function fileOf(dir: string, name: string): string {
  return join(dir, "run", `${name}.json`);
}

function markOf(dir: string, name: string): string {
  return `${dir}#${name}`;
}

function digest(daemon: Daemon): string {
  return createHash("sha256")
    .update(JSON.stringify([daemon.command, ...daemon.args]))
    .digest("hex");
}
