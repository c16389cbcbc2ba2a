import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { EngineEvent } from "./engine-events.js";
import type { Project } from "./project.js";

/** How a command of Pulumi ended. */
export interface Run {
  readonly code: number | null;
  /** What it did, one event after the other: of `up`, `preview`, `refresh` and `destroy`. */
  readonly events: readonly EngineEvent[];
  /** All that it wrote that is not an event. */
  readonly text: string;
}

/** How a command is run. */
export interface RunOptions {
  /** Called with each event as it comes; `kill` ends the engine, and nothing that it has started, at once. @default - none */
  readonly onEvent?: (event: EngineEvent, interrupt: () => void, kill: () => void) => void;
  /** Environment on top of the stack's. @default - none */
  readonly env?: Readonly<Record<string, string>>;
  /** Shown as a person sees it, without events. @default false */
  readonly asText?: boolean;
}

/** Commands that tell events. */
const TELLING = new Set(["up", "preview", "refresh", "destroy"]);

/** A stack of a project, driven by the `pulumi` command as a person does. */
export class Stack {
  readonly project: Project;
  readonly name: string;
  readonly #env: Readonly<Record<string, string | undefined>>;

  private constructor(project: Project, name: string, env: Readonly<Record<string, string>>) {
    this.project = project;
    this.name = name;
    this.#env = { ...process.env, PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true", ...env };
  }

  /**
   * Makes a stack.
   * @param env environment of the lab's parts
   * @param config plain configuration, then secret
   */
  static async init(
    project: Project,
    name: string,
    env: Readonly<Record<string, string>>,
    config: Readonly<Record<string, string>> = {},
    secrets: Readonly<Record<string, string>> = {},
  ): Promise<Stack> {
    const stack = new Stack(project, name, env);
    await stack.must(["stack", "init", name]);
    await stack.configure(config, secrets);
    return stack;
  }

  /** Sets configuration. */
  async configure(
    plain: Readonly<Record<string, string>>,
    secret: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const pairs = (values: object, flag: string): string[] =>
      Object.entries(values).flatMap(([key, value]) => [flag, `${key}=${value}`]);
    const args = [...pairs(plain, "--plaintext"), ...pairs(secret, "--secret")];
    if (args.length > 0) await this.must(["config", "set-all", "--stack", this.name, ...args]);
  }

  /** `pulumi up`, without a preview before it. */
  up(options: RunOptions = {}): Promise<Run> {
    return this.run(["up", "--yes", "--skip-preview"], options);
  }

  /** An output, secret or not. */
  async output<T>(name: string): Promise<T> {
    const { text } = await this.must(["stack", "output", name, "--json", "--show-secrets", "--stack", this.name]);
    return JSON.parse(text) as T;
  }

  /** URNs of what the stack holds. */
  async urns(): Promise<string[]> {
    const { text } = await this.must(["stack", "export", "--stack", this.name]);
    const { deployment } = JSON.parse(text) as { deployment: { resources?: { urn: string }[] } };
    return (deployment.resources ?? []).map(({ urn }) => urn);
  }

  /** Destroys what the stack has and removes it, whatever happened before. */
  async remove(): Promise<void> {
    await this.must(["cancel", "--yes", this.name]);
    await this.must(["destroy", "--yes", "--skip-preview", "--remove", "--stack", this.name]);
  }

  /** Environment of the stack's commands. */
  get env(): Readonly<Record<string, string | undefined>> {
    return this.#env;
  }

  /** The state, without secrets. */
  async state(): Promise<
    { readonly urn: string; readonly id?: string; readonly type: string; readonly custom: boolean }[]
  > {
    const { text } = await this.must(["stack", "export", "--stack", this.name]);
    return JSON.parse(text).deployment.resources ?? [];
  }

  /** Runs one of the commands that tell events. */
  run(args: readonly string[], options: RunOptions = {}): Promise<Run> {
    return this.#pulumi([...args, "--stack", this.name], options);
  }

  /** Runs a command that has to succeed. @throws Error with what it wrote when it does not */
  async must(args: readonly string[]): Promise<Run> {
    const run = await this.#pulumi(args, { asText: true });
    if (run.code !== 0) throw new Error(`pulumi ${args.join(" ")}: exit code ${run.code}\n${run.text}`);
    return run;
  }

  #pulumi(args: readonly string[], { onEvent, env, asText = false }: RunOptions): Promise<Run> {
    const telling = !asText && TELLING.has(args[0] ?? "");
    const child = spawn("pulumi", [...args, "--non-interactive", ...(telling ? ["--json"] : [])], {
      cwd: this.project.dir,
      env: { ...this.#env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const events: EngineEvent[] = [];
    let text = "";
    const interrupt = (): void => void child.kill("SIGINT");
    const kill = (): void => void child.kill("SIGKILL");
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (!telling || !line.startsWith("{")) {
        text += `${line}\n`;
        return;
      }
      const event = JSON.parse(line) as EngineEvent;
      events.push(event);
      onEvent?.(event, interrupt, kill);
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve({ code, events, text }));
    });
  }
}
