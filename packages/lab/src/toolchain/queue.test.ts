import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../test-support.js";
import { BuildQueue, buildsAtOnce, inWords, type Job } from "./queue.js";

/** A job that ends when it is told to. */
function job(name: string, seconds: number, log: string[], changes: Partial<Job> = {}) {
  let finish = () => {};
  const ended = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const made: Job = {
    name,
    output: `bin/${name}`,
    seconds,
    done: async () => false,
    work: () => {
      log.push(name);
      return ended;
    },
    say: (step) => void log.push(step),
    ...changes,
  };
  return { job: made, finish };
}

const silent = { say: () => {} };

it("builds the heaviest first, two at a time", async () => {
  const queue = new BuildQueue(await temporaryFolder(), 2);
  const log: string[] = [];
  const [a, b, c, d] = [
    job("a", 1, log, silent),
    job("b", 4, log, silent),
    job("c", 3, log, silent),
    job("d", 2, log, silent),
  ];
  const all = [a, b, c, d].map(({ job }) => queue.add(job));
  await expect.poll(() => log).toEqual(["b", "c"]);
  c.finish();
  await expect.poll(() => log).toEqual(["b", "c", "d"]);
  for (const { finish } of [a, b, d]) finish();
  await Promise.all(all);
  expect(log).toEqual(["b", "c", "d", "a"]);
});

it("says what it builds, which of how many, and how long it takes", async () => {
  const queue = new BuildQueue(await temporaryFolder(), 1);
  const log: string[] = [];
  const jobs = [job("etcd", 40, log), job("pulumi", 500, log)];
  const all = jobs.map(({ job, finish }) => {
    finish();
    return queue.add(job);
  });
  await Promise.all(all);
  expect(log.map((line) => line.replace(/about .*,/, "about ?,").replace(/ in .*/, " in ?"))).toEqual([
    "building pulumi (1 of 2), about ?, once",
    "pulumi",
    "built pulumi in ?",
    "building etcd (2 of 2), about ?, once",
    "etcd",
    "built etcd in ?",
  ]);
});

it("does not build what is done, and goes on after a failure", async () => {
  const queue = new BuildQueue(await temporaryFolder(), 1);
  const log: string[] = [];
  const failing = queue.add(job("a", 3, log, { ...silent, work: () => Promise.reject(new Error("no")) }).job);
  const done = queue.add(job("b", 2, log, { ...silent, done: async () => true }).job);
  const last = job("c", 1, log, silent);
  last.finish();
  await expect(failing).rejects.toThrow("no");
  await Promise.all([done, queue.add(last.job)]);
  expect(log).toEqual(["c"]);
});

it("builds what several need once, whether it waits or is built, and tells all of them how it ended", async () => {
  const queue = new BuildQueue(await temporaryFolder(), 2);
  const log: string[] = [];
  const [a, b, c] = [job("a", 3, log, silent), job("b", 2, log, silent), job("c", 1, log, silent)];
  const waits = { ...silent, work: () => Promise.reject(new Error("no")) };
  const all = [a, b, c, a, b].map(({ job }) => queue.add(job));
  await expect.poll(() => log).toEqual(["a", "b"]);
  const late = [queue.add(a.job), queue.add(c.job)];
  for (const { finish } of [a, b, c]) finish();
  await Promise.all([...all, ...late]);
  expect(log).toEqual(["a", "b", "c"]);
  const failing = job("d", 1, log, waits).job;
  const results = await Promise.allSettled([queue.add(failing), queue.add(failing)]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
});

it("two runs do not build in one cache at the same time; the second finds what the first has built", async () => {
  const cache = await temporaryFolder();
  const log: string[] = [];
  const first = job("x", 1, log, silent);
  const building = new BuildQueue(cache, 2).add(first.job);
  await expect.poll(() => log).toEqual(["x"]);
  let built = false;
  const second = job("x", 1, log, { done: async () => built });
  const waiting = new BuildQueue(cache, 2).add(second.job);
  await expect.poll(() => log).toEqual(["x", "waiting for another run that builds"]);
  built = true;
  first.finish();
  await Promise.all([building, waiting]);
  expect(log).toEqual(["x", "waiting for another run that builds"]);
});

it("broken off, builds nothing more", async () => {
  const queue = new BuildQueue(await temporaryFolder(), 1);
  const log: string[] = [];
  const abort = new AbortController();
  const first = job("a", 2, log, { ...silent, signal: abort.signal });
  const second = job("b", 1, log, { ...silent, signal: abort.signal });
  const all = [queue.add(first.job), queue.add(second.job)];
  await expect.poll(() => log).toEqual(["a"]);
  abort.abort();
  first.finish();
  const results = await Promise.allSettled(all);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  expect(log).toEqual(["a"]);
});

describe("buildsAtOnce", () => {
  it.each([
    [1, 64, 1],
    [2, 8, 1],
    [2, 10, 2],
    [16, 64, 2],
  ])("with %i cores and %i GiB is %i", (cores, gibibytes, expected) => {
    expect(buildsAtOnce(cores, gibibytes * 1024 ** 3)).toBe(expected);
  });
});

it("inWords rounds for people", () => {
  expect([0.2, 37.4, 89, 90, 660].map(inWords)).toEqual(["1 s", "37 s", "89 s", "2 minutes", "11 minutes"]);
});
