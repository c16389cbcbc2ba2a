/** How long the makers' servers have to answer. */
const SECONDS = 3;

/**
 * Whether the servers that publish releases can be reached. Each is asked once, all at the same time, so that a machine
 * without access loses three seconds and not three a tool.
 */
export class Reachability {
  readonly #answers = new Map<string, Promise<boolean>>();

  /** Whether the server of a URL answers at all; what it says of this URL does not matter. */
  check(url: string): Promise<boolean> {
    const { origin } = new URL(url);
    let answer = this.#answers.get(origin);
    if (answer === undefined) {
      answer = ask(url);
      this.#answers.set(origin, answer);
    }
    return answer;
  }

  /** Remembers that a server was of no use after all, so that nobody waits for it again. */
  giveUp(url: string): void {
    this.#answers.set(new URL(url).origin, Promise.resolve(false));
  }
}

async function ask(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(SECONDS * 1000) });
    // a proxy that lets nobody through answers too
    return response.status < 500 && response.status !== 403 && response.status !== 407;
  } catch {
    return false;
  }
}
