import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Lab } from "@plinth/lab";
import { type EngineEvent, errors, shortUrn } from "./engine-events.js";
import type { Stack } from "./stack.js";

/** When an engine is killed. */
export interface KillPoint {
  /** Told each event of the engine that begins or ends a step that changes something, counted from 1. */
  readonly at: (step: EngineStep, count: number) => boolean;
  /** Awaited before the engine is killed. @default - it is killed at once */
  readonly until?: () => Promise<boolean>;
}

/** The begin or the end of a step. */
export interface EngineStep {
  readonly when: "begins" | "ends";
  readonly operation: string;
  /** For example `Subnet::k8s-subnet`. */
  readonly resource: string;
}

/** The begin or the end of a step that changes something, if an event is one. */
export function engineStep({ resourcePreEvent, resOutputsEvent }: EngineEvent): EngineStep | undefined {
  const metadata = resourcePreEvent?.metadata ?? resOutputsEvent?.metadata;
  if (metadata === undefined || !["create", "update", "delete"].includes(metadata.op)) return undefined;
  const when = resourcePreEvent === undefined ? "ends" : "begins";
  return { when, operation: metadata.op, resource: shortUrn(metadata.urn) };
}

/**
 * Runs a command until it is killed: the engine alone, as the kernel kills what uses up the memory. What the engine has started
 * runs on.
 * @returns whether it was killed before it ended by itself
 * @throws Error when it failed by itself, or what was waited for did not come true
 */
export async function killed(stack: Stack, command: "up" | "destroy", point: KillPoint): Promise<boolean> {
  let count = 0;
  let hit = false;
  let failure: unknown;
  const { code, events, text } = await stack.run([command, "--yes", "--skip-preview"], {
    onEvent: (event, _, kill) => {
      const step = engineStep(event);
      if (hit || step === undefined) return;
      count += 1;
      if (!point.at(step, count)) return;
      hit = true;
      void awaited(point.until).then(kill, (error: unknown) => {
        failure = error;
      });
    },
  });
  if (failure !== undefined) throw failure;
  if (code !== null && code !== 0) throw new Error([`${command} failed by itself`, ...errors(events), text].join("\n"));
  return hit && code === null;
}

/** Empties what Pulumi writes in place beside a checkpoint, as a kill between two calls of the kernel leaves it. @returns the file */
export async function emptyAttributes({ dir }: Lab, project: string, stack: string): Promise<string> {
  const file = join(dir, "pulumi", ".pulumi", "stacks", project, `${stack}.json.attrs`);
  await writeFile(file, "");
  return file;
}

/** @throws Error when it does not come true within half a minute */
async function awaited(condition: KillPoint["until"]): Promise<void> {
  if (condition === undefined) return;
  const end = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error("what the kill waits for did not come true");
    await sleep(50);
  }
}
