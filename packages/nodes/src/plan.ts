import { type Check, countAddresses, isDnsLabel, toGibibytes, toMebibytes } from "@plinth/core";
import type { NetworkPlan } from "@plinth/network/plan";
import { checkLabels, checkTaints } from "./plan-labels.js";
import { GROUP_FIELDS, MACHINE_FIELDS, type Machine, type NodeGroupProps, type Size, type Taint } from "./props.js";
import { NODES } from "./rules.js";

export { type CloudPlan, planCloud } from "./plan-cloud.js";
export { type Placement, placementOf } from "./plan-labels.js";
export type { CloudProviderProps, Engine, NodeGroupProps } from "./props.js";

/** Longest name of a group: machine names are made of it. Source: deckhouse NodeGroup CRD. */
const MAX_GROUP_NAME = 42;

/** The shape of a machine, in OpenStack's units. */
export interface PlannedMachine {
  readonly cores: number;
  readonly memoryMiB: number;
  readonly diskGiB: number;
  /** Name of the flavor as given; `undefined` where one is derived. */
  readonly flavor: { readonly name: string | undefined; readonly existing: boolean };
  readonly image: { readonly name: string | undefined; readonly existing: boolean };
}

/** All that is computed for a group of nodes, before anything is sent. */
export interface NodeGroupPlan {
  /** Name in Kubernetes. */
  readonly name: string;
  readonly machine: PlannedMachine;
  readonly perZone: { readonly min: number; readonly max: number; readonly surge: number };
  readonly zones: readonly string[];
  /** Machines of all zones together. */
  readonly total: { readonly min: number; readonly max: number; readonly withSurge: number };
  /** Addresses that the subnet has for VMs. */
  readonly addresses: bigint;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  /** Component name of the cloud provider. */
  readonly cloud: string;
}

/** What a group's plan needs to know of the cloud that it orders from. */
export interface GroupSurroundings {
  /** Component name of the cloud provider. */
  readonly cloud: string;
  /** Zones of the cloud; empty: any. */
  readonly zones: readonly string[];
  readonly network: NetworkPlan;
  readonly customTolerationKeys: readonly string[];
}

/**
 * Computes a group of nodes. Pure: no cdk8s, no Pulumi, nothing is read or sent.
 * @param path component name: the group's name by default
 */
export function planNodeGroup(
  props: NodeGroupProps,
  around: GroupSurroundings,
  check: Check,
): NodeGroupPlan | undefined {
  check.fields<NodeGroupProps>(props, GROUP_FIELDS);
  const name = props.name ?? check.path;
  if (!isDnsLabel(name) || name.length > MAX_GROUP_NAME) {
    check.refuse(NODES.groupName, {
      property: "name",
      value: name,
      message: `${JSON.stringify(name)} is not a name of at most ${MAX_GROUP_NAME} lower case letters, digits and hyphens`,
      fix: "give a shorter or simpler name, for example cloud-worker",
    });
  }
  const machine = planMachine(props.machine, check);
  const perZone = planSize(props.size, props.surge ?? 1, check);
  checkZones(props.zones, around.zones, check);
  checkLabels(props.labels ?? {}, check);
  checkTaints(props.taints ?? [], around.customTolerationKeys, check);
  if (machine === undefined || perZone === undefined) return undefined;

  const zones = props.zones.length;
  const total = {
    min: perZone.min * zones,
    max: perZone.max * zones,
    withSurge: (perZone.max + perZone.surge) * zones,
  };
  const addresses = countAddresses(around.network.pools);
  if (BigInt(total.withSurge) > addresses) {
    check.refuse(NODES.addresses, {
      property: "size",
      value: total.withSurge,
      message: `(${perZone.max} + ${perZone.surge} while replacing) x ${zones} zones = ${total.withSurge} machines, and ${around.network.cidr} has ${addresses} addresses for them`,
      fix: "lower max or surge, or give the network a larger range",
    });
  }
  return {
    name,
    machine,
    perZone,
    zones: props.zones,
    total,
    addresses,
    labels: props.labels ?? {},
    taints: props.taints ?? [],
    cloud: around.cloud,
  };
}

function planMachine(machine: Machine, check: Check): PlannedMachine | undefined {
  check.fields<Machine>(machine, MACHINE_FIELDS, "machine");
  const memory = check.quantity("machine.memory", machine.memory);
  const disk = check.quantity("machine.disk", machine.disk);
  if (memory === undefined || disk === undefined) return undefined;
  const memoryMiB = toMebibytes(memory);
  const diskGiB = toGibibytes(disk);
  if (!Number.isInteger(machine.cores) || machine.cores < 1 || !memoryMiB || !diskGiB) {
    check.refuse(NODES.machine, {
      property: "machine",
      value: { cores: machine.cores, memory: machine.memory, disk: machine.disk },
      message: `${machine.cores} cores, ${machine.memory} of memory and ${machine.disk} of disk are not a Nova flavor`,
      fix: "use whole numbers of cores, of Mi or Gi of memory and of Gi of disk, for example 4, 8Gi and 50Gi",
    });
    return undefined;
  }
  const { flavor, image } = machine;
  return {
    cores: machine.cores,
    memoryMiB,
    diskGiB,
    flavor: {
      name: flavor !== undefined && "name" in flavor ? flavor.name : undefined,
      existing: flavor?.existing === true,
    },
    image: { name: image.name, existing: image.existing === true },
  };
}

function planSize(size: Size, surge: number, check: Check): NodeGroupPlan["perZone"] | undefined {
  const { min, max } = size.replicas === undefined ? size : { min: size.replicas, max: size.replicas };
  const whole = [min, max, surge].every((value) => Number.isInteger(value) && value >= 0);
  if (whole && min <= max) return { min, max, surge };
  check.refuse(NODES.size, {
    property: whole ? "size" : "size, surge",
    value: { min, max, surge },
    message: whole
      ? `min ${min} is above max ${max}`
      : `min ${min}, max ${max} and surge ${surge} are not whole numbers from 0`,
    fix: whole ? `swap them: { min: ${max}, max: ${min} }` : "use whole numbers from 0",
  });
  return undefined;
}

function checkZones(zones: readonly string[], known: readonly string[], check: Check): void {
  const repeated = zones.find((zone, i) => zones.indexOf(zone) !== i);
  if (zones.length === 0 || repeated !== undefined || zones.includes("")) {
    check.refuse(NODES.zones, {
      property: "zones",
      value: zones,
      message: repeated === undefined ? "The group has no zone" : `The zone ${repeated} is named twice`,
      fix: `name each availability zone once, for example ${JSON.stringify(known.length > 0 ? known : ["ru-3a"])}`,
    });
  }
  for (const zone of zones) {
    if (known.length === 0 || known.includes(zone) || zone === "") continue;
    check.refuse(NODES.zoneUnknown, {
      property: "zones",
      value: zone,
      message: `${zone} is not among the zones of the cloud`,
      fix: `use ${known.join(", ")}, or add it to the cloud provider's zones`,
    });
  }
}
