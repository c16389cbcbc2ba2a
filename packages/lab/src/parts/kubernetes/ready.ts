import { messageOf } from "../../errors.js";

/** Seconds that a controller of the lab may take to say how it is. */
const SECONDS = 10;

/**
 * What is wrong with a controller that says on a port of the loopback how it is (`/readyz`).
 *
 * @returns undefined when it is well
 */
export async function notReady(name: string, port: number): Promise<string | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(SECONDS * 1000) });
    const text = await response.text();
    return response.ok ? undefined : `${name} is not ready (${response.status}): ${text.slice(0, 300)}`;
  } catch (error) {
    return `${name} does not answer: ${messageOf(error)}`;
  }
}
