import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "@plinth/clients";
import { PlinthError } from "@plinth/core";
import { RECOVER } from "../recover-rules.js";
import type { Checkpoint } from "./checkpoint.js";
import { linkReadable } from "./readable.js";
import { selectedStack } from "./selected.js";
import { storageOf } from "./storage.js";

/** Where a stack is kept. */
export interface Place {
  /** Folder of the file backend that it is in. @default - it is in none of this host */
  readonly storage?: string;
  /** Name of the stack. */
  readonly name: string;
  /** Name with organisation and project. */
  readonly qualifiedName: string;
}

/** The `pulumi` command of the user's environment, in a project's folder. Closed when it is not needed any more. */
export class Pulumi {
  readonly #cwd: string;
  readonly #env: Environment;
  /** What stands in for a file backend that cannot be read as it is. */
  #readable: { readonly folder: string; readonly url: string } | undefined;

  constructor(cwd: string, env: Environment) {
    this.#cwd = cwd;
    this.#env = env;
  }

  /**
   * Where a stack is kept. If Pulumi cannot read it in a file backend, it is read from then on without what is in the way there.
   *
   * @param stack its name @default - the one that is selected
   * @throws PlinthError (PL7001) when there is none, (PL7011) when it cannot be read for another reason
   */
  async place(stack: string | undefined): Promise<Place> {
    let about = await this.#about(stack);
    // a file that describes the whole storage may be what is in the way
    const backend = about.backend?.url ?? this.#env.PULUMI_BACKEND_URL;
    const storage = storageOf(backend, this.#cwd);
    if (!about.currentStack && backend !== undefined && storage !== undefined) {
      const name = stack ?? (await selectedStack(this.#cwd, this.#env, backend));
      if (name !== undefined) {
        await this.#readWithout(storage);
        about = await this.#about(name);
      }
    }
    const { name, fullyQualifiedName } = about.currentStack ?? {};
    if (name === undefined || fullyQualifiedName === undefined) throw noStack(stack, this.#cwd, about);
    return { name, qualifiedName: fullyQualifiedName, ...(storage === undefined ? {} : { storage }) };
  }

  /** Removes what was made to read the state. */
  async close(): Promise<void> {
    if (this.#readable !== undefined) await rm(this.#readable.folder, { recursive: true, force: true });
    this.#readable = undefined;
  }

  /** @param secrets whether secrets are in it as plain text. Such a checkpoint is never written anywhere. */
  async export(stack: string, secrets = false): Promise<Checkpoint> {
    const text = await this.#read(["stack", "export", ...of(stack), ...(secrets ? ["--show-secrets"] : [])]);
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

  /** Reads from now on without what is in the way in a storage. */
  async #readWithout(storage: string): Promise<void> {
    await this.close();
    const folder = await mkdtemp(join(tmpdir(), "plinth-recover-"));
    this.#readable = { folder, url: await linkReadable(storage, folder) };
  }

  async #about(stack: string | undefined): Promise<About> {
    return parse(await this.#read(["about", "--json", ...of(stack)]).catch((error: Error) => error.message)) ?? {};
  }

  #read(args: readonly string[]): Promise<string> {
    return this.#run(args, this.#readable === undefined ? {} : { PULUMI_BACKEND_URL: this.#readable.url });
  }

  #run(args: readonly string[], env: Environment = {}): Promise<string> {
    return new Promise((done, fail) => {
      const child = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
        cwd: this.#cwd,
        env: { ...this.#env, ...env },
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
  readonly errors?: readonly string[] | null;
}

/** The refusal where a stack is not there, or Pulumi says why it cannot be read. */
function noStack(stack: string | undefined, cwd: string, { errors }: About): PlinthError {
  const given = { path: cwd, property: "stack", value: stack };
  const reason = errors?.find((each) =>
    /^(Failed to get information about the current stack|Could not access the backend)/.test(each),
  );
  if (reason !== undefined && !reason.endsWith("No current stack")) {
    return new PlinthError(RECOVER.stateUnread, {
      ...given,
      message: reason.replace(/^Failed to get information about the current stack: /, "Pulumi cannot read the stack: "),
      fix: "mend what Pulumi names; where a file of the state is damaged, put the .json.bak beside it in its place: it is one write older. Then run plinth recover",
    });
  }
  return new PlinthError(RECOVER.stack, {
    ...given,
    message: stack === undefined ? "No stack is selected here" : `There is no stack ${stack} here`,
    fix: "run plinth recover --stack <name> --cwd <folder with Pulumi.yaml>; pulumi stack ls shows the names",
  });
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
