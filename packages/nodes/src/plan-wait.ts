import type { Check } from "@plinth/core";
import { WAIT_FIELDS, type Wait } from "./props.js";
import { NODES } from "./rules.js";

/** What `up` waits for. */
export interface PlannedWait {
  /** Nodes that are Ready, in each zone. */
  readonly perZone: number;
  /** How long, whole seconds. */
  readonly seconds: number;
}

const DEFAULT_TIMEOUT = "15m";

/** @param min machines that each zone has at least @returns `undefined` when nothing is waited for */
export function planWait(wait: Wait | undefined, min: number, check: Check): PlannedWait | undefined {
  if (wait === undefined) return undefined;
  check.fields<Wait>(wait, WAIT_FIELDS, "wait");
  const { nodes, timeout = DEFAULT_TIMEOUT }: { readonly nodes: string; readonly timeout?: string } = wait;
  if (nodes !== "minimum" && nodes !== "none") {
    check.refuse(NODES.wait, {
      property: "wait.nodes",
      value: nodes,
      message: `${JSON.stringify(nodes)} is nothing that up can wait for`,
      fix: 'use "minimum" or "none"',
    });
  }
  const milliseconds = check.duration("wait.timeout", timeout);
  if (milliseconds === 0) {
    check.refuse(NODES.wait, {
      property: "wait.timeout",
      value: timeout,
      message: "up would wait for no time",
      fix: 'leave it out, give a time such as "15m", or say nodes: "none"',
    });
  }
  if (nodes !== "minimum" || min <= 0 || !milliseconds) return undefined;
  return { perZone: min, seconds: Math.ceil(milliseconds / 1000) };
}
