import type { LabContext } from "./part.js";
import { freePortFor } from "./ports.js";
import { running } from "./processes.js";

/**
 * A port for the start of a process: that of before, except where a stranger has taken it meanwhile. Only who does not run
 * may move: a running one holds its port itself.
 *
 * @param process name of the process
 * @param key what the port is remembered as. @default - the process's name
 */
export async function portForStart({ dir, port }: LabContext, process: string, key = process): Promise<number> {
  return (await running(dir, process)) === undefined ? freePortFor(dir, key) : port(key);
}
