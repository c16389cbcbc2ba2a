import type { Check } from "@plinth/core";
import type { EnginePlan } from "./engines/engine.js";
import { type Engine, TAINT_FIELDS, type Taint } from "./props.js";
import { NODES } from "./rules.js";

const EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

/** Label of the nodes of a group where its plan names none. */
const GROUP_LABEL = "node.deckhouse.io/group";

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const DOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const MAX_DOMAIN = 253;

/** What a workload says to land on the nodes of a group, and only there: goes into a pod's `spec` as it is. */
export interface Placement {
  /** Labels that a node must have. */
  readonly nodeSelector: Readonly<Record<string, string>>;
  /** One for each taint of the group; `Exists` for a taint without value. */
  readonly tolerations: readonly {
    readonly key: string;
    readonly operator: "Equal" | "Exists";
    readonly value?: string;
    readonly effect: Taint["effect"];
  }[];
}

/** The placement for a group: its labels as selector (its engine's label of the group when it has none), its taints tolerated. */
export function placementOf(group: {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  /** Key of the label that every node of the group has. @default "node.deckhouse.io/group" */
  readonly groupLabel?: string;
}): Placement {
  const hasLabels = Object.keys(group.labels).length > 0;
  return {
    nodeSelector: hasLabels ? group.labels : groupLabel(group),
    tolerations: group.taints.map(({ key, value, effect }) =>
      value === undefined ? { key, operator: "Exists", effect } : { key, operator: "Equal", value, effect },
    ),
  };
}

/** The label that every node of a group has. */
export function groupLabel(group: {
  readonly name: string;
  readonly groupLabel?: string;
}): Readonly<Record<string, string>> {
  return { [group.groupLabel ?? GROUP_LABEL]: group.name };
}

/** Refuses labels that the API server does not take, or the engine. */
export function checkLabels(labels: Readonly<Record<string, string>>, engine: EnginePlan, check: Check): void {
  for (const [key, value] of Object.entries(labels)) {
    if (isLabelKey(key) && (value === "" || NAME.test(value))) engine.checkLabel(key, value, check);
    else refuseLabel(key, value, `${key}: ${JSON.stringify(value)} is not a valid label`, check);
  }
}

/** Refuses one label. */
export function refuseLabel(key: string, value: string, message: string, check: Check): void {
  check.refuse(NODES.label, {
    property: `labels[${JSON.stringify(key)}]`,
    value,
    message,
    fix: "use a key of your own, like node-role/cloud-worker, and a value of at most 63 letters, digits, hyphens, dots",
  });
}

/** Refuses taints that the API server does not take, or with which no system pod would run on the node. */
export function checkTaints(
  taints: readonly Taint[],
  { plan, engine }: { readonly plan: EnginePlan; readonly engine: Engine },
  check: Check,
): void {
  const seen = new Set<string>();
  taints.forEach((taint, i) => {
    const property = `taints[${i}]`;
    check.fields<Taint>(taint, TAINT_FIELDS, property);
    const { key, value = "", effect } = taint;
    const pair = `${key}:${effect}`;
    const valid = isLabelKey(key) && EFFECTS.includes(effect) && (value === "" || NAME.test(value));
    if (!valid || seen.has(pair)) {
      check.refuse(NODES.taint, {
        property,
        value: taint,
        message: valid ? `${pair} occurs twice` : `${key}=${value}:${effect} is not a taint`,
        fix: valid
          ? "leave one of the two out"
          : `write it like dedicated=burst, with an effect of ${EFFECTS.join(", ")}`,
      });
    } else {
      plan.checkTaint(taint, property, engine, check);
    }
    seen.add(pair);
  });
}

/** Whether a text is a key that a label, an annotation or a taint may have. */
export function isLabelKey(key: string): boolean {
  const slash = key.indexOf("/");
  if (slash < 0) return NAME.test(key);
  return slash <= MAX_DOMAIN && DOMAIN.test(key.slice(0, slash)) && NAME.test(key.slice(slash + 1));
}
