import type { Health, LabContext } from "./part.js";
import { logOf, running } from "./processes.js";
import { type Wait, waitFor } from "./wait.js";

/**
 * Waits until a process is well.
 *
 * @param complaint what is wrong with it; undefined when nothing is
 * @throws LabError with the last complaint and the end of its log, at once when the process ends
 */
export async function untilWell(
  { dir, signal }: LabContext,
  name: string,
  complaint: () => Promise<string | undefined>,
  wait: Pick<Wait, "what" | "seconds">,
): Promise<void> {
  const probe = async () => {
    const reason = await complaint();
    if (reason !== undefined) throw new Error(reason);
    return true;
  };
  const alive = async () => (await running(dir, name)) !== undefined;
  await waitFor(probe, { ...wait, log: logOf(dir, name), alive, signal });
}

/** What is wrong with processes that shall all run; undefined when they do. */
export async function notRunning(dir: string, names: readonly string[]): Promise<Health | undefined> {
  const pids = await Promise.all(names.map((name) => running(dir, name)));
  const dead = names.filter((_, index) => pids[index] === undefined);
  if (dead.length === names.length) return { state: "down" };
  return dead.length === 0 ? undefined : { state: "failing", reason: `${dead.join(" and ")} does not run` };
}
