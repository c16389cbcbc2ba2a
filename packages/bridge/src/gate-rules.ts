import type { Rule } from "@plinth/core";

/** Rules about when a program's resources are sent. */
export const BRIDGE_GATE = {
  deadlock: {
    code: "PL2101",
    rule: "A program does not await a value that its own resources cannot have yet",
    cause: "During a preview most values of new resources are unknown, so a promise made from one is never fulfilled",
    source: "pulumi/pulumi:sdk/nodejs/output.ts, apply during preview",
  },
} as const satisfies Record<string, Rule>;
