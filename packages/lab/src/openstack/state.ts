import { join } from "node:path";
import { exists, readIfThere } from "../files.js";
import type { Health } from "../part.js";
import { isAlive, statOf } from "../proc.js";

/** What a lab's OpenStack was made with (`lab.json` of its folder). */
export interface OpenStackSettings {
  readonly services: readonly string[];
  /** Number added to every customary port. */
  readonly portShift: number;
  /** Nova's availability zone. */
  readonly zone: string;
  /** The ports of the services and of `mariadb`. */
  readonly ports: Readonly<Record<string, number>>;
}

/** The settings kept in a folder; undefined when OpenStack was never started there. */
export async function settingsOf(dir: string): Promise<OpenStackSettings | undefined> {
  const text = await readIfThere(join(dir, "lab.json"));
  return text === undefined ? undefined : (JSON.parse(text) as OpenStackSettings);
}

/** Whether the OpenStack of a folder is there: all its processes, by their pid files, and all its APIs, by HTTP. */
export async function healthOf(dir: string): Promise<Health> {
  const settings = await settingsOf(dir);
  if (settings === undefined) return { state: "down" };
  const names = Object.keys(settings.ports);
  const gone = await which(names, async (name) => !(await runs(join(dir, "run", `${name}.pid`))));
  if (gone.length === names.length) return { state: "down" };
  if (gone.length > 0) return { state: "failing", reason: `${gone.join(", ")} not running` };
  // the copy for a fresh start is the last thing that is made
  if (!(await exists(join(dir, "pristine")))) return { state: "failing", reason: "it was never made to the end" };
  const silent = await which(settings.services, async (name) => !(await answers(settings.ports[name])));
  return silent.length === 0 ? { state: "up" } : { state: "failing", reason: `${silent.join(", ")} not answering` };
}

/** Whether a pid file (`PID START`) names a process that still runs, and not another one with its number. */
async function runs(file: string): Promise<boolean> {
  const [pid, start] = ((await readIfThere(file)) ?? "").trim().split(" ");
  if (!pid || !start) return false;
  const stat = await statOf(Number(pid));
  return isAlive(stat) && stat.startTime === Number(start);
}

async function answers(port: number | undefined): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(5000) });
    await response.body?.cancel();
    return response.status < 500; // 300 Multiple Choices and 401 Unauthorized are answers
  } catch {
    return false;
  }
}

async function which(names: readonly string[], test: (name: string) => Promise<boolean>): Promise<string[]> {
  const found = await Promise.all(names.map(test));
  return names.filter((_, index) => found[index]);
}
