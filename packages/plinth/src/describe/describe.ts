import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Release } from "@plinth/platform";
import type { BundleTarget, PlatformBundle } from "@plinth/platform/chart";
import type { MachineProfile } from "@plinth/platform/machine";
import type { RecordedRanges } from "@plinth/platform/upgrade";
import { ProgramError } from "./program-error.js";

/** What is wanted of a program's description. */
export interface DescribeOptions {
  /** Folder of the Pulumi project. */
  readonly dir: string;
  /** Name of the stack; decides which `Pulumi.<stack>.yaml` is read. @default "dev" */
  readonly stack?: string;
  /** Configuration beside that file's, as for `pulumi config set` (`zone`, `hybrid:zone`). Secrets may be any text. @default - none */
  readonly config?: Readonly<Record<string, string>>;
  /** Colours for a terminal. @default false */
  readonly color?: boolean;
  /** Columns of the terminal; 80 to 100 are used. @default 100 */
  readonly width?: number;
}

/** What a platform that Flux delivers has to publish, and where. */
export interface DescribedBundle {
  readonly bundle: PlatformBundle;
  readonly target: BundleTarget;
}

/** A program's description. */
export interface Description {
  /** Tables: what was computed and why. */
  readonly explanation: string;
  /** The topology, drawn with characters. */
  readonly sketch: string;
  /** The topology as SVG; of a program that has platforms and nothing else, their releases. */
  readonly picture: string;
  /** The releases of its platforms as SVG; `undefined` when it has none. */
  readonly platformPicture: string | undefined;
  /** The report of refusals, when the program is refused; the rest is then of what could be computed. */
  readonly refusal: string | undefined;
  readonly warnings: readonly string[];
  /** Bundles of the platforms that Flux delivers. */
  readonly bundles: readonly DescribedBundle[];
  /** Where its blocks of addresses are, and where its lock file has them. */
  readonly addresses: DescribedAddresses;
  readonly platforms: readonly DescribedPlatform[];
  /** Which engines order machines, each once. */
  readonly engines: readonly string[];
}

/** A platform of a program. */
export interface DescribedPlatform {
  /** Construct path. */
  readonly path: string;
  /** By level. */
  readonly releases: readonly Release[];
  /** What every machine must have. */
  readonly machine: MachineProfile;
  /** Ranges of the cluster. @default - a hosted cluster, of which none were given */
  readonly ranges?: RecordedRanges | undefined;
  /** Namespaces of its tenants. @default - none */
  readonly tenants?: readonly string[];
}

/** The address plan of a program, beside its lock file. */
export interface DescribedAddresses {
  /** Lock file, as the program names it; `undefined` when it names none. */
  readonly file: string | undefined;
  /** Text of the lock file as it is to be. */
  readonly text: string;
  /** A line for each block that is new, gone or elsewhere, and how many stay. */
  readonly changes: readonly string[];
  readonly kept: number;
}

const CHILD = fileURLToPath(new URL("./describe-child.js", import.meta.url));

/**
 * Runs a program for what it describes: without an engine, a cloud or a cluster, and without sending anything. The program
 * itself runs, in a process of its own, so the description is of the very file that `pulumi up` would run.
 * @throws ProgramError with the program's own error when it throws one, and when there is no program
 */
export async function describe(options: DescribeOptions): Promise<Description> {
  for (const file of ["Pulumi.yaml", "index.ts"]) {
    if (existsSync(join(options.dir, file))) continue;
    throw new ProgramError(
      `There is no ${file} in ${options.dir}: a program is named by the folder of its Pulumi project`,
    );
  }
  const project = projectName(await readFile(join(options.dir, "Pulumi.yaml"), "utf8"));
  const request = JSON.stringify({ ...options, stack: options.stack ?? "dev", project });
  const child = fork(CHILD, [request], {
    cwd: options.dir,
    env: { ...process.env, PULUMI_ERROR_OUTPUT_STRING: "true" },
    execArgv: ["--enable-source-maps"],
    // what the program prints is not its description
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let complaint = "";
  child.stderr?.on("data", (text: Buffer) => {
    complaint += text.toString();
  });
  try {
    return await new Promise((resolve, reject) => {
      child.once("message", (message) => resolve(message as Description));
      child.once("error", reject);
      child.once("close", () =>
        reject(new ProgramError(complaint.trim() || "The program ended without a description")),
      );
    });
  } finally {
    // the program waits for values that never come; there is nothing to end in order
    child.kill("SIGKILL");
  }
}

/** Name of the project. Only the one line is read: Pulumi itself checks the file. */
function projectName(yaml: string): string {
  return /^name:\s*["']?([\w.-]+)/m.exec(yaml)?.[1] ?? "project";
}
