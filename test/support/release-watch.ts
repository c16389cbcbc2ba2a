import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A HelmRelease, as far as its order is concerned. */
export interface WatchedRelease {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly generation: number };
  readonly spec: { readonly dependsOn?: readonly { readonly name: string; readonly namespace?: string }[] };
  readonly status?: {
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly message: string;
      readonly observedGeneration?: number;
    }[];
  };
}

/** Where something is said to have gone before it could. */
export interface OutOfOrder {
  readonly release: string;
  readonly before: string;
}

/** `<namespace>/<name>`. */
export const keyOf = ({ metadata }: WatchedRelease): string => `${metadata.namespace}/${metadata.name}`;

/** What a release waits for. */
export function neededBy({ metadata, spec }: WatchedRelease): string[] {
  return (spec.dependsOn ?? []).map(({ name, namespace = metadata.namespace }) => `${namespace}/${name}`);
}

/** The condition Ready; undefined while it is of an earlier generation. */
export function readyOf({ metadata, status }: WatchedRelease) {
  const ready = status?.conditions?.find(({ type }) => type === "Ready");
  return ready?.observedGeneration === metadata.generation ? ready : undefined;
}

/**
 * Records what happens to HelmReleases, in the order in which the API server tells it: the time stamps in the objects have
 * whole seconds only.
 */
export class ReleaseWatch {
  /** Names in the order in which they got ready for the first time. */
  readonly ready: string[] = [];
  /** Names in the order in which they were gone. */
  readonly gone: string[] = [];
  /** The last that was heard of each. */
  readonly releases = new Map<string, WatchedRelease>();
  readonly #child: ChildProcess;

  constructor(env: Readonly<Record<string, string | undefined>>) {
    const args = ["get", "helmreleases", "--all-namespaces", "--watch", "--output-watch-events", "--output=json"];
    this.#child = spawn("kubectl", args, { env, stdio: ["ignore", "pipe", "inherit"] });
    createInterface({ input: this.#child.stdout as NodeJS.ReadableStream }).on("line", (line) => {
      const { type, object } = JSON.parse(line) as { type: string; object: WatchedRelease };
      this.#take(type, object);
    });
  }

  #take(type: string, release: WatchedRelease): void {
    const key = keyOf(release);
    if (type === "DELETED") {
      this.releases.delete(key);
      this.gone.push(key);
      return;
    }
    this.releases.set(key, release);
    if (readyOf(release)?.status === "True" && !this.ready.includes(key)) this.ready.push(key);
  }

  /** Releases that got ready before one that they wait for. */
  readyOutOfOrder(): OutOfOrder[] {
    return [...this.releases.values()].flatMap((release) => {
      const at = this.ready.indexOf(keyOf(release));
      const early = neededBy(release).filter((other) => at >= 0 && !this.ready.slice(0, at).includes(other));
      return early.map((before) => ({ release: keyOf(release), before }));
    });
  }

  /** Names of those that wait for a release, directly or not. */
  dependants(key: string): string[] {
    const found = new Set<string>();
    const visit = (needed: string): void => {
      for (const release of this.releases.values()) {
        const name = keyOf(release);
        if (found.has(name) || !neededBy(release).includes(needed)) continue;
        found.add(name);
        visit(name);
      }
    };
    visit(key);
    return [...found].sort();
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.kill();
    await once(this.#child, "exit");
  }
}
