import { spawn } from "node:child_process";
import { hasCode, LabError } from "./errors.js";

/** How a command is run. */
export interface RunOptions {
  readonly cwd?: string;
  /** The whole environment. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Text for its standard input. @default - none */
  readonly input?: string;
  /** Ends it and all that it has started (SIGTERM): a compiler may have begun what takes minutes. @default - none */
  readonly signal?: AbortSignal | undefined;
  /** Ends it after so many seconds. @default - no limit */
  readonly seconds?: number;
}

/** How many characters of an output an error message shows: the end of it, where compilers say what is wrong. */
const SHOWN = 2000;

/**
 * Runs a command to its end and returns what it wrote to its standard output.
 *
 * @throws LabError when it cannot be started or fails, with the end of what it wrote
 */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  options.signal?.throwIfAborted();
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      stdio: ["pipe", "pipe", "pipe"],
      // a process group of its own, so that all it has started can be ended at once; a terminal's Ctrl-C comes by the signal
      detached: true,
      env: options.env ?? process.env,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.seconds === undefined ? {} : { timeout: options.seconds * 1000 }),
    });
    const { signal: breakOff } = options;
    const onAbort = () => endGroup(child.pid);
    breakOff?.addEventListener("abort", onAbort);
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors = (errors + text).slice(-SHOWN);
    });
    child.once("error", (error) => {
      breakOff?.removeEventListener("abort", onAbort);
      const why = hasCode(error, "ENOENT") ? "is not installed" : `cannot be run: ${error.message}`;
      fail(new LabError(`${command} ${why}.`, { cause: error }));
    });
    child.once("close", (code, signal) => {
      breakOff?.removeEventListener("abort", onAbort);
      if (code === 0) return done(output);
      if (breakOff?.aborted) return fail(breakOff.reason);
      const how = code === null ? `was ended by ${signal}` : `failed with exit code ${code}`;
      const said = errors.trim() || output.slice(-SHOWN).trim();
      fail(new LabError(`${[command, ...args.slice(0, 3)].join(" ")} ${how}.${said === "" ? "" : `\n${said}`}`));
    });
    child.stdin.on("error", () => child.stdin.destroy());
    child.stdin.end(options.input ?? "");
  });
}

/** Ends a process and all that it has started. Nothing that is being started meanwhile escapes, as from a list of them it could. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGTERM");
  } catch {
    // it has ended by itself
  }
}
