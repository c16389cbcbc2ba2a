const EVENTS = ["unhandledRejection", "uncaughtException"] as const;

type Listener = (error: unknown) => void;

/**
 * Takes over what nobody handles in this process, for a while. Pulumi tells of a resource that could not be registered in
 * no other way, and the promises that wait for such a resource are never settled.
 */
export class Unhandled {
  /** What was not handled, each once. */
  readonly errors = new Set<unknown>();
  /** Resolves when there is a first one. */
  readonly first: Promise<void>;
  #tell: () => void = () => {};
  readonly #before = EVENTS.map((event) => process.listeners(event as "unhandledRejection") as Listener[]);

  constructor() {
    this.first = new Promise((resolve) => {
      this.#tell = resolve;
    });
    for (const event of EVENTS) {
      process.removeAllListeners(event);
      process.on(event, this.#listener);
    }
  }

  /** Gives the process back to those who listened before. */
  restore(): void {
    for (const [i, event] of EVENTS.entries()) {
      process.removeListener(event, this.#listener);
      for (const listener of this.#before[i] ?? []) process.on(event, listener);
    }
  }

  readonly #listener: Listener = (error) => {
    this.errors.add(error);
    this.#tell();
  };
}
