import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** Enough for a stack trace of any of our daemons. */
const BYTES = 8192;

/**
 * The last lines of a log file, oldest first; empty when there is none.
 *
 * @param file path of the log
 * @param count how many lines at most
 */
export function tail(file: string, count = 12): string[] {
  let descriptor: number;
  try {
    descriptor = openSync(file, "r");
  } catch {
    return [];
  }
  try {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, BYTES));
    readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    const lines = buffer.toString("utf8").trimEnd().split("\n");
    return lines.filter((line) => line !== "").slice(-count);
  } finally {
    closeSync(descriptor);
  }
}
