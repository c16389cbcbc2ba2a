/**
 * For unit tests of programs that use Plinth, or plain Pulumi: runs a program without an engine and gives what it would
 * have sent.
 * @packageDocumentation
 */
import * as pulumi from "@pulumi/pulumi";
import * as state from "@pulumi/pulumi/runtime/state.js";
import { type CaptureMocks, CaptureMonitor } from "./capture-monitor.js";
import type { CapturedResource } from "./captured.js";
import { Unhandled } from "./unhandled.js";

export type { CaptureMocks } from "./capture-monitor.js";
export {
  type CapturedAlias,
  type CapturedOptions,
  type CapturedResource,
  CapturedSecret,
  UNKNOWN,
} from "./captured.js";

/** How a program is run. */
export interface CaptureOptions extends CaptureMocks {
  /** Whether it is a preview: ids and outputs that nobody knows yet are unknown. @default false */
  readonly preview?: boolean;
  /** @default "project" */
  readonly project?: string;
  /** @default "stack" */
  readonly stack?: string;
  /** @default "organization" */
  readonly organization?: string;
  /** Stack configuration. A key without a colon is the project's. @default - none */
  readonly config?: Readonly<Record<string, string>>;
  /** Keys of `config` that are secret. @default - none */
  readonly secretConfig?: readonly string[];
}

/** A message that a program has logged. */
export interface CapturedMessage {
  readonly severity: "debug" | "info" | "warning" | "error";
  readonly message: string;
}

/** What a program has sent. */
export class CapturedProgram {
  /** In the order in which they were sent. The root stack is the first. */
  readonly resources: readonly CapturedResource[];
  /** Outputs of the stack. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What it has logged, without debug messages. */
  readonly messages: readonly CapturedMessage[];

  constructor(monitor: CaptureMonitor, messages: readonly CapturedMessage[]) {
    this.resources = monitor.resources;
    this.outputs = monitor.outputs.get(monitor.resources[0]?.urn ?? "") ?? {};
    this.messages = messages;
  }

  /** All resources of a type. */
  all(type: string): CapturedResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /**
   * The resource of a type and name. @param name may be left out where there is one of the type
   * @throws Error when there is none, or more than one
   */
  get(type: string, name?: string): CapturedResource {
    const found = this.all(type).filter((resource) => name === undefined || resource.name === name);
    const [first] = found;
    if (first !== undefined && found.length === 1) return first;
    const names = this.all(type).map((resource) => resource.name);
    throw new Error(`${found.length} resources of type ${type} are called ${name ?? "anything"}; there are: ${names}`);
  }
}

/** A program's run, whether it went well or not. */
export interface CaptureAttempt {
  /** What was sent, also when the program has failed. */
  readonly program: CapturedProgram;
  /** What went wrong: thrown by the program, by an `apply`, by a registration. Empty when nothing did. */
  readonly errors: readonly unknown[];
}

/** Runs go one after another: what nobody handles is told per process, not per program. */
let previous: Promise<unknown> = Promise.resolve();

/**
 * Runs a program to its end, with a root stack and without an engine, and gives what it has sent.
 * Programs don't see each other; runs that are started together go one after another.
 * @param program its result are the stack's outputs
 * @throws the program's error, or the first error of an `apply` or a registration
 * @example
 * const { resources } = await captureProgram(() => { new L3VPNNetwork("hybrid", args) }, { preview: true });
 */
export async function captureProgram(program: () => unknown, options: CaptureOptions = {}): Promise<CapturedProgram> {
  const attempt = await attemptProgram(program, options);
  if (attempt.errors.length > 0) throw attempt.errors[0];
  return attempt.program;
}

/** Like {@link captureProgram}, for programs that are expected to fail: gives the errors beside what was sent. */
export function attemptProgram(program: () => unknown, options: CaptureOptions = {}): Promise<CaptureAttempt> {
  const run = previous.then(() => withLocalStorage(() => attempt(program, options)));
  previous = run.catch(() => {});
  return run;
}

/** What Pulumi keeps of a program (pulumi/pulumi:sdk/nodejs/runtime/state.ts); its types are not published. */
interface Store {
  readonly settings: { monitor: unknown; engine: unknown; readonly options: Record<string, unknown> };
  leakCandidates: Set<unknown>;
}
const { getStore, withLocalStorage } = state as unknown as {
  getStore(): Store;
  withLocalStorage<T>(run: () => Promise<T>): Promise<T>;
};
const { waitForRPCs } = pulumi.runtime as unknown as { waitForRPCs(): Promise<void> };

async function attempt(program: () => unknown, options: CaptureOptions): Promise<CaptureAttempt> {
  const { preview = false, project = "project", stack = "stack", organization = "organization" } = options;
  const monitor = new CaptureMonitor({ project, stack, preview }, options);
  const messages: CapturedMessage[] = [];
  const store = getStore();
  Object.assign(store.settings, { monitor, engine: engine(messages) });
  Object.assign(store.settings.options, { project, stack, organization, dryRun: preview, monitorAddr: "captured" });
  const key = (name: string): string => (name.includes(":") ? name : `${project}:${name}`);
  pulumi.runtime.setAllConfig(
    Object.fromEntries(Object.entries(options.config ?? {}).map(([name, value]) => [key(name), value])),
    (options.secretConfig ?? []).map(key),
  );
  const unhandled = new Unhandled();
  const errors = new Set<unknown>();
  try {
    const run = pulumi.runtime.runInPulumiStack(async () => program() as object);
    const ended = run.catch((error: unknown) => errors.add(error)).then(waitForRPCs);
    await Promise.race([ended, unhandled.first]);
    await settled(monitor, unhandled);
  } finally {
    unhandled.restore();
    // what waits for a resource that failed waits for ever: Pulumi would complain when the process ends
    store.leakCandidates = new Set();
  }
  for (const error of unhandled.errors) errors.add(error);
  return { program: new CapturedProgram(monitor, messages), errors: [...errors] };
}

/** Waits until nothing is sent or fails any more. */
async function settled(monitor: CaptureMonitor, unhandled: Unhandled): Promise<void> {
  const count = (): number => monitor.resources.length + monitor.outputs.size + unhandled.errors.size;
  let before: number;
  do {
    before = count();
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  } while (monitor.busy || count() !== before);
}

/** Pulumi's engine, as far as a program talks to it: it takes messages. */
function engine(messages: CapturedMessage[]): object {
  const severities = ["debug", "info", "warning", "error"] as const;
  return {
    log(request: { getSeverity(): number; getMessage(): string }, answer: () => void): void {
      const severity = severities[request.getSeverity()] ?? "error";
      if (severity !== "debug") messages.push({ severity, message: request.getMessage() });
      answer();
    },
    setRootResource(_request: unknown, answer: (error: unknown, response: unknown) => void): void {
      answer(null, {});
    },
  };
}
