import { readCloudError } from "./cloud-error.js";
import type { DiagnoseOptions } from "./diagnose.js";
import { diagnoseMachines } from "./diagnose-cluster-api.js";
import type { Machine as ClusterApiMachine } from "./diagnose-machine.js";
import type { Cause, GroupStatus, MachineStatus } from "./group-status.js";
import {
  type Condition,
  type Conditioned,
  type KubeEvent,
  type KubeObject,
  ofKind,
  placeOf,
  warningsOf,
} from "./kube-object.js";
import { removeOneOfDeckhouse } from "./remove-machine.js";

/** Where Deckhouse keeps the Machines of all groups. */
const NAMESPACE = "d8-cloud-instance-manager";

/** How long Deckhouse's controllers let a machine start. Source: MCM, `--machine-creation-timeout`. */
const STARTUP_SECONDS = 1200;

interface Operation {
  readonly description?: string;
  readonly state?: string;
  readonly type?: string;
}

interface NodeGroup extends Conditioned {
  readonly spec?: {
    readonly nodeType?: string;
    readonly cloudInstances?: {
      readonly minPerZone?: number;
      readonly maxPerZone?: number;
      readonly zones?: readonly string[];
    };
  };
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly engine?: "None" | "MCM" | "CAPI";
    readonly ready?: number;
    readonly desired?: number;
    readonly min?: number;
    readonly max?: number;
    readonly error?: string;
    readonly lastMachineFailures?: readonly {
      readonly name?: string;
      readonly providerID?: string;
      readonly lastOperation?: Operation;
    }[];
  };
}

/** A Machine of the machine controller. Source: gardener/machine-controller-manager:pkg/apis/machine/v1alpha1/machine_types.go. */
interface Machine extends KubeObject {
  readonly spec?: {
    readonly providerID?: string;
    readonly nodeTemplate?: { readonly metadata?: { readonly labels?: Readonly<Record<string, string>> } };
  };
  readonly status?: {
    readonly node?: string;
    readonly currentStatus?: { readonly phase?: string };
    readonly lastOperation?: Operation;
  };
}

/** How the groups are whose machines Deckhouse orders. */
export function diagnoseDeckhouse(objects: readonly KubeObject[], options: DiagnoseOptions): readonly GroupStatus[] {
  const here = objects.filter(({ metadata }) => metadata.namespace === NAMESPACE);
  const events = ofKind<KubeEvent>(here, "", "Event");
  return ofKind<NodeGroup>(objects, "deckhouse.io", "NodeGroup")
    .filter(({ spec }) => spec?.nodeType === "CloudEphemeral")
    .map((group) => {
      const machines = machinesOf(group, here, events, options);
      const { status, metadata, spec } = group;
      const { minPerZone: min = 0, maxPerZone: max = 0 } = spec?.cloudInstances ?? {};
      return {
        name: metadata.name,
        engine: "deckhouse",
        namespace: NAMESPACE,
        wanted: status?.desired ?? 0,
        ready: status?.ready ?? 0,
        failing: machines.filter(({ state }) => state === "failing").length,
        ...(min === max ? {} : { limits: { min: status?.min ?? min, max: status?.max ?? max } }),
        machines,
        causes: groupCauses(group, machines),
        removeOne: removeOneOfDeckhouse(
          { name: metadata.name, namespace: NAMESPACE, autoscaled: min !== max },
          status?.engine === "CAPI" ? "CAPI" : "MCM",
        ),
      };
    });
}

function machinesOf(
  group: NodeGroup,
  here: readonly KubeObject[],
  events: readonly KubeEvent[],
  options: DiagnoseOptions,
): readonly MachineStatus[] {
  const isOwn = ofGroup(group);
  const own = ofKind<Machine>(here, "machine.sapcloud.io", "Machine").filter(isOwn);
  const ordered = ofKind<ClusterApiMachine>(here, "cluster.x-k8s.io", "Machine").filter(isOwn);
  const known = [
    ...own.map((machine) => diagnoseMachine(machine, group, events)),
    ...diagnoseMachines(ordered, here, STARTUP_SECONDS, options),
  ];
  const names = new Set(known.map(({ name }) => name));
  const gone = failuresOf(group).filter(({ name }) => !names.has(name));
  return [...known, ...gone].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** By the labels that Deckhouse gives: that of the group, or of the group and a zone. */
function ofGroup({ metadata: { name }, spec }: NodeGroup): (machine: Machine | ClusterApiMachine) => boolean {
  const instanceGroups = (spec?.cloudInstances?.zones ?? []).map((zone) => `${name}-${zone}`);
  return (machine) => {
    const { spec } = machine as Machine;
    const labels = { ...spec?.nodeTemplate?.metadata?.labels, ...machine.metadata.labels };
    return (
      labels["node.deckhouse.io/group"] === name ||
      labels["node-group"] === name ||
      instanceGroups.includes(labels["instance-group"] ?? "")
    );
  };
}

/** Phases in which nothing is wrong. */
const STATES: Readonly<Record<string, MachineStatus["state"]>> = {
  Running: "ready",
  Available: "starting",
  Pending: "starting",
  Terminating: "leaving",
};

function diagnoseMachine(machine: Machine, group: NodeGroup, events: readonly KubeEvent[]): MachineStatus {
  const { metadata, status, spec } = machine;
  const phase = status?.currentStatus?.phase ?? "Pending";
  const state = STATES[phase] ?? "failing";
  const hasFailed = state === "failing" || (state !== "ready" && status?.lastOperation?.state === "Failed");
  const [event] = warningsOf(machine, events);
  const isStuck = hasFailed || (state === "starting" && event !== undefined);
  const listed = group.status?.lastMachineFailures?.find(({ name }) => name === metadata.name)?.lastOperation;
  const said = [
    [status?.lastOperation?.state === "Failed" ? status.lastOperation.description : undefined, "status.lastOperation"],
    [event?.message, `event ${event?.reason}`],
    [listed?.description, `NodeGroup/${group.metadata.name}, status.lastMachineFailures`],
    [status?.lastOperation?.description, "status.lastOperation"],
  ] as const;
  const [message = `It is in the phase ${phase}`, part = "status.currentStatus"] = said.find(([text]) => text) ?? [];
  const server = spec?.providerID?.split("/").at(-1);
  return {
    name: metadata.name,
    state: isStuck ? "failing" : state,
    ...(server ? { server } : {}),
    ...(status?.node ? { node: status.node } : {}),
    ...(isStuck
      ? { cause: machineCause(message, part.startsWith("NodeGroup/") ? part : placeOf(machine, part), phase) }
      : {}),
  };
}

/** Failures of machines that are gone: the controller deletes a machine whose creation timed out, and makes another. */
function failuresOf({ metadata, status }: NodeGroup): readonly MachineStatus[] {
  return (status?.lastMachineFailures ?? []).flatMap(({ name, providerID, lastOperation }) => {
    if (name === undefined) return [];
    const server = providerID?.split("/").at(-1);
    const from = `NodeGroup/${metadata.name}, status.lastMachineFailures`;
    return {
      name,
      state: "failing",
      ...(server ? { server } : {}),
      cause: machineCause(lastOperation?.description ?? "It failed", from, lastOperation?.state ?? "Failed"),
    };
  });
}

function machineCause(text: string, from: string, otherwise: string): Cause {
  const error = readCloudError(text);
  return {
    reason: error.reason ?? otherwise,
    message: error.message,
    from,
    fix: `${error.fix}; the machine controller goes on trying by itself`,
  };
}

/** What Deckhouse says of the group as a whole, unless one of its machines says it already. */
function groupCauses(group: NodeGroup, machines: readonly MachineStatus[]): readonly Cause[] {
  const { error = "", conditions = [] } = group.status ?? {};
  const failed = conditions.find(({ type, status }) => type === "Error" && status === "True");
  const said: readonly (readonly [message: string, part: string])[] = [
    [error, "status.error"],
    [failed?.message ?? "", "condition Error"],
  ];
  const known = new Set(machines.map(({ cause }) => cause?.message));
  const first = said.find(([message]) => message !== "" && !known.has(readCloudError(message).message));
  if (first === undefined) return [];
  const [text, part] = first;
  const { reason = "Error", message, fix } = readCloudError(text);
  return [{ reason, message, from: placeOf(group, part), fix }];
}
