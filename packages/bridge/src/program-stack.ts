import { fileURLToPath } from "node:url";

const FRAME = /^\s*at (?:async )?(?:.* \()?(?<file>.+):(?<place>\d+:\d+)\)?$/;
const OF_PROGRAM = /^(?!node:)(?!.*[\\/]node_modules[\\/])/;
/**
 * Pulumi takes these frames for those of a resource's constructors, and understands no frame but one with brackets and a
 * path (pulumi/pulumi:sdk/nodejs/resource.ts, `stackTrace`).
 */
const CONSTRUCTORS = `Error${"\n    at constructor".repeat(5)}`;

/**
 * Where the user's program calls a function, as a stack trace that Pulumi can read: without frames of Node and of packages.
 * @param callee the function; frames of what it calls are left out as well
 */
export function programStack(callee: (...args: never[]) => unknown): string {
  const trace: { stack?: string } = {};
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = Number.POSITIVE_INFINITY;
  Error.captureStackTrace(trace, callee);
  Error.stackTraceLimit = stackTraceLimit;
  const frames = (trace.stack ?? "").split("\n").flatMap((line) => {
    const { file, place } = FRAME.exec(line)?.groups ?? {};
    if (file === undefined || !OF_PROGRAM.test(file)) return [];
    return `\n    at program (${file.startsWith("file:") ? fileURLToPath(file) : file}:${place})`;
  });
  return `${CONSTRUCTORS}${frames.join("")}`;
}

/**
 * Makes a resource that has the given stack trace. Pulumi records the trace with each resource, and takes a dozen more while
 * it makes one. In a chart all would be the same but for Plinth's own frames: taking them costs more than the registration,
 * and having them in the state makes each write of it longer.
 */
export function withStack<T>(stack: string, make: () => T): T {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = () => stack;
  try {
    return make();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}
