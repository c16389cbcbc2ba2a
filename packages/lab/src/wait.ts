import { setTimeout as delay } from "node:timers/promises";
import { LabError } from "./errors.js";

/** What is waited for, and for how long. */
export interface Wait {
  /** What must come true, for example `the API server to be ready (https://127.0.0.1:20001/readyz)`. */
  readonly what: string;
  /** Deadline in seconds. */
  readonly seconds: number;
  /** Milliseconds between two looks. @default 100 */
  readonly every?: number;
  /** Log whose last lines explain a failure. @default - none */
  readonly log?: string;
  /** Looked at before each probe: once false, waiting is pointless and ends at once. @default - always true */
  readonly alive?: () => Promise<boolean>;
  /** Ends the wait early. @default - none */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits until a probe gives a value, and returns it. `undefined` and `false` mean not yet; an error of the probe too, the
 * last one is told when time is up.
 *
 * @throws LabError when the deadline passes or what is waited for has died
 */
export async function waitFor<T>(probe: () => Promise<T | undefined | false>, wait: Wait): Promise<T> {
  const deadline = performance.now() + wait.seconds * 1000;
  let last: unknown;
  for (;;) {
    wait.signal?.throwIfAborted();
    if (wait.alive !== undefined && !(await wait.alive())) {
      throw new LabError(`Waited for ${wait.what}, but the process has ended.`, logOf(wait));
    }
    try {
      const value = await probe();
      if (value !== undefined && value !== false) return value;
    } catch (error) {
      last = error;
    }
    if (performance.now() >= deadline) {
      const why = last === undefined ? "" : ` The last error: ${last instanceof Error ? last.message : String(last)}`;
      throw new LabError(`Waited ${wait.seconds} s for ${wait.what}, in vain.${why}`, { ...logOf(wait), cause: last });
    }
    await delay(wait.every ?? 100, undefined, wait.signal === undefined ? {} : { signal: wait.signal });
  }
}

function logOf(wait: Wait): { log?: string } {
  return wait.log === undefined ? {} : { log: wait.log };
}
