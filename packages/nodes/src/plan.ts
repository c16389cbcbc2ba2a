import { type Check, isDnsLabel } from "@plinth/core";
import type { Reference } from "@plinth/network";
import { checkName, type NetworkPlan } from "@plinth/network/plan";
import type { EnginePlan } from "./engines/engine.js";
import { enginePlan } from "./engines/plans.js";
import type { CloudLimits } from "./plan-cloud.js";
import { checkControlPlane, defaultTaints } from "./plan-control-plane.js";
import { checkFallback, type PlannedAutoscaler } from "./plan-fallback.js";
import { checkLabels, checkTaints } from "./plan-labels.js";
import { type PlannedMachine, planMachine } from "./plan-machine.js";
import { addressesOf, countedNetworks, type PlannedPort, planPort, planPorts } from "./plan-ports.js";
import { checkAdopted, checkReferences } from "./plan-references.js";
import { checkTogether, type Together } from "./plan-together.js";
import { type PlannedWait, planWait } from "./plan-wait.js";
import {
  type Engine,
  GROUP_FIELDS,
  type NodeGroupProps,
  SERVER_GROUP_FIELDS,
  type ServerGroup,
  SIZE_FIELDS,
  type Size,
  type Taint,
} from "./props.js";
import type { DeckhouseGroup } from "./props-deckhouse.js";
import type { MachinePort } from "./props-ports.js";
import { NODES } from "./rules.js";

export { type AutoscalerSettings, autoscalerSettings } from "./engines/cluster-api/autoscaler-settings.js";
export { type CloudLimits, type CloudPlan, planCloud } from "./plan-cloud.js";
export { inFallbackOrder, type PlannedAutoscaler, type RankedGroup } from "./plan-fallback.js";
export { type Placement, placementOf } from "./plan-labels.js";
export type { PlannedMachine } from "./plan-machine.js";
export type { PlannedPort } from "./plan-ports.js";
export { Together } from "./plan-together.js";
export type { PlannedWait } from "./plan-wait.js";
export type { CloudProviderProps, Engine, NodeGroupProps } from "./props.js";

/** All that is computed for a group of nodes, before anything is sent. */
export interface NodeGroupPlan {
  /** Name in Kubernetes. */
  readonly name: string;
  /** Shape of each machine. */
  readonly machine: PlannedMachine;
  /** Machines in each zone; `surge`: those beyond `max` while machines are replaced. */
  readonly perZone: { readonly min: number; readonly max: number; readonly surge: number };
  /** Availability zones, each once. */
  readonly zones: readonly string[];
  /** Machines of all zones together. */
  readonly total: { readonly min: number; readonly max: number; readonly withSurge: number };
  /** Addresses that the subnet has for VMs. */
  readonly addresses: bigint;
  /** Labels of the nodes. */
  readonly labels: Readonly<Record<string, string>>;
  /** Taints of the nodes. */
  readonly taints: readonly Taint[];
  /** Place in the fallback order of the cloud's groups: the highest comes first. @default - there is no order */
  readonly priority?: number;
  /** Security groups of the machines beside the network's. */
  readonly additionalSecurityGroups: readonly Reference<string>[];
  /** What the first port of each machine is like. @default - as Neutron makes it */
  readonly port?: MachinePort;
  /** Further ports of each machine. */
  readonly additionalPorts: readonly PlannedPort[];
  /** What only Deckhouse's groups have, as given. @default - nothing */
  readonly deckhouse?: DeckhouseGroup;
  /** What `up` waits for. @default - for nothing */
  readonly wait?: PlannedWait;
  /** Component name of the cloud provider. */
  readonly cloud: string;
  /** Key of the label that every node of the group has, with the group's name as value. @default node.deckhouse.io/group */
  readonly groupLabel?: string;
}

/** What a group's plan needs to know of the cloud that it orders from. */
export interface GroupSurroundings {
  /** Component name of the cloud provider. */
  readonly cloud: string;
  /** Component name of its network. */
  readonly networkName: string;
  /** Zones of the cloud; empty: any. */
  readonly zones: readonly string[];
  /** Plan of its network; `undefined` when that was refused. */
  readonly network: NetworkPlan | undefined;
  /** Which controllers order the machines. */
  readonly engine: Engine;
  /** The cluster autoscaler that the cloud describes. @default - none */
  readonly autoscaler?: PlannedAutoscaler | undefined;
  /** What limits the machines of all groups of the cloud together. */
  readonly limits: CloudLimits;
  /** The groups that were planned before, of the whole program. The group is added when it can be counted. */
  readonly together: Together;
}

/**
 * Computes a group of nodes. Pure: no cdk8s, no Pulumi, nothing is read or sent.
 * @param check takes what is wrong; its path is the group's name by default
 * @returns the plan, or `undefined` when the numbers cannot be computed or the network has none
 */
export function planNodeGroup(
  props: NodeGroupProps,
  around: GroupSurroundings,
  check: Check,
): NodeGroupPlan | undefined {
  check.fields<NodeGroupProps>(props, GROUP_FIELDS);
  const name = props.name ?? check.path;
  const engine = enginePlan(around.engine.type);
  if (!isDnsLabel(name) || name.length > engine.maxGroupName) {
    check.refuse(NODES.groupName, {
      property: "name",
      value: name,
      message: `${JSON.stringify(name)} is not a name of at most ${engine.maxGroupName} lower case letters, digits and hyphens`,
      fix: "give a shorter or simpler name, for example cloud-worker",
    });
  }
  checkNames(name, engine.objectNames(name, props.zones), around, check);
  const machine = planMachine(props.machine, engine, check);
  const perZone = planSize(props.size, props.surge ?? 1, check);
  checkZones(props.zones, around.zones, check);
  checkReferences("additionalSecurityGroups", props.additionalSecurityGroups, engine, check);
  const port = planPort(props.port, engine, check);
  const additionalPorts = planPorts(props.additionalPorts ?? [], engine, check);
  engine.checkGroup(props, perZone ?? { min: 1, max: 2, surge: 1 }, check);
  for (const { name: script } of props.deckhouse?.configurations ?? []) {
    checkNames(script, [`NodeGroupConfiguration ${script}`], around, check, "deckhouse.configurations");
  }
  if (props.serverGroup !== undefined) checkServerGroup(props.serverGroup, engine, check);
  const { labels = {}, taints = defaultTaints(name) } = props;
  checkLabels(labels, engine, check);
  checkControlPlane({ name, labels, taints }, engine, check);
  checkTaints(taints, { plan: engine, engine: around.engine }, check);
  checkFallback(
    {
      path: check.path,
      name,
      zones: props.zones,
      priority: props.priority,
      scaled: props.size.replicas === undefined,
    },
    { cloud: around.cloud, engine, autoscaler: around.autoscaler, together: around.together },
    check,
  );
  const wait = planWait(props.wait, perZone?.min ?? 0, check);
  if (machine === undefined || perZone === undefined || around.network === undefined) return undefined;

  const zones = props.zones.length;
  const total = {
    min: perZone.min * zones,
    max: perZone.max * zones,
    withSurge: (perZone.max + perZone.surge) * zones,
  };
  const networks = countedNetworks({ name: around.networkName, plan: around.network }, props.additionalPorts ?? []);
  if (zones > 0) {
    checkTogether(
      { path: check.path, perZone, zones, machine, ports: 1 + additionalPorts.length },
      { ...around, networks },
      check,
    );
  }
  return {
    name,
    machine,
    perZone,
    zones: props.zones,
    total,
    addresses: addressesOf(around.network),
    labels,
    taints,
    ...(props.priority === undefined ? {} : { priority: props.priority }),
    ...(wait === undefined ? {} : { wait }),
    additionalSecurityGroups: props.additionalSecurityGroups ?? [],
    ...(port === undefined ? {} : { port }),
    additionalPorts,
    ...(props.deckhouse === undefined ? {} : { deckhouse: props.deckhouse }),
    cloud: around.cloud,
    groupLabel: engine.groupLabel,
  };
}

function checkNames(
  name: string,
  objects: readonly string[],
  { cloud, together }: GroupSurroundings,
  check: Check,
  property = "name",
): void {
  const firsts = objects.map((object) => ({ object, first: together.first(`${object} of ${cloud}`, check.path) }));
  const taken = firsts.find(({ first }) => first !== check.path);
  if (taken === undefined) return;
  check.refuse(NODES.groupTwice, {
    property,
    value: name,
    message: `${taken.first} and ${check.path} would both have an object named ${taken.object}`,
    fix: "give one of them another name",
  });
}

function checkServerGroup(given: ServerGroup, engine: EnginePlan, check: Check): void {
  check.fields<Partial<ServerGroup>>(given, SERVER_GROUP_FIELDS, "serverGroup");
  checkAdopted("serverGroup", given, check);
  checkName("serverGroup.name", given.name, check, "flavor");
  if (engine.hasServerGroups) return;
  check.refuse(NODES.serverGroup, {
    property: "serverGroup",
    message: "This engine does not put machines into a server group",
    fix: "leave it out, or use the engine clusterApi",
  });
}

function planSize(size: Size, surge: number, check: Check): NodeGroupPlan["perZone"] | undefined {
  check.fields<Size>(size, SIZE_FIELDS, "size");
  if (size.replicas !== undefined && ("min" in size || "max" in size)) {
    check.refuse(NODES.size, {
      property: "size",
      value: size,
      message: "a fixed size and limits are given at once",
      fix: "use { replicas } for a fixed number, or { min, max } where it follows the demand",
    });
    return undefined;
  }
  const { min, max } = size.replicas === undefined ? size : { min: size.replicas, max: size.replicas };
  if (!isCount(surge)) {
    check.refuse(NODES.size, {
      property: "surge",
      value: surge,
      message: `surge ${surge} is not a whole number from 0`,
      fix: "use 1, or 0 where the cloud has no room for one more",
    });
  }
  if (!isCount(min) || !isCount(max)) {
    check.refuse(NODES.size, {
      property: "size",
      value: size,
      message: `${[min, max].find((value) => !isCount(value))} is not a whole number from 0`,
      fix: "use whole numbers from 0, for example { min: 0, max: 10 } or { replicas: 3 }",
    });
    return undefined;
  }
  if (min > max) {
    check.refuse(NODES.size, {
      property: "size",
      value: size,
      message: `min ${min} is above max ${max}`,
      fix: `swap them: { min: ${max}, max: ${min} }`,
    });
    return undefined;
  }
  return isCount(surge) ? { min, max, surge } : undefined;
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}

function checkZones(zones: readonly string[], known: readonly string[], check: Check): void {
  const repeated = zones.find((zone, i) => zones.indexOf(zone) !== i);
  if (zones.length === 0 || repeated !== undefined || zones.includes("")) {
    check.refuse(NODES.zones, {
      property: "zones",
      value: zones,
      message:
        zones.length === 0
          ? "The group has no zone"
          : repeated === undefined
            ? "A zone has no name"
            : `The zone ${JSON.stringify(repeated)} is named twice`,
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
