import { join } from "node:path";
import { messageOf } from "./errors.js";
import { withLock } from "./lock.js";
import type { Health, LabContext, Part } from "./part.js";

/** How {@link Lab.up} is run. */
export interface UpOptions {
  /** Breaks off: builds end, and what this run has started is stopped again; nothing else is. @default - never */
  readonly signal?: AbortSignal;
  /**
   * Asked once, before anything is acquired, whether these system packages may be installed. Parts that need them are
   * `missing` otherwise. @default - they may not
   */
  readonly confirm?: (packages: readonly string[]) => Promise<boolean>;
}

/** What became of a part. */
export interface PartResult {
  readonly name: string;
  /**
   * `running`: it was up and was left alone; `started`: it is up now; `acquired`: it can be started; `missing`: it cannot
   * be had on this machine; `failed`: it could not be acquired or started; `skipped`: a part that it needs is not up;
   * `stopped`: broken off.
   */
  readonly outcome: "running" | "started" | "acquired" | "missing" | "failed" | "skipped" | "stopped";
  /** Why it is not up, or not acquired, each with its remedy where one is known; empty when it is. */
  readonly reasons: readonly string[];
}

/** What is known of a part before anything is done. */
interface Outlook {
  readonly part: Part;
  readonly before: Health;
  readonly missing: readonly string[];
  readonly packages: readonly string[];
}

/** Whether a part is up after {@link Lab.up}. */
export function isUp({ outcome }: PartResult): boolean {
  return outcome === "running" || outcome === "started";
}

/** Name of the lock under which a part of a lab is started and stopped. */
export function partLock(context: LabContext, part: Part): string {
  return join(context.dir, `${part.name}.lock`);
}

/** Brings parts up, given after what they need; side by side where nothing stands against it. */
export async function bringUp(parts: readonly Part[], context: LabContext, options: UpOptions): Promise<PartResult[]> {
  const { outlooks, allowed } = await lookAhead(parts, context, options);
  const results = new Map<string, Promise<PartResult>>();
  const begun: Part[] = [];
  for (const outlook of outlooks) {
    const needs = outlook.part.needs.flatMap((need) => results.get(need) ?? []);
    results.set(outlook.part.name, bring(outlook, needs, allowed, begun, context));
  }
  const done = await Promise.all(results.values());
  if (options.signal?.aborted !== true) return done;
  await Promise.all(begun.map((part) => part.stop(context)));
  const stopped = new Set(begun.map((part) => part.name));
  return done.map((result) =>
    isUp(result) && stopped.has(result.name)
      ? { name: result.name, outcome: "stopped", reasons: ["broken off"] }
      : result,
  );
}

/** Acquires what parts need and starts none; one that cannot be had does not keep the others from it. */
export async function acquireAll(
  parts: readonly Part[],
  context: LabContext,
  options: UpOptions,
): Promise<PartResult[]> {
  const { outlooks, allowed } = await lookAhead(parts, context, options);
  return Promise.all(
    outlooks.map(async (outlook): Promise<PartResult> => {
      const { name } = outlook.part;
      const settled = withoutWork(outlook, allowed);
      if (settled !== undefined) return settled;
      try {
        await acquire(outlook.part, context);
        return { name, outcome: "acquired", reasons: [] };
      } catch (error) {
        if (context.signal?.aborted) return { name, outcome: "stopped", reasons: ["broken off"] };
        return { name, outcome: "failed", reasons: [messageOf(error)] };
      }
    }),
  );
}

/** Looks at all parts, and asks once for the system packages that they need. */
async function lookAhead(
  parts: readonly Part[],
  context: LabContext,
  options: UpOptions,
): Promise<{ readonly outlooks: readonly Outlook[]; readonly allowed: boolean }> {
  const outlooks = await Promise.all(parts.map((part) => lookAt(part, context)));
  const packages = [...new Set(outlooks.flatMap((outlook) => outlook.packages))].sort();
  return { outlooks, allowed: packages.length === 0 || ((await options.confirm?.(packages)) ?? false) };
}

/** What becomes of a part for which nothing is to be done, or nothing can be. */
function withoutWork({ part, before, missing, packages }: Outlook, allowed: boolean): PartResult | undefined {
  const { name } = part;
  if (before.state === "up") return { name, outcome: "running", reasons: [] };
  if (missing.length > 0) return { name, outcome: "missing", reasons: missing };
  if (packages.length === 0 || allowed) return undefined;
  const reason = `these system packages may not be installed: ${packages.join(" ")}`;
  return { name, outcome: "missing", reasons: [reason] };
}

/** One run at a time, whatever the part acquires. */
function acquire(part: Part, context: LabContext): Promise<void> {
  const onWait = () => context.report({ part: part.name, step: "waiting for another run that acquires it" });
  return withLock(join(context.cache, `${part.name}.lock`), () => part.acquire(context), { onWait });
}

async function lookAt(part: Part, context: LabContext): Promise<Outlook> {
  const before = await healthOf(part, context);
  if (before.state === "up") return { part, before, missing: [], packages: [] };
  const missing = await part.missing(context);
  const packages = missing.length > 0 ? [] : await part.systemPackages(context);
  return { part, before, missing, packages };
}

/** The health of a part; one that cannot even say how it is, is failing. */
export async function healthOf(part: Part, context: LabContext): Promise<Health> {
  try {
    return await part.health(context);
  } catch (error) {
    return { state: "failing", reason: messageOf(error) };
  }
}

async function bring(
  outlook: Outlook,
  needs: readonly Promise<PartResult>[],
  allowed: boolean,
  begun: Part[],
  context: LabContext,
): Promise<PartResult> {
  const { part, before } = outlook;
  const { name } = part;
  const settled = withoutWork(outlook, allowed);
  if (settled !== undefined) return settled;
  try {
    await acquire(part, context);
    const absent = (await Promise.all(needs)).filter((result) => !isUp(result));
    if (absent.length > 0) {
      return { name, outcome: "skipped", reasons: absent.map((need) => `needs ${need.name}, which is not up`) };
    }
    context.signal?.throwIfAborted();
    // only what did not run at all is this run's own: only that may be stopped again
    if (before.state === "down") begun.push(part);
    await withLock(partLock(context, part), () => part.start(context));
    context.report({ part: name, step: "is up", done: true });
    return { name, outcome: "started", reasons: [] };
  } catch (error) {
    context.report({ part: name, step: "is not up", done: true });
    if (context.signal?.aborted) return { name, outcome: "stopped", reasons: ["broken off"] };
    if (begun.includes(part)) await part.stop(context);
    return { name, outcome: "failed", reasons: [messageOf(error)] };
  }
}
