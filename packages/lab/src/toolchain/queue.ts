import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { withLock } from "../lock.js";

/** One build that waits for its turn. */
export interface Job {
  /** Name of the binary. */
  readonly name: string;
  /** Path of the binary. Jobs with one path are one build. */
  readonly output: string;
  /** Seconds that it takes on two cores beside another one, from nothing. */
  readonly seconds: number;
  /** Whether there is nothing to do any more, because another run did it meanwhile. */
  readonly done: () => Promise<boolean>;
  readonly work: () => Promise<void>;
  /** Says what goes on with this job. */
  readonly say: (step: string, expectedSeconds?: number, fraction?: number) => void;
  readonly signal?: AbortSignal | undefined;
}

interface Waiting {
  readonly job: Job;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** A Go compiler needs up to 4 GiB for the largest package that we build. */
const BYTES_PER_BUILD = 5 * 1024 ** 3;

/** How often a long build shows that it is alive. */
const HEARTBEAT_SECONDS = 10;

/** How many builds run side by side on this machine: two where cores and memory are enough, since one leaves cores idle. */
export function buildsAtOnce(cores = availableParallelism(), memory = totalmem()): number {
  return cores >= 2 && memory >= 2 * BYTES_PER_BUILD ? 2 : 1;
}

/**
 * The builds of one run: the heaviest first, lighter ones beside it. Only one run builds at a time in one cache; another
 * one waits, and then finds what this one has built.
 */
export class BuildQueue {
  readonly #waiting: Waiting[] = [];
  /** Those that wait or are built, by the path of the binary. */
  readonly #builds = new Map<string, Promise<void>>();
  readonly #cache: string;
  readonly #atOnce: number;
  #total = 0;
  #started = 0;
  #active = 0;
  /** The time in which this run holds the lock, or waits for it. */
  #turn: Promise<void> | undefined;
  /** Ends the turn; undefined while the lock is not held. */
  #endTurn: (() => void) | undefined;

  constructor(cache: string, atOnce = buildsAtOnce()) {
    this.#cache = cache;
    this.#atOnce = atOnce;
  }

  /** Does a job when its turn comes. What several need is built once. */
  add(job: Job): Promise<void> {
    const going = this.#builds.get(job.output);
    if (going !== undefined) return going;
    const build = this.#enqueue(job).finally(() => this.#builds.delete(job.output));
    this.#builds.set(job.output, build);
    return build;
  }

  #enqueue(job: Job): Promise<void> {
    this.#total += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, resolve, reject });
      this.#waiting.sort((a, b) => b.job.seconds - a.job.seconds);
      if (this.#endTurn === undefined) this.#turn ??= this.#takeTurn(job);
      else this.#pump();
    });
  }

  async #takeTurn(first: Job): Promise<void> {
    const work = () =>
      new Promise<void>((resolve) => {
        this.#endTurn = resolve;
        this.#pump();
      });
    const onWait = () => first.say("waiting for another run that builds");
    try {
      await withLock(buildLock(this.#cache), work, { onWait, signal: first.signal });
    } catch (error) {
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    }
    // what came while the lock was being given back
    const [next] = this.#waiting;
    this.#turn = next === undefined ? undefined : this.#takeTurn(next.job);
  }

  #pump(): void {
    while (this.#active < this.#atOnce) {
      const next = this.#waiting.shift();
      if (next === undefined) break;
      this.#active += 1;
      void this.#do(next).finally(() => {
        this.#active -= 1;
        this.#pump();
      });
    }
    if (this.#active > 0) return;
    this.#endTurn?.();
    this.#endTurn = undefined;
  }

  async #do({ job, resolve, reject }: Waiting): Promise<void> {
    this.#started += 1;
    const number = this.#started;
    try {
      job.signal?.throwIfAborted();
      if (!(await job.done())) await this.#build(job, number);
      resolve();
    } catch (error) {
      reject(error);
    }
  }

  async #build(job: Job, number: number): Promise<void> {
    const expected = (job.seconds * 2) / availableParallelism();
    const title = () => `building ${job.name} (${number} of ${this.#total}), about ${inWords(expected)}, once`;
    const begun = performance.now();
    const seconds = () => (performance.now() - begun) / 1000;
    job.say(title(), expected, 0);
    const beat = () => job.say(title(), expected, Math.min(0.99, seconds() / expected));
    const timer = setInterval(beat, HEARTBEAT_SECONDS * 1000);
    try {
      await job.work();
      job.say(`built ${job.name} in ${inWords(seconds())}`, undefined, 1);
    } finally {
      clearInterval(timer);
    }
  }
}

/** Name of the lock under which a cache is built into. */
export function buildLock(cache: string): string {
  return join(cache, "go-build.lock");
}

/** A duration for people: seconds up to a minute and a half, minutes from there. */
export function inWords(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return `${minutes} minutes`;
}
