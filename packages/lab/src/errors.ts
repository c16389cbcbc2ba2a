import { tail } from "./log-tail.js";

/** What a {@link LabError} carries besides its message. */
export interface LabErrorOptions {
  /** How to mend it, concrete enough to be typed. @default - not known */
  readonly fix?: string;
  /** Log file whose last lines are added to the message. @default - none */
  readonly log?: string;
  readonly cause?: unknown;
}

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/**
 * Something of the lab did not work: a process died, a build failed, a file was not what it should be. Not a refusal:
 * nothing is wrong with the program of the user.
 */
export class LabError extends Error {
  /** How to mend it. */
  readonly fix: string | undefined;

  constructor(message: string, options: LabErrorOptions = {}) {
    const lines = options.log === undefined ? [] : tail(options.log);
    const parts = [
      message,
      ...(options.fix === undefined ? [] : [`  fix: ${options.fix}`]),
      ...(lines.length === 0 ? [] : [`  last lines of ${options.log}:`, ...lines.map((line) => `    ${line}`)]),
    ];
    super(parts.join("\n"), options.cause === undefined ? {} : { cause: options.cause });
    this.name = "LabError";
    this.fix = options.fix;
  }

  /** For people: where in the lab's code it was found helps nobody. */
  [INSPECT](): string {
    return this.message;
  }
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether an error of the system has this code, for example `ENOENT`. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
