import { rm } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { PlinthError, PlinthReport } from "@plinth/core";
import { RECOVER } from "../recover-rules.js";
import { type Checkpoint, operationsOf } from "./checkpoint.js";
import { recovered, toRead } from "./edit.js";
import { leftovers, type Second, type Stray } from "./leftovers.js";
import { judgeLock, type LockFile, readLocks, survivorsOf, survivorsRefusal } from "./lock.js";
import { Lookout } from "./look.js";
import { planSteps, type Step } from "./plan.js";
import { end, isDeserted, runningProcesses } from "./processes.js";
import type { Pulumi } from "./pulumi.js";
import type { RecoverOptions } from "./recover.js";
import { ATTRIBUTES } from "./storage.js";
import { findUnfinished, putRight, type UnfinishedFile } from "./unfinished.js";

/** What a recovery will do. */
export interface RecoveryPlan {
  /** Name of the stack. */
  readonly stack: string;
  /** Locks of processes of this host that have ended. */
  readonly locks: readonly LockFile[];
  /** What the dead run has left half written in a file backend. */
  readonly files: readonly UnfinishedFile[];
  /** One for each interrupted operation. */
  readonly steps: readonly Step[];
  /** Objects beside the recorded ones of the same resources. */
  readonly seconds: readonly Second[];
  /** Objects of the stack's of which nothing is recorded. */
  readonly strays: readonly Stray[];
  /** Whether the seconds are deleted by the next `up`. */
  readonly deletesSeconds: boolean;
}

/** What a recovery has done. */
export interface Recovery extends RecoveryPlan {
  /** Whether it was done: something was to do, and nobody said no. */
  readonly done: boolean;
}

/** A request that was on its way when its program died may still be carried out; a while later it is not any more. */
const ON_ITS_WAY_MS = 60_000;
const LOOK_AGAIN_AFTER_MS = 3000;
/** What answers slowly carries out slowly: how many times as long as a look takes is waited for the next, at most half a minute. */
const LOOKS = 5;
const AT_MOST_MS = 30_000;

/** See {@link import("./recover.js").recover}. */
export async function recoverStack(
  options: RecoverOptions,
  pulumi: Pick<Pulumi, "place" | "export" | "import" | "refresh">,
): Promise<Recovery> {
  const { cwd = process.cwd(), deleteDuplicates = false } = options;
  const { name: stack, qualifiedName, storage } = await pulumi.place(options.stack);
  const { locks, refusals } =
    storage === undefined ? { locks: [], refusals: [] } : await readLocks(storage, qualifiedName, stack);
  const ended = await quieten(locks, refusals, stack, options);
  const files = storage === undefined ? [] : await findUnfinished(storage, qualifiedName);

  const [sealed, open] = [await pulumi.export(stack), await pulumi.export(stack, true)];
  if (isOther(sealed, open)) throw changed(stack);
  const { steps, objects } = await plan(open, options, cwd, ended);
  const { seconds, strays } = leftovers(open, steps, objects);
  const found: RecoveryPlan = { stack, locks, files, steps, seconds, strays, deletesSeconds: deleteDuplicates };
  const deleted = deleteDuplicates ? seconds : [];
  const idle = locks.length + files.length + steps.length + deleted.length === 0;
  const agreed = await (options.confirm?.(found) ?? true);
  if (idle || !agreed) return { ...found, done: false };

  // what was open while the user thought about it
  if (isOther(sealed, await pulumi.export(stack))) throw changed(stack);
  await putRight(files);
  for (const { file } of locks) for (const each of [file, `${file}${ATTRIBUTES}`]) await rm(each, { force: true });
  if (steps.length + deleted.length > 0) {
    const operations = operationsOf(open);
    const sealedOf = ({ resource, ...step }: Step): Step => {
      const at = operations.findIndex((each) => each.resource === resource);
      return { ...step, resource: operationsOf(sealed)[at]?.resource ?? resource };
    };
    const sealedSeconds = deleted.map(({ of, ...rest }) => {
      const at = open.deployment.resources?.indexOf(of) ?? -1;
      return { ...rest, of: sealed.deployment.resources?.[at] ?? of };
    });
    await pulumi.import(stack, recovered(sealed, steps.map(sealedOf), sealedSeconds));
    const urns = toRead(steps);
    if (urns.length > 0) await pulumi.refresh(stack, urns);
  }
  return { ...found, done: true };
}

/**
 * Makes sure that nobody works on the stack any more.
 * @returns whether processes had to be ended for it
 * @throws PlinthError or PlinthReport when a lock must stay, or nobody may end what still runs
 */
async function quieten(
  locks: readonly LockFile[],
  refusals: readonly PlinthError[],
  stack: string,
  { endSurvivors }: RecoverOptions,
): Promise<boolean> {
  const [lock] = locks;
  const host = { hostname: hostname(), processes: lock === undefined ? [] : await runningProcesses() };
  refuse([...refusals, ...locks.flatMap((each) => judgeLock(each, host, stack) ?? [])]);
  if (lock === undefined) return false;
  const survivors = await survivorsOf(locks, host, isDeserted);
  if (survivors.length === 0) return false;
  if (!(await endSurvivors?.(survivors))) throw survivorsRefusal(lock, survivors, stack);
  end(survivors);
  return true;
}

/** @param ended whether processes that may have sent requests have been ended just now */
async function plan(checkpoint: Checkpoint, options: RecoverOptions, cwd: string, ended: boolean) {
  const lookout = new Lookout(checkpoint, options.env ?? process.env, cwd);
  const begin = Date.now();
  let findings = await lookout.findings();
  const wait = Math.min(AT_MOST_MS, Math.max(LOOK_AGAIN_AFTER_MS, LOOKS * (Date.now() - begin)));
  const age = Date.now() - new Date(checkpoint.deployment.manifest.time).getTime();
  // not there yet, or there still
  const isOpen = [...findings].some(([{ type }, finding]) => (type === "creating") === (finding?.length === 0));
  if (isOpen && (ended || age < ON_ITS_WAY_MS)) {
    await sleep(wait);
    findings = await lookout.findings();
  }
  const { steps, refusals } = planSteps(checkpoint, findings, options);
  refuse(refusals);
  return { steps, objects: await lookout.objects() };
}

function refuse(refusals: readonly PlinthError[]): void {
  const [first, ...others] = refusals;
  if (first !== undefined) throw others.length === 0 ? first : new PlinthReport(refusals);
}

/** Whether somebody has written the state between two exports. */
function isOther(a: Checkpoint, b: Checkpoint): boolean {
  return a.deployment.manifest.time !== b.deployment.manifest.time;
}

function changed(stack: string): PlinthError {
  return new PlinthError(RECOVER.changed, {
    path: stack,
    property: "state",
    message: "The state was written by somebody else while it was read",
    fix: "wait until the other run has ended, then run plinth recover",
  });
}
