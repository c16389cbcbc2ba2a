import { rm } from "node:fs/promises";
import { join } from "node:path";
import { LabError, messageOf } from "../errors.js";
import { exists } from "../files.js";
import { withLock } from "../lock.js";
import type { Environment } from "../paths.js";
import { type Build, buildBinary, compilerCache } from "./build.js";
import { ChecksumError, downloadRelease } from "./download.js";
import { goProblem } from "./go.js";
import { findInstalled } from "./installed.js";
import { buildKey, releaseKey } from "./key.js";
import type { ReleasePin, ToolPin } from "./pins.js";
import { currentPlatform, type Platform } from "./platform.js";
import { BuildQueue, buildLock, type Job } from "./queue.js";
import { Reachability } from "./reachability.js";

/** A tool that is there. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  /** Folder that holds its binaries. */
  readonly folder: string;
  /** Where it came from. */
  readonly source: "path" | "release" | "build";
}

/** Who asks for tools, and how it hears of progress. */
export interface AcquireOptions {
  readonly say: (step: string, expectedSeconds?: number, fraction?: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** What a {@link Toolchain} works with; all but the cache is for tests. */
export interface ToolchainOptions {
  readonly cache: string;
  /** @default process.env */
  readonly env?: Environment;
  /** @default - that of this machine; undefined where the lab does not run */
  readonly platform?: Platform | undefined;
  /** Builds a binary. @default buildBinary */
  readonly build?: (build: Build) => Promise<void>;
  /** Says why nothing can be built. @default goProblem */
  readonly problem?: (env: Environment) => Promise<string | undefined>;
}

const UNSUPPORTED = `the lab does not run on ${process.platform} ${process.arch}: use Linux on amd64, for example in a VM`;

/**
 * Acquires tools, in this order and saying so: a good one on PATH, the release of its makers (checked against the
 * published checksum), a build from pinned Go modules. What was acquired stays in `<cache>/bin/<tool>-<version>-<key>/`.
 */
export class Toolchain {
  readonly #cache: string;
  readonly #env: Environment;
  readonly #supported: Platform | undefined;
  readonly #build: (build: Build) => Promise<void>;
  readonly #problem: (env: Environment) => Promise<string | undefined>;
  readonly #reachability = new Reachability();
  readonly #queue: BuildQueue;

  constructor(options: ToolchainOptions) {
    this.#cache = options.cache;
    this.#env = options.env ?? process.env;
    this.#supported = "platform" in options ? options.platform : currentPlatform();
    this.#build = options.build ?? buildBinary;
    this.#problem = options.problem ?? goProblem;
    this.#queue = new BuildQueue(options.cache);
  }

  get #platform(): Platform {
    if (this.#supported === undefined) throw new LabError(UNSUPPORTED);
    return this.#supported;
  }

  /** A tool that is on PATH or in the cache; undefined when it must be acquired first. */
  async find(pin: ToolPin): Promise<Tool | undefined> {
    if (this.#supported === undefined) return undefined;
    const installed = await findInstalled(pin, this.#env);
    if (installed.state === "good") {
      return { name: pin.name, version: installed.version, folder: installed.folder, source: "path" };
    }
    const { release } = pin;
    const folders = [
      ...(release === undefined ? [] : [{ source: "release" as const, folder: this.#releaseFolder(pin, release) }]),
      { source: "build" as const, folder: await this.#buildFolder(pin) },
    ];
    for (const { source, folder } of folders) {
      const there = await Promise.all(pin.binaries.map((binary) => exists(join(folder, binary.name))));
      if (there.every(Boolean)) return { name: pin.name, version: pin.version, folder, source };
    }
    return undefined;
  }

  /** A tool that must be there by now. @throws LabError when it is not */
  async get(pin: ToolPin): Promise<Tool> {
    const tool = await this.find(pin);
    if (tool === undefined) throw new LabError(`${titleOf(pin)} has not been acquired.`);
    return tool;
  }

  /** Why tools cannot be had on this machine, each reason with its remedy; empty when they can. */
  async missing(pins: readonly ToolPin[]): Promise<string[]> {
    if (this.#supported === undefined) return [UNSUPPORTED];
    const absent: string[] = [];
    for (const pin of pins) {
      if ((await this.find(pin)) !== undefined) continue;
      if (!(await this.#downloadable(pin))) absent.push(titleOf(pin));
    }
    if (absent.length === 0) return [];
    const problem = await this.#problem(this.#env);
    return problem === undefined ? [] : [`${absent.join(", ")} must be built, but ${problem}`];
  }

  /** Acquires what is not there yet. Broken off, the next call goes on. */
  async acquire(pins: readonly ToolPin[], options: AcquireOptions): Promise<void> {
    const ready = await all(pins.map((pin) => this.#acquireReady(pin, options)));
    const unbuilt = pins.filter((_, index) => !ready[index]);
    if (unbuilt.length === 0) return;
    const problem = await this.#problem(this.#env);
    if (problem !== undefined) throw new LabError(`${unbuilt.map(titleOf).join(", ")} must be built, but ${problem}`);
    const jobs = await all(unbuilt.map((pin) => this.#jobs(pin, options)));
    await all(jobs.flat().map((job) => this.#queue.add(job)));
  }

  /** Acquires a tool without building it; false when it must be built. */
  async #acquireReady(pin: ToolPin, { say, signal }: AcquireOptions): Promise<boolean> {
    const installed = await findInstalled(pin, this.#env);
    if (installed.state === "bad") say(`not using what is on PATH: ${installed.reason}`);
    const tool = await this.find(pin);
    if (tool?.source === "path") say(`using ${pin.name} ${tool.version} of ${tool.folder}`);
    else if (tool !== undefined) say(`${titleOf(pin)} is in the cache`);
    return tool !== undefined || (await this.#download(pin, { say, signal }));
  }

  async #download(pin: ToolPin, { say, signal }: AcquireOptions): Promise<boolean> {
    if (pin.release === undefined) {
      say(`${pin.name}: its makers publish no program to download, so it is built`);
      return false;
    }
    const url = pin.release.url(this.#platform);
    if (!(await this.#downloadable(pin))) {
      say(`${pin.name}: ${new URL(url).host} cannot be reached, so it is built`);
      return false;
    }
    say(`downloading ${titleOf(pin)}`);
    try {
      const folder = this.#releaseFolder(pin, pin.release);
      await downloadRelease(pin.binaries, pin.release, { platform: this.#platform, folder, signal });
      say(`downloaded ${titleOf(pin)}, checksum verified`);
      return true;
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof ChecksumError)) this.#reachability.giveUp(url);
      say(`${pin.name} cannot be downloaded, so it is built: ${messageOf(error)}`);
      return false;
    }
  }

  async #jobs(pin: ToolPin, { say, signal }: AcquireOptions): Promise<Job[]> {
    const folder = await this.#buildFolder(pin);
    return pin.binaries.map((binary) => {
      const output = join(folder, binary.name);
      const work = () => this.#build({ binary, output, cache: this.#cache, env: this.#env, signal });
      const { name, seconds } = binary;
      return { name, output, seconds, done: () => exists(output), work, say, signal };
    });
  }

  async #downloadable(pin: ToolPin): Promise<boolean> {
    if (pin.release === undefined) return false;
    const urls = [pin.release.url(this.#platform), pin.release.checksums(this.#platform)];
    return (await Promise.all(urls.map((url) => this.#reachability.check(url)))).every(Boolean);
  }

  async #buildFolder(pin: ToolPin): Promise<string> {
    return this.#folderOf(pin, await buildKey(pin, this.#platform));
  }

  #releaseFolder(pin: ToolPin, release: ReleasePin): string {
    return this.#folderOf(pin, releaseKey(release, this.#platform));
  }

  #folderOf({ name, version }: ToolPin, key: string): string {
    return join(this.#cache, "bin", `${name}-${version}-${key}`);
  }
}

function titleOf({ name, version }: ToolPin): string {
  return `${name} ${version}`;
}

/** Waits for all, also when one fails early: none goes on unwatched. */
async function all<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/**
 * Removes what the compiler keeps for itself (up to 9 GiB), when all is built. A later build of another version begins
 * from nothing. Waits for a build that is going on.
 */
export async function removeCompilerCache(cache: string): Promise<void> {
  await withLock(buildLock(cache), async () => {
    await rm(compilerCache(cache), { recursive: true, force: true });
    await rm(join(cache, "build"), { recursive: true, force: true });
  });
}
