const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** A program cannot be described: its own error, or what it lacks. Its message is for who wrote the program. */
export class ProgramError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ProgramError";
  }

  /** Where the command was when it found this helps nobody. */
  [INSPECT](): string {
    return this.message;
  }
}

/** Frames of libraries and of Node itself: between them a program's own are not seen. */
const FOREIGN = /node_modules|\(?node:|plinth\/(src|dist)\/describe\//;

/**
 * What an error of a program says to who wrote it: the message, and of the stack only the program's own lines.
 * @param error whatever was thrown
 */
export function tellError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Pulumi's mark for messages that stand for themselves (`pulumi.RunError`); of configuration it names the key
  const { __pulumiRunError: told, key } = error as { __pulumiRunError?: boolean; key?: unknown };
  if (typeof key === "string") return `${error.message}\n\tor, only to look, add --config ${key}=x`;
  if (told === true) return error.message;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line) && !FOREIGN.test(line));
  return [`${error.name}: ${error.message}`, ...frames].join("\n");
}
