import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "@plinth/clients";
import { PlinthError } from "@plinth/core";
import { RECOVER } from "../recover-rules.js";
import type { Checkpoint } from "./checkpoint.js";

/** Where a stack is kept. */
export interface Place {
  /** URL of the backend. */
  readonly backend: string;
  /** Name of the stack. */
  readonly name: string;
  /** Name with organisation and project. */
  readonly qualifiedName: string;
}

/** The `pulumi` command of the user's environment, in a project's folder. */
export class Pulumi {
  readonly #cwd: string;
  readonly #env: Environment;

  constructor(cwd: string, env: Environment) {
    this.#cwd = cwd;
    this.#env = env;
  }

  /**
   * Where a stack is kept.
   * @param stack its name @default - the one that is selected
   * @throws PlinthError (PL7001) when there is none
   */
  async place(stack: string | undefined): Promise<Place> {
    const text = await this.#run(["about", "--json", ...of(stack)]).catch((error: Error) => error.message);
    const about = parse(text);
    const { name, fullyQualifiedName } = about?.currentStack ?? {};
    if (about?.backend?.url === undefined || name === undefined || fullyQualifiedName === undefined) {
      throw new PlinthError(RECOVER.stack, {
        path: this.#cwd,
        property: "stack",
        value: stack,
        message: stack === undefined ? "No stack is selected here" : `There is no stack ${stack} here`,
        fix: "run plinth recover --stack <name> --cwd <folder with Pulumi.yaml>; pulumi stack ls shows the names",
      });
    }
    return { backend: about.backend.url, name, qualifiedName: fullyQualifiedName };
  }

  /** @param secrets whether secrets are in it as plain text. Such a checkpoint is never written anywhere. */
  async export(stack: string, secrets = false): Promise<Checkpoint> {
    const text = await this.#run(["stack", "export", ...of(stack), ...(secrets ? ["--show-secrets"] : [])]);
    return JSON.parse(text) as Checkpoint;
  }

  /** Replaces the state; Pulumi drops pending operations by itself. @throws PlinthError (PL7004) when the stack is locked */
  async import(stack: string, checkpoint: Checkpoint): Promise<void> {
    const dir = await mkdtemp(join(tmpdir(), "plinth-recover-"));
    try {
      const file = join(dir, "checkpoint.json");
      await writeFile(file, JSON.stringify(checkpoint), { mode: 0o600 });
      await this.#run(["stack", "import", ...of(stack), "--file", file]);
    } catch (error) {
      throw isLocked(error) ? locked(stack, error as Error) : error;
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  }

  /** Reads resources again, and records what they are. */
  async refresh(stack: string, urns: readonly string[]): Promise<void> {
    const targets = urns.flatMap((urn) => ["--target", urn]);
    await this.#run(["refresh", "--yes", "--skip-preview", ...of(stack), ...targets]);
  }

  #run(args: readonly string[]): Promise<string> {
    return new Promise((done, fail) => {
      const child = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
        cwd: this.#cwd,
        env: this.#env,
        stdio: ["ignore", "pipe", "pipe"],
      });
      let [output, errors] = ["", ""];
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        errors += text;
      });
      child.once("error", fail);
      child.once("close", (code) => {
        if (code === 0) return done(output);
        fail(new Error(`pulumi ${args.slice(0, 2).join(" ")}: exit code ${code}\n${(errors || output).trim()}`));
      });
    });
  }
}

function of(stack: string | undefined): readonly string[] {
  return stack === undefined ? [] : ["--stack", stack];
}

interface About {
  readonly backend?: { readonly url?: string };
  readonly currentStack?: { readonly name?: string; readonly fullyQualifiedName?: string } | null;
}

function parse(text: string): About | undefined {
  try {
    return JSON.parse(text) as About;
  } catch {
    return undefined;
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && /currently locked|update is currently in progress/i.test(error.message);
}

function locked(stack: string, { message }: Error): PlinthError {
  return new PlinthError(RECOVER.lockUnread, {
    path: stack,
    property: "lock",
    message: `The stack is locked, and its backend keeps the lock elsewhere than in a file of this host: ${message.split("\n").slice(1).join(" ")}`,
    fix: `make sure that nobody runs pulumi on this stack, then pulumi cancel --yes --stack ${stack} and plinth recover`,
  });
}
