import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Lab } from "@plinth/lab";

/** Kills the API server of a lab at once, as the kernel kills what uses up the memory. */
export function killApiServer({ dir }: Lab): void {
  const { pid } = JSON.parse(readFileSync(join(dir, "run", "kube-apiserver.json"), "utf8")) as { pid: number };
  process.kill(pid, "SIGKILL");
}

/** Files of locks that a stack is under. */
export async function locksOf({ dir }: Lab, project: string, stack: string): Promise<string[]> {
  const folder = join(dir, "pulumi", ".pulumi", "locks", "organization", project, stack);
  return (await readdir(folder).catch(() => [])).filter((file) => file.endsWith(".json"));
}
