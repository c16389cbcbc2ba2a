import { type Check, isDnsLabel } from "@plinth/core";
import type { PlatformMachine } from "../handed-down.js";
import { PLATFORM_SETUP } from "../setup-rules.js";
import { checkPool } from "./plan-pools.js";
import type { StorageNodes, StorageProps, VolumeClass } from "./props.js";

/** A class, with the number of its replicas known. */
export type PlannedVolumeClass = VolumeClass & { readonly replicas: number };

/** What was computed for storage. */
export interface StoragePlan {
  readonly nodes: readonly StorageNodes[];
  readonly classes: readonly PlannedVolumeClass[];
}

const REPLICAS = 3;

/**
 * Checks storage against the machines of the platform.
 * @param machines `undefined` where they are not known: then names and numbers of nodes are not checked
 */
export function planStorage(
  props: StorageProps,
  machines: readonly Pick<PlatformMachine, "name">[] | undefined,
  check: Check,
): StoragePlan {
  checkNodes(props.nodes, machines, check);
  props.nodes.forEach(({ pools }, i) => {
    const devices = new Map<string, string>();
    const names = new Set<string>();
    for (const [j, pool] of pools.entries()) {
      checkPool(pool, `storage.nodes[${i}].pools[${j}]`, { devices, names }, check);
    }
  });
  return { nodes: props.nodes, classes: planClasses(props, machines, check) };
}

function checkNodes(
  groups: readonly StorageNodes[],
  machines: readonly Pick<PlatformMachine, "name">[] | undefined,
  check: Check,
): void {
  const owner = new Map<string, string>();
  const names = new Set<string>();
  const everything = groups.filter(({ nodes }) => nodes === undefined);
  groups.forEach(({ name, nodes }, i) => {
    const refuse = (value: unknown, message: string, fix: string): void =>
      check.refuse(PLATFORM_SETUP.storageNodes, { property: `storage.nodes[${i}]`, value, message, fix });
    if (!isDnsLabel(name)) refuse(name, `${JSON.stringify(name)} is no name of an object`, "use a name like racks");
    if (names.has(name)) refuse(name, `Two groups are named ${name}`, "give one of them another name");
    names.add(name);
    if (nodes === undefined) {
      if (groups.length > 1 && everything[0]?.name === name) {
        refuse(name, `${name} has all nodes, and there are other groups`, "say which nodes it has");
      }
      return;
    }
    if ("labels" in nodes) return;
    for (const node of nodes.names) {
      const other = owner.get(node);
      if (other !== undefined) refuse(node, `${node} is in ${other} already`, "leave it out of one of the groups");
      owner.set(node, name);
      if (machines === undefined || machines.some((machine) => machine.name === node)) continue;
      refuse(node, `There is no machine ${node}`, `use ${machines.map((machine) => machine.name).join(", ")}`);
    }
  });
}

function planClasses(
  { nodes, classes }: StorageProps,
  machines: readonly Pick<PlatformMachine, "name">[] | undefined,
  check: Check,
): PlannedVolumeClass[] {
  const names = new Set<string>();
  let preset: string | undefined;
  return classes.map((one, i): PlannedVolumeClass => {
    const property = `storage.classes[${i}]`;
    const { name, pool, isDefault = false } = one;
    const refuse = (value: unknown, message: string, fix: string): void =>
      check.refuse(PLATFORM_SETUP.storageClass, { property, value, message, fix });
    if (!isDnsLabel(name) || names.has(name)) {
      refuse(name, `${JSON.stringify(name)} is no name or is taken`, "give each class a name like replicated");
    }
    names.add(name);
    if (isDefault && preset !== undefined)
      refuse(name, `${preset} is the default already`, "leave isDefault out of one");
    if (isDefault) preset ??= name;
    const holders = nodes.filter(({ pools }) => pools.some((other) => other.name === pool));
    if (holders.length === 0) {
      const known = [...new Set(nodes.flatMap(({ pools }) => pools.map((other) => other.name)))];
      refuse(pool, `No node has the pool ${pool}`, `use ${known.join(" or ")}`);
    }
    if (one.type === "local") return { ...one, replicas: 1 };
    const count = countNodes(holders, machines);
    const replicas = one.replicas ?? Math.min(REPLICAS, Math.max(2, count ?? REPLICAS));
    checkReplicas(replicas, holders.length === 0 ? undefined : count, property, check);
    return { ...one, replicas };
  });
}

/** @returns `undefined` where a label decides */
function countNodes(groups: readonly StorageNodes[], machines: readonly unknown[] | undefined): number | undefined {
  return groups.reduce<number | undefined>((sum, { nodes }) => {
    const more = nodes === undefined ? machines?.length : "names" in nodes ? nodes.names.length : undefined;
    return sum === undefined || more === undefined ? undefined : sum + more;
  }, 0);
}

function checkReplicas(replicas: number, nodes: number | undefined, property: string, check: Check): void {
  if (Number.isInteger(replicas) && replicas >= 2 && (nodes === undefined || replicas <= nodes)) {
    if (nodes === 2) check.warn("With two nodes nobody breaks a tie: when one is lost, volumes stop until it is back");
    return;
  }
  check.refuse(PLATFORM_SETUP.replicas, {
    property: `${property}.replicas`,
    value: replicas,
    message:
      nodes === undefined ? `${replicas} replicas make no replicated volume` : `${replicas} replicas on ${nodes} nodes`,
    fix: nodes === undefined || nodes >= 2 ? `use 2 to ${nodes ?? 7}` : 'use type: "local", or add nodes with the pool',
  });
}
