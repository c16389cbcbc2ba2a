import { readdir, readFile } from "node:fs/promises";

/** A process as the kernel describes it in `/proc/PID/stat`. */
export interface ProcessStat {
  readonly pid: number;
  /** `R`, `S`, `D`, …; `Z` has ended and waits for its parent to notice. */
  readonly state: string;
  readonly parent: number;
  /** Session that it belongs to: the id of the process that began the session. */
  readonly session: number;
  /** Clock ticks from the start of the machine to the start of the process: with the pid, who it is. */
  readonly startTime: number;
}

/** What the kernel says of a process; undefined when there is none (any more). */
export async function statOf(pid: number): Promise<ProcessStat | undefined> {
  let text: string;
  try {
    text = await readFile(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
  // the second field is the name in brackets and may itself hold blanks and brackets
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return {
    pid,
    state: fields[0] ?? "",
    parent: Number(fields[1]),
    session: Number(fields[3]),
    startTime: Number(fields[19]),
  };
}

/** Whether a process runs: there, and not only waiting to be noticed by its parent. */
export function isAlive(stat: ProcessStat | undefined): stat is ProcessStat {
  return stat !== undefined && stat.state !== "Z" && stat.state !== "X";
}

/** All processes of the machine. */
export async function allProcesses(): Promise<ProcessStat[]> {
  const entries = await readdir("/proc");
  const stats = await Promise.all(entries.filter((entry) => /^\d+$/.test(entry)).map((entry) => statOf(Number(entry))));
  return stats.filter((stat) => stat !== undefined);
}

/** A variable of the environment that a process was started with; undefined also when it may not be looked into. */
export async function variableOf(pid: number, name: string): Promise<string | undefined> {
  try {
    const environment = await readFile(`/proc/${pid}/environ`, "utf8");
    const entry = environment.split("\0").find((text) => text.startsWith(`${name}=`));
    return entry?.slice(name.length + 1);
  } catch {
    return undefined;
  }
}

/** Identity of this run of the machine: pids and start times begin anew with each. */
export async function bootId(): Promise<string> {
  return (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
}
