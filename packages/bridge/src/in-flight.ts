import * as pulumi from "@pulumi/pulumi";

/** Calls of the Pulumi SDK to the engine that say "the program has asked for something". */
const CALLS = ["registerResource", "readResource", "invoke", "call", "registerResourceOutputs"] as const;

type Callback = (...results: unknown[]) => void;
type Call = (request: unknown, callback: Callback, ...rest: unknown[]) => unknown;

/**
 * Counts the calls to Pulumi's engine that have not been answered. Only with it can be told whether a program that does
 * not go on waits for the engine or for something that the engine was never asked for.
 */
export class InFlight {
  #count = 0;
  #idle: (() => void)[] = [];

  /** Begins to count the calls of the program that runs now. */
  constructor() {
    const monitor = pulumi.runtime.getMonitor() as unknown as Record<string, Call> | undefined;
    if (monitor === undefined) return;
    for (const name of CALLS) {
      const original = monitor[name];
      if (typeof original !== "function") continue;
      monitor[name] = (request, callback, ...rest) => {
        this.#count++;
        return original.call(
          monitor,
          request,
          (...results: unknown[]) => {
            this.#count--;
            callback(...results);
            if (this.#count === 0) for (const resolve of this.#idle.splice(0)) resolve();
          },
          ...rest,
        );
      };
    }
  }

  /** Calls that wait for their answer. */
  get count(): number {
    return this.#count;
  }

  /** Resolves when no call waits for its answer. */
  async idle(): Promise<void> {
    if (this.#count > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }
}
