import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import type { DemoConfig } from "./demo-config.js";

/** Name of the stack that the lab holds. */
export const LAB_STACK = "lab";

/** A stack of a Pulumi project on the lab, driven by the `pulumi` command. */
export class Stack {
  readonly dir: string;
  readonly #env: Readonly<Record<string, string | undefined>>;

  /** @param env environment of the lab's parts */
  constructor(dir: string, env: Readonly<Record<string, string>>) {
    this.dir = dir;
    // no advertisement of a paid service among a stack's own diagnostics
    this.#env = { ...process.env, PULUMI_SUPPRESS_NEO_LINK: "true", ...env };
  }

  /** Selects the stack, making it when it is not there. */
  async select(): Promise<void> {
    await this.#pulumi("stack", "select", "--create", LAB_STACK);
  }

  /** Sets the configuration. What is there already is left alone: a secret is encrypted anew at each `set`. */
  async configure({ plain, secret }: DemoConfig): Promise<void> {
    const { stdout } = await this.#pulumi("config", "--json", "--show-secrets", "--stack", LAB_STACK);
    const there = JSON.parse(stdout) as Record<string, { value?: string }>;
    const differs = ([key, value]: [string, string]): boolean => there[key]?.value !== value;
    const pairs = [
      ...Object.entries(plain)
        .filter(differs)
        .flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]),
      ...Object.entries(secret)
        .filter(differs)
        .flatMap(([key, value]) => ["--secret", `${key}=${value}`]),
    ];
    if (pairs.length > 0) await this.#pulumi("config", "set-all", "--stack", LAB_STACK, ...pairs);
  }

  /** `pulumi up`, shown as it goes. @returns its exit code */
  async up(signal?: AbortSignal): Promise<number> {
    // Ctrl-C reaches pulumi through the terminal: it ends what it is doing and keeps its state
    const child = spawn(
      "pulumi",
      ["up", "--yes", "--skip-preview", "--stack", LAB_STACK, "--suppress-permalink=true"],
      {
        cwd: this.dir,
        env: this.#env,
        stdio: ["ignore", "inherit", "inherit"],
      },
    );
    const ended = new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code) => resolve(code ?? 1));
    });
    const code = await ended;
    return signal?.aborted === true && code === 0 ? 1 : code;
  }

  /** What the stack has, by type: of resources that stand for something outside Pulumi. */
  async resources(): Promise<Map<string, number>> {
    const { stdout } = await this.#pulumi("stack", "export", "--stack", LAB_STACK);
    const { deployment } = JSON.parse(stdout) as { deployment: { resources?: { type: string; custom: boolean }[] } };
    const counts = new Map<string, number>();
    for (const { type, custom } of deployment.resources ?? []) {
      if (!custom || type.startsWith("pulumi:")) continue;
      counts.set(type, (counts.get(type) ?? 0) + 1);
    }
    return counts;
  }

  /** An output. */
  async output<T>(name: string): Promise<T> {
    const { stdout } = await this.#pulumi("stack", "output", name, "--json", "--stack", LAB_STACK);
    return JSON.parse(stdout) as T;
  }

  #pulumi(...args: string[]): Promise<{ stdout: string }> {
    return promisify(execFile)("pulumi", args, { cwd: this.dir, env: this.#env, maxBuffer: 64 << 20 });
  }
}
