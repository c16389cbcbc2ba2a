import { mkdir, rm } from "node:fs/promises";
import { mergeVariables } from "./environment.js";
import { withLock } from "./lock.js";
import { withDependants, withNeeds } from "./order.js";
import type { Health, LabContext, Part, ProgressEvent } from "./part.js";
import { kindsOfClusterApi } from "./parts/cluster-api/manifests.js";
import { createClusterApi } from "./parts/cluster-api.js";
import { createClusterAutoscaler } from "./parts/cluster-autoscaler.js";
import { createFlux, kindsOfFlux } from "./parts/flux.js";
import { createKubernetes } from "./parts/kubernetes.js";
import { createKwok } from "./parts/kwok.js";
import { createMetal } from "./parts/metal.js";
import { openstack } from "./parts/openstack.js";
import { createPulumi } from "./parts/pulumi.js";
import { createRegistry } from "./parts/registry.js";
import { type Environment, labDirectory, paths } from "./paths.js";
import { portFor } from "./ports.js";
import { processesOf, stopAll } from "./processes.js";
import { removeCompilerCache, Toolchain } from "./toolchain/toolchain.js";
import { acquireAll, bringUp, healthOf, type PartResult, partLock, type UpOptions } from "./up.js";

/** How a lab is opened. */
export interface LabOptions {
  /** Several labs can run side by side. @default "default" */
  readonly name?: string;
  /** Where the folders are looked up and what programs are started with. @default process.env */
  readonly env?: Environment;
  /** Hears what goes on. @default - nobody */
  readonly report?: (event: ProgressEvent) => void;
  /**
   * YAML files, or folders of them, with the CRDs that the API server shall have. Kinds that the parts `cluster-api` and
   * `flux` bring are passed over: they come with these, in the versions that their controllers know. @default - none
   */
  readonly crds?: readonly string[];
  /** The parts that the lab has. @default - all of this package */
  readonly parts?: readonly Part[];
}

/** How a part is. */
export interface PartStatus {
  readonly name: string;
  readonly title: string;
  readonly health: Health;
}

/**
 * Real APIs on the loopback of this machine, without containers. Each verb may be repeated without harm.
 *
 * @example
 * const lab = openLab({ name: "try" });
 * const results = await lab.up(["kubernetes"]);
 * const env = await lab.env(); // KUBECONFIG, PATH
 * await lab.down();
 */
export class Lab {
  readonly name: string;
  /** Folder of its state: data, `logs/`, `run/`, `ports.json`. */
  readonly dir: string;
  /** Folder shared by all labs of the user: binaries and the compiler's cache. */
  readonly cache: string;
  /** Its parts, each after what it needs. */
  readonly parts: readonly Part[];
  readonly #report: (event: ProgressEvent) => void;
  readonly #path: string;

  /** @throws PlinthError for a name that is none (PL9001) */
  constructor(options: LabOptions = {}) {
    const env = options.env ?? process.env;
    const { cache, state } = paths(env);
    this.name = options.name ?? "default";
    this.dir = labDirectory(state, this.name);
    this.cache = cache;
    this.#report = options.report ?? (() => {});
    this.#path = env.PATH ?? "";
    this.parts = withNeeds(options.parts ?? ownParts(cache, env, options.crds ?? []), []);
  }

  /**
   * Brings parts up, with what they need. One that is up is left alone; one that cannot be had does not keep the others
   * from it: the results say what became of each.
   *
   * @param names which; empty means all that are not on demand
   * @throws PlinthError for a name that no part has (PL9002)
   */
  async up(names: readonly string[] = [], options: UpOptions = {}): Promise<PartResult[]> {
    const usual = this.parts.filter(({ onDemand }) => onDemand !== true).map(({ name }) => name);
    const wanted = names.length === 0 ? usual : names;
    const parts = wanted.length === 0 ? [] : withNeeds(this.parts, wanted);
    await mkdir(this.dir, { recursive: true, mode: 0o700 });
    return bringUp(parts, this.#context(options.signal), options);
  }

  /**
   * Acquires what parts need, without starting any: what {@link up} does first.
   *
   * @param names which; empty means all, those on demand too
   * @throws PlinthError for a name that no part has (PL9002)
   */
  async acquire(names: readonly string[] = [], options: UpOptions = {}): Promise<PartResult[]> {
    await mkdir(this.dir, { recursive: true, mode: 0o700 });
    const parts = names.length === 0 ? this.parts : withNeeds(this.parts, names);
    return acquireAll(parts, this.#context(options.signal), options);
  }

  /** Stops parts and what needs them, and waits until they have gone; data stays. Empty means all: then nothing is left. */
  async down(names: readonly string[] = []): Promise<void> {
    const context = this.#context();
    for (const part of withDependants(this.parts, names)) {
      await withLock(partLock(context, part), () => part.stop(context));
    }
    if (names.length === 0) await stopAll(this.dir);
  }

  /** How each part is. */
  status(): Promise<PartStatus[]> {
    const context = this.#context();
    return Promise.all(
      this.parts.map(async (part) => ({
        name: part.name,
        title: part.title,
        health: await healthOf(part, context),
      })),
    );
  }

  /** Environment variables with which clients reach the parts that are up. */
  async env(): Promise<Record<string, string>> {
    const context = this.#context();
    const all = await Promise.all(
      this.parts.map(async (part) => ((await healthOf(part, context)).state === "up" ? part.env(context) : {})),
    );
    return mergeVariables(all, this.#path);
  }

  /** Stops everything and removes the data of this lab; what was acquired stays in the cache. */
  async reset(): Promise<void> {
    await this.down();
    await rm(this.dir, { recursive: true, force: true });
  }

  /** Pids of all processes of this lab. */
  processes(): Promise<number[]> {
    return processesOf(this.dir);
  }

  /** Removes the Go compiler's cache (up to 9 GiB): for when everything has been built. */
  removeCompilerCache(): Promise<void> {
    return removeCompilerCache(this.cache);
  }

  #context(signal?: AbortSignal): LabContext {
    const { name, dir, cache } = this;
    return { name, dir, cache, report: this.#report, port: (key) => portFor(dir, key), signal };
  }
}

/** Opens a lab; nothing is started or made by this. */
export function openLab(options: LabOptions = {}): Lab {
  return new Lab(options);
}

function ownParts(cache: string, env: Environment, crds: readonly string[]): Part[] {
  const toolchain = new Toolchain({ cache, env });
  return [
    createPulumi(toolchain),
    createKubernetes(toolchain, { crds, except: [...kindsOfClusterApi(), ...kindsOfFlux()] }),
    openstack,
    createClusterApi(toolchain),
    createKwok(toolchain),
    createClusterAutoscaler(toolchain),
    createMetal(toolchain),
    createFlux(toolchain),
    createRegistry(toolchain),
  ];
}
