import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { LabError, messageOf } from "../errors.js";

/** Debian's own Python: the OpenStack packages belong to it, and the first one on PATH may be another. */
export const PYTHON = "/usr/bin/python3";

/** The folder of the Python package, the same seen from `src` and from `dist`. */
const SOURCE = fileURLToPath(new URL("../../openstack/", import.meta.url));

/** How a command of the Python package is run. */
export interface RunnerOptions {
  /** Called with each line that it writes. @default - none */
  readonly onLine?: (line: string) => void;
  /** File to which all that it writes is added. @default - none */
  readonly log?: string;
  /** Run it as root, through sudo. @default false */
  readonly sudo?: boolean;
  /** Interrupts it; it then ends what it has started. @default - never */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs `python3 -m openstack_lab` with these arguments to its end.
 *
 * @returns what it wrote to its standard output
 * @throws LabError when it fails, with what it said; the signal's reason when it was interrupted
 */
export async function openstackLab(args: readonly string[], options: RunnerOptions = {}): Promise<string> {
  options.signal?.throwIfAborted();
  // sudo passes no environment on, env sets it anew; -B: no bytecode beside the source
  const command = ["env", `PYTHONPATH=${SOURCE}`, "LC_ALL=C.UTF-8", PYTHON, "-B", "-m", "openstack_lab", ...args];
  const [program = "env", ...rest] = options.sudo === true ? ["sudo", ...command] : command;
  const child = spawn(program, rest, { stdio: ["ignore", "pipe", "pipe"] });
  // not the `signal` of spawn: that would not wait for the command's own clean-up
  const interrupt = () => child.kill("SIGTERM");
  options.signal?.addEventListener("abort", interrupt);
  let output = "";
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  if (options.onLine !== undefined) createInterface({ input: child.stdout }).on("line", options.onLine);
  if (options.log !== undefined) {
    await mkdir(dirname(options.log), { recursive: true });
    const log = createWriteStream(options.log, { flags: "a" });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    child.once("close", () => log.end());
  }
  const code = await new Promise<number | null>((done, fail) => {
    child.once("error", (error) =>
      fail(new LabError(`${program} cannot be run: ${messageOf(error)}`, { cause: error })),
    );
    child.once("close", done);
  }).finally(() => options.signal?.removeEventListener("abort", interrupt));
  if (code === 0) return output;
  options.signal?.throwIfAborted();
  throw new LabError(`OpenStack, ${args[0]}: ${said.trim() || `ended with ${code ?? "a signal"}`}`);
}
