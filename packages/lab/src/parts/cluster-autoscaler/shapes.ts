import { parseQuantity } from "@plinth/core";

/** What keeps pods away from a node. */
export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

/** Which taints a pod bears. */
export interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
}

/** Cores and bytes. */
export interface Amount {
  readonly cpu: number;
  readonly memory: number;
}

/** A node as its group promises it. */
export interface NodeShape extends Amount {
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
}

/** What a pod asks of its node. */
export interface PodShape extends Amount {
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
}

/** Amounts of a list of resources, as Kubernetes writes them: `{ cpu: "500m", memory: "1Gi" }`. */
export function amountOf({ cpu = "0", memory = "0" }: { readonly cpu?: string; readonly memory?: string }): Amount {
  return {
    cpu: cpu.endsWith("m") ? Number(cpu.slice(0, -1)) / 1000 : Number(cpu),
    memory: Number(parseQuantity(memory) ?? 0n),
  };
}

/** Whether a pod may run on an empty node of this shape, as far as labels and taints say. */
export function suits({ nodeSelector, tolerations }: PodShape, { labels, taints }: NodeShape): boolean {
  return (
    Object.entries(nodeSelector).every(([key, value]) => labels[key] === value) &&
    taints.every((taint) => taint.effect === "PreferNoSchedule" || tolerations.some((each) => bears(each, taint)))
  );
}

function bears({ key, operator = "Equal", value = "", effect }: Toleration, taint: Taint): boolean {
  if (effect !== undefined && effect !== "" && effect !== taint.effect) return false;
  if (operator === "Exists") return key === undefined || key === "" || key === taint.key;
  return key === taint.key && value === (taint.value ?? "");
}
