import { formatDuration } from "@plinth/core";
import { CLUSTER_API_GROUP_LABEL } from "../engines/cluster-api/labels.js";
import { readCloudError } from "./cloud-error.js";
import type { DiagnoseOptions } from "./diagnose.js";
import { type BehindMachine, diagnoseMachine, type Machine, type OpenStackServer } from "./diagnose-machine.js";
import type { Cause, GroupStatus, MachineStatus } from "./group-status.js";
import {
  type Condition,
  type Conditioned,
  conditionOf,
  type KubeEvent,
  type KubeObject,
  latestFirst,
  ofKind,
  placeOf,
  secondsSince,
  warningsOf,
} from "./kube-object.js";
import { removeOneOfClusterApi } from "./remove-machine.js";

const CORE = "cluster.x-k8s.io";
const INFRASTRUCTURE = "infrastructure.cluster.x-k8s.io";

/** Annotations by which the autoscaler knows a group's limits. */
const LIMITS = [
  "cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size",
  "cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size",
] as const;

/** What Cluster API waits for a Node where no health check says otherwise. */
const USUAL_STARTUP_SECONDS = 600;
/** How far back replacements of machines tell something about now: two would have come about in it. */
const RECENT_STARTUPS = 2.5;

interface MachineDeployment extends Conditioned {
  readonly spec: {
    readonly clusterName: string;
    readonly replicas?: number;
    readonly template: {
      readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
      readonly spec?: { readonly deletion?: { readonly nodeDrainTimeoutSeconds?: number } };
    };
  };
  readonly status?: { readonly conditions?: readonly Condition[]; readonly readyReplicas?: number };
}

interface MachineHealthCheck extends Conditioned {
  readonly spec: { readonly checks?: { readonly nodeStartupTimeoutSeconds?: number } };
}

interface OpenStackCluster extends Conditioned {
  readonly status?: { readonly conditions?: readonly Condition[]; readonly ready?: boolean };
}

/** How the groups are whose machines Cluster API orders. */
export function diagnoseClusterApi(objects: readonly KubeObject[], options: DiagnoseOptions): readonly GroupStatus[] {
  const groups = new Map<string, MachineDeployment[]>();
  for (const deployment of ofKind<MachineDeployment>(objects, CORE, "MachineDeployment")) {
    const name = groupOf(deployment.spec.template.metadata?.labels);
    if (name === undefined) continue;
    const key = `${deployment.metadata.namespace}/${name}`;
    groups.set(key, [...(groups.get(key) ?? []), deployment]);
  }
  return [...groups.values()].map((deployments) => diagnoseGroup(deployments, objects, options));
}

function groupOf(labels: Readonly<Record<string, string>> | undefined): string | undefined {
  return labels?.[CLUSTER_API_GROUP_LABEL];
}

function diagnoseGroup(
  deployments: readonly MachineDeployment[],
  objects: readonly KubeObject[],
  options: DiagnoseOptions,
): GroupStatus {
  const [first] = deployments;
  const namespace = first?.metadata.namespace ?? "";
  const name = groupOf(first?.spec.template.metadata?.labels) ?? "";
  const here = objects.filter((object) => object.metadata.namespace === namespace);
  const own = ofKind<Machine>(here, CORE, "Machine").filter(({ metadata }) => groupOf(metadata.labels) === name);
  const startupSeconds =
    ofKind<MachineHealthCheck>(here, CORE, "MachineHealthCheck").find(({ metadata }) => metadata.name === name)?.spec
      .checks?.nodeStartupTimeoutSeconds ?? USUAL_STARTUP_SECONDS;
  const machines = diagnoseMachines(own, here, startupSeconds, options);
  const limits = limitsOf(deployments);
  const wanted = sum(deployments.map(({ spec }) => spec.replicas ?? 0));
  const ready = machines.filter(({ state }) => state === "ready").length;
  // a machine that fails now says more than those that are gone
  const explained = machines.some(({ cause }) => cause !== undefined && cause.reason !== "NodeStartupTimeout");
  return {
    name,
    engine: "clusterApi",
    namespace,
    wanted,
    ready,
    failing: machines.filter(({ state }) => state === "failing").length,
    ...(limits === undefined ? {} : { limits }),
    machines,
    causes: [
      ...clusterCauses(first?.spec.clusterName ?? "", here),
      ...deployments.flatMap((deployment) => deploymentCauses(deployment, here)),
      ...healthCheckCauses(name, here),
      ...(limits !== undefined && wanted < limits.min ? [belowMinimum(deployments, wanted, limits.min)] : []),
      ...(ready < wanted && !explained ? replacementCauses(name, here, options.now, startupSeconds) : []),
    ],
    removeOne: removeOneOfClusterApi({
      name,
      namespace,
      autoscaled: limits !== undefined,
      ...drainOf(first),
    }),
  };
}

function drainOf(deployment: MachineDeployment | undefined): { readonly drainSeconds?: number } {
  const drainSeconds = deployment?.spec.template.spec?.deletion?.nodeDrainTimeoutSeconds;
  return drainSeconds === undefined ? {} : { drainSeconds };
}

/** Machines of Cluster API, with what stands behind each. @param here all objects of their namespace */
export function diagnoseMachines(
  machines: readonly Machine[],
  here: readonly KubeObject[],
  startupSeconds: number,
  { faults = new Map(), now }: DiagnoseOptions,
): readonly MachineStatus[] {
  const byName = <T extends KubeObject>(found: readonly T[]): ReadonlyMap<string, T> =>
    new Map(found.map((object) => [object.metadata.name, object]));
  const servers = byName(ofKind<OpenStackServer>(here, INFRASTRUCTURE, "OpenStackServer"));
  const openStackMachines = byName(ofKind<Conditioned>(here, INFRASTRUCTURE, "OpenStackMachine"));
  const configs = byName(ofKind<Conditioned>(here, "bootstrap.cluster.x-k8s.io", "KubeadmConfig"));
  return machines
    .map((machine) => {
      const infrastructure = machine.spec.infrastructureRef?.name ?? machine.metadata.name;
      const behind: BehindMachine = {
        server: servers.get(infrastructure),
        openStackMachine: openStackMachines.get(infrastructure),
        bootstrap: configs.get(machine.spec.bootstrap?.configRef?.name ?? machine.metadata.name),
        faults,
        startupSeconds,
        now,
      };
      return diagnoseMachine(machine, behind);
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function limitsOf(deployments: readonly MachineDeployment[]): GroupStatus["limits"] {
  const [min = Number.NaN, max = Number.NaN] = LIMITS.map((key) =>
    sum(deployments.map(({ metadata }) => Number(metadata.annotations?.[key]))),
  );
  return Number.isNaN(min) || Number.isNaN(max) ? undefined : { min, max };
}

/** What keeps all groups of a cloud from their machines. */
function clusterCauses(cluster: string, here: readonly KubeObject[]): readonly Cause[] {
  const found = ofKind<Conditioned>(here, CORE, "Cluster").find(({ metadata }) => metadata.name === cluster);
  const cloud = ofKind<OpenStackCluster>(here, INFRASTRUCTURE, "OpenStackCluster").find(
    ({ metadata }) => metadata.name === cluster,
  );
  const paused = conditionOf(found, "Paused");
  const failed = cloud?.status?.conditions?.find(({ status, severity }) => status === "False" && severity !== "Info");
  return [
    ...(found !== undefined && paused?.status === "True" ? [pausedCause(found, paused)] : []),
    ...(cloud !== undefined && cloud.status?.ready !== true && failed !== undefined
      ? [
          {
            reason: failed.reason ?? failed.type,
            message: failed.message ?? "",
            from: placeOf(cloud, `condition ${failed.type}`),
            fix: "look whether network, subnet and credentials are those that the cloud has: run pulumi up --refresh",
          },
        ]
      : []),
  ];
}

function deploymentCauses(deployment: MachineDeployment, here: readonly KubeObject[]): readonly Cause[] {
  const paused = conditionOf(deployment, "Paused");
  const sets = ofKind<Conditioned>(here, CORE, "MachineSet").filter(
    ({ metadata }) => metadata.labels?.["cluster.x-k8s.io/deployment-name"] === deployment.metadata.name,
  );
  const events = ofKind<KubeEvent>(here, "", "Event");
  return [
    ...(paused?.status === "True" ? [pausedCause(deployment, paused)] : []),
    ...sets.flatMap((set) => setCauses(set, events)),
  ];
}

/** Why a MachineSet makes no Machine: it tells in its condition while it tries, and in events. */
function setCauses(set: Conditioned, events: readonly KubeEvent[]): readonly Cause[] {
  const scaling = conditionOf(set, "ScalingUp");
  if (scaling?.status !== "True" || !/blocked|fail|error|not found|deleted/i.test(scaling.message ?? "")) return [];
  const [event] = warningsOf(set, events);
  return [
    {
      reason: event?.reason ?? scaling.reason ?? scaling.type,
      message: event?.message ?? scaling.message ?? "",
      from: event === undefined ? placeOf(set, `condition ${scaling.type}`) : placeOf(set, "event"),
      fix: "the templates of the group are missing or refused: run pulumi up --refresh",
    },
  ];
}

function pausedCause(object: Conditioned, { reason = "Paused", message = "" }: Condition): Cause {
  const { kind, metadata } = object;
  return {
    reason,
    message: message || `${kind} ${metadata.name} is paused: its controllers leave it as it is`,
    from: placeOf(object, "condition Paused"),
    fix: `take the pause back: spec.paused, or the annotation cluster.x-k8s.io/paused, of ${kind} ${metadata.name}`,
  };
}

/** The autoscaler keeps to a minimum only when it is told to. Source: kubernetes/autoscaler:cluster-autoscaler/FAQ.md. */
function belowMinimum([first]: readonly MachineDeployment[], wanted: number, min: number): Cause {
  const name = first?.metadata.name ?? "";
  return {
    reason: "BelowMinimum",
    message: `${wanted} machines are wanted, and the group's minimum is ${min}`,
    from: `MachineDeployment/${name}, spec.replicas`,
    fix: `run the autoscaler with --enforce-node-group-min-size=true, or once: kubectl -n ${first?.metadata.namespace} scale machinedeployment ${name} --replicas=${min}`,
  };
}

/** A health check that holds back. */
function healthCheckCauses(group: string, here: readonly KubeObject[]): readonly Cause[] {
  const check = ofKind<MachineHealthCheck>(here, CORE, "MachineHealthCheck").find(
    ({ metadata }) => metadata.name === group,
  );
  const allowed = conditionOf(check, "RemediationAllowed");
  if (check === undefined || allowed?.status !== "False") return [];
  return [
    {
      reason: allowed.reason ?? allowed.type,
      message: allowed.message || "Too many machines are unhealthy: none is replaced",
      from: placeOf(check, "condition RemediationAllowed"),
      fix: "mend what makes them fail; then they are replaced, or delete their Machines by hand",
    },
  ];
}

/** Machines that were replaced one after the other: the newest alone looks as if it started. What failed is told by events only. */
function replacementCauses(
  group: string,
  here: readonly KubeObject[],
  now: Date,
  startupSeconds: number,
): readonly Cause[] {
  const sets = ofKind<KubeObject>(here, CORE, "MachineSet").filter(
    ({ metadata }) => groupOf(metadata.labels) === group,
  );
  const isOurs = (machine: string): boolean => sets.some(({ metadata }) => machine.startsWith(`${metadata.name}-`));
  const recently = RECENT_STARTUPS * startupSeconds;
  const events = ofKind<KubeEvent>(here, "", "Event").filter(({ involvedObject }) => isOurs(involvedObject.name ?? ""));
  const marked = latestFirst(events).filter(
    ({ reason, lastTimestamp, eventTime }) =>
      reason === "MachineMarkedUnhealthy" && secondsSince(lastTimestamp ?? eventTime ?? undefined, now) <= recently,
  );
  const replaced = [...new Set(marked.map(({ involvedObject }) => involvedObject.name ?? ""))];
  if (replaced.length < 2) return [];
  const last = latestFirst(events).find(
    ({ type, involvedObject: { kind, name } }) =>
      type === "Warning" && kind === "OpenStackServer" && replaced.slice(0, 2).includes(name ?? ""),
  );
  const error = last?.message === undefined ? undefined : readCloudError(last.message);
  const said = error === undefined ? "" : `; the cloud said of ${last?.involvedObject.name}: ${error.message}`;
  return [
    {
      reason: error?.reason ?? "ReplacedAgainAndAgain",
      message: `The health check has replaced ${replaced.length} machines within ${formatDuration(recently * 1000)}${said}`,
      from: "events MachineMarkedUnhealthy",
      fix: error?.fix ?? "new ones will fail alike: see how one boots, openstack console log show SERVER",
    },
  ];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
