import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** A process of this host. */
export interface Process {
  readonly pid: number;
  /** Process group: what a shell starts together. */
  readonly group: number;
  readonly startedAt: Date;
  readonly name: string;
}

/** All processes of this host that have not ended. */
export async function runningProcesses(): Promise<readonly Process[]> {
  const columns = "pid=,pgid=,stat=,lstart=,comm=";
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", columns], {
    env: { ...process.env, LC_ALL: "C" },
    maxBuffer: 64 * 1024 * 1024,
  });
  return parseProcesses(stdout);
}

/** Reads what `ps -A -o pid=,pgid=,stat=,lstart=,comm=` writes. What has ended and waits for its parent is left out. */
export function parseProcesses(text: string): readonly Process[] {
  return text.split("\n").flatMap((line) => {
    const [pid, group, state = "Z", ...rest] = line.trim().split(/\s+/);
    if (state.startsWith("Z")) return [];
    const startedAt = new Date(rest.slice(0, 5).join(" "));
    return [{ pid: Number(pid), group: Number(group), startedAt, name: rest.slice(5).join(" ") }];
  });
}
