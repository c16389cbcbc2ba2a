import { execFile } from "node:child_process";
import { connect } from "node:net";
import { basename } from "node:path";
import { promisify } from "node:util";

/** A process of this host. */
export interface Process {
  readonly pid: number;
  /** Process group: what ends together. */
  readonly group: number;
  readonly startedAt: Date;
  readonly name: string;
  /** Address of the engine that a plug-in of Pulumi serves. @default - it is none */
  readonly engine?: string;
}

/** All processes of this host that have not ended. */
export async function runningProcesses(): Promise<readonly Process[]> {
  const columns = "pid=,pgid=,stat=,lstart=,args=";
  const { stdout } = await promisify(execFile)("ps", ["-A", "-ww", "-o", columns], {
    env: { ...process.env, LC_ALL: "C" },
    maxBuffer: 64 * 1024 * 1024,
  });
  return parseProcesses(stdout);
}

/** Reads what `ps -A -o pid=,pgid=,stat=,lstart=,args=` writes. What has ended and waits for its parent is left out. */
export function parseProcesses(text: string): readonly Process[] {
  return text.split("\n").flatMap((line) => {
    const [pid, group, state = "Z", ...rest] = line.trim().split(/\s+/);
    if (state.startsWith("Z")) return [];
    const startedAt = new Date(rest.slice(0, 5).join(" "));
    const name = basename(rest[5] ?? "");
    const engine = rest.slice(6).find((argument) => /^(127\.0\.0\.1|localhost):\d+$/.test(argument));
    const isPlugin = /^pulumi-(resource|language|analyzer)-/.test(name) && engine !== undefined;
    return [{ pid: Number(pid), group: Number(group), startedAt, name, ...(isPlugin ? { engine } : {}) }];
  });
}

/** Whether nobody listens at an address of this host. */
export function isDeserted(address: string): Promise<boolean> {
  const [host, port] = address.split(":");
  return new Promise((done) => {
    const socket = connect(Number(port), host);
    const end = (deserted: boolean) => (): void => {
      socket.destroy();
      done(deserted);
    };
    socket.once("connect", end(false)).once("error", end(true)).setTimeout(2000, end(false));
  });
}

/** Ends processes at once, with what they have started. */
export function end(processes: readonly Process[]): void {
  for (const { pid, group } of processes) {
    try {
      // the engine starts each plug-in as the first of a group
      process.kill(pid === group ? -group : pid, "SIGKILL");
    } catch {
      // it has ended by itself
    }
  }
}
