import type { Check } from "@plinth/core";
import type { EnginePlan } from "./engines/engine.js";
import type { Taint } from "./props.js";
import { NODES } from "./rules.js";

/** Keys, of labels and taints, by which a control plane's own pods find its nodes and tolerate them. */
const CONTROL_PLANE_KEYS = ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"];

/**
 * Taints of a group that are not given: only pods that tolerate `dedicated=<name>` land there. `NoSchedule`, as the DaemonSets of
 * common CNIs (flannel's) tolerate no `NoExecute`.
 */
export function defaultTaints(name: string): readonly Taint[] {
  return [{ key: "dedicated", value: name, effect: "NoSchedule" }];
}

/** A group, as far as it decides who lands on its nodes. */
export interface LandingGroup {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
}

/** Refuses a group on whose nodes a control plane, or what keeps the cluster going, could land. */
export function checkControlPlane({ name, labels, taints }: LandingGroup, engine: EnginePlan, check: Check): void {
  if (name === engine.controlPlaneGroup) {
    refuse("name", name, `The group ${name} is the control plane's own`, check);
  }
  for (const [key, value] of Object.entries(labels)) {
    if (!CONTROL_PLANE_KEYS.includes(key)) continue;
    refuse(`labels[${JSON.stringify(key)}]`, value, `The label ${key} is the control plane's own`, check);
  }
  taints.forEach(({ key }, i) => {
    if (!CONTROL_PLANE_KEYS.includes(key)) return;
    refuse(`taints[${i}].key`, key, `The control plane's own pods tolerate the taint ${key}`, check);
  });
  if (taints.some(({ key, effect }) => effect !== "PreferNoSchedule" && !CONTROL_PLANE_KEYS.includes(key))) return;
  check.refuse(NODES.openGroup, {
    property: "taints",
    value: taints,
    message: `Every pod may land on the nodes of ${name}`,
    fix: `leave taints out for dedicated=${name}:NoSchedule, or add one of effect NoSchedule or NoExecute`,
  });
}

function refuse(property: string, value: string, message: string, check: Check): void {
  check.refuse(NODES.controlPlane, {
    property,
    value,
    message,
    fix: "use a name, label or taint of your own, for example node-role/cloud-worker",
  });
}
