import { type Edit, errorHook } from "@plinth/bridge";
import * as pulumi from "@pulumi/pulumi";
import type { EnginePlan } from "./engines/engine.js";
import type { NodeGroupPlan } from "./plan.js";
import { onTimeOut, type ReadGroups } from "./wait-hook.js";

/** What a chart is registered with so that `up` waits for Nodes. */
export interface Waiting {
  readonly edit: Edit | undefined;
  readonly resourceOptions: (object: {
    readonly type: string;
  }) => Pick<pulumi.CustomResourceOptions, "hooks" | "customTimeouts">;
}

type Fields = Readonly<Record<string, unknown>>;

/** Who waits. */
export interface Waiter {
  /** Name of the component. */
  readonly path: string;
  /** The user's, which has the last word. */
  readonly edit: Edit | undefined;
  /** Reads how the groups are of the cluster in which the group is. */
  readonly readGroups: ReadGroups;
}

/**
 * Has Pulumi's Kubernetes provider wait until the group's objects tell that enough Nodes are Ready. It waits when it makes or
 * changes them; after a time-out it records the object as one to be waited for again.
 *
 * Its JSONPath is that of RFC 9535, in which an equals sign would begin a value: so "greater than" is the only comparison for
 * numbers. A filter picks among the fields of the object: `status` is the one that has the number.
 *
 * Source: pulumi/pulumi-kubernetes:provider/pkg/metadata/overrides.go, ReadyCondition; provider/pkg/jsonpath/jsonpath.go
 * When time is up, it names the machines that are not ready, and why.
 */
export function waitFor(plan: NodeGroupPlan, { readyNodes }: EnginePlan, { path, edit, readGroups }: Waiter): Waiting {
  const { wait, zones, name } = plan;
  if (wait === undefined) return { edit, resourceOptions: () => ({}) };
  const nodes = wait.perZone * zones.length;
  const count = readyNodes.per === "zone" ? wait.perZone : nodes;
  const annotations = { "pulumi.com/waitFor": `jsonpath={$[?@.${readyNodes.field} > ${count - 1}]}` };
  // not by the annotation for it: that would cut short the removal of machines too
  const customTimeouts = { create: `${wait.seconds}s`, update: `${wait.seconds}s` };
  const waited = { path, group: name, nodes, seconds: wait.seconds };
  // what the provider says when time is up does not name a machine
  const say = onTimeOut(waited, readGroups, (text) => pulumi.log.error(text));
  const hooks = errorHook(`plinth:${path}:ready-nodes`, say);
  return {
    edit: (emitted) => {
      if (emitted.type !== readyNodes.type) return edit?.(emitted);
      const { metadata } = emitted.value as { readonly metadata: Fields & { readonly annotations?: Fields } };
      const value = {
        ...emitted.value,
        metadata: { ...metadata, annotations: { ...metadata.annotations, ...annotations } },
      };
      return edit?.({ ...emitted, value }) ?? value;
    },
    resourceOptions: ({ type }) => (type === readyNodes.type ? { customTimeouts, ...hooks } : {}),
  };
}
