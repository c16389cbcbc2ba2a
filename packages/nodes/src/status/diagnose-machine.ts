import { formatDuration } from "@plinth/core";
import { readCloudError } from "./cloud-error.js";
import type { Cause, MachineStatus } from "./group-status.js";
import {
  type Condition,
  type Conditioned,
  conditionOf,
  type KubeObject,
  placeOf,
  secondsSince,
} from "./kube-object.js";

/** A Machine of Cluster API. */
export interface Machine extends Conditioned {
  readonly spec: {
    readonly clusterName: string;
    readonly providerID?: string;
    readonly bootstrap?: { readonly configRef?: { readonly name: string } };
    readonly infrastructureRef?: { readonly name: string };
  };
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly nodeRef?: { readonly name: string };
  };
}

/** What CAPO says of a server: errors of the cloud stand here and nowhere else. */
export interface OpenStackServer extends Conditioned {
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly instanceID?: string;
    readonly instanceState?: string;
  };
}

/** What stands behind a Machine. */
export interface BehindMachine {
  readonly server: OpenStackServer | undefined;
  readonly openStackMachine: Conditioned | undefined;
  readonly bootstrap: Conditioned | undefined;
  /** What Nova says of servers that it put into ERROR, by their id. */
  readonly faults: ReadonlyMap<string, string>;
  /** Seconds that a Machine may take until its Node is there. */
  readonly startupSeconds: number;
  readonly now: Date;
}

/** How a machine of Cluster API is, and why. */
export function diagnoseMachine(machine: Machine, behind: BehindMachine): MachineStatus {
  const cause = causeOf(machine, behind);
  const server = behind.server?.status?.instanceID ?? machine.spec.providerID?.split("/").at(-1);
  return {
    name: machine.metadata.name,
    state: cause === undefined ? stateOf(machine) : "failing",
    ...(server === undefined ? {} : { server }),
    ...(machine.status?.nodeRef === undefined ? {} : { node: machine.status.nodeRef.name }),
    ...(cause === undefined ? {} : { cause }),
  };
}

function stateOf(machine: Machine): MachineStatus["state"] {
  if (machine.metadata.deletionTimestamp !== undefined) return "leaving";
  return conditionOf(machine, "Ready")?.status === "True" ? "ready" : "starting";
}

/** The cause that lies deepest: what the cloud says, then what prepares the user data, then what the Node does. */
function causeOf(machine: Machine, behind: BehindMachine): Cause | undefined {
  if (machine.metadata.deletionTimestamp !== undefined) return healthCause(machine) ?? deletionCause(machine, behind);
  return (
    serverCause(machine, behind) ??
    bootstrapCause(machine, behind) ??
    healthCause(machine) ??
    joinCause(machine, behind) ??
    nodeCause(machine, behind)
  );
}

function serverCause(machine: Machine, { server, openStackMachine, faults }: BehindMachine): Cause | undefined {
  const place = server ?? openStackMachine;
  const failed = ["InstanceReady", "Ready"]
    .map((type) => conditionOf(place, type))
    .find((condition) => condition?.status === "False" && condition.severity !== "Info");
  if (place === undefined || failed === undefined) return undefined;
  const { reason = failed.type, message = "" } = failed;
  const id = server?.status?.instanceID;
  const fault = id === undefined ? undefined : faults.get(id);
  const error = readCloudError(fault ?? message);
  const unsaid = fault === undefined && message === "";
  const where = id === undefined ? machine.metadata.name : id;
  return {
    reason: error.reason ?? reason,
    message: unsaid ? `Nova put the server ${where} into the state ERROR, and its fault was not read` : error.message,
    from: fault === undefined ? placeOf(place, `condition ${failed.type}`) : `fault of the server ${where} in Nova`,
    fix: `${unsaid ? `see why: openstack server show ${where} -c fault` : error.fix}; ${orderAnew(machine)}`,
  };
}

/** The provider never asks again for a server that failed. Source: CAPO, `IsServerTerminalError`. */
function orderAnew({ metadata }: KubeObject): string {
  return `then order it anew: kubectl -n ${metadata.namespace} delete machine ${metadata.name} (the health check does so in the end)`;
}

function bootstrapCause(machine: Machine, { bootstrap, now, startupSeconds }: BehindMachine): Cause | undefined {
  const ready = conditionOf(machine, "BootstrapConfigReady");
  if (ready === undefined || ready.status === "True") return undefined;
  const deeper = (bootstrap?.status?.conditions ?? []).filter(
    ({ status, type }) => status === "False" && type !== "Paused",
  );
  const failed = deeper.find(({ type }) => type !== "Ready") ?? deeper[0];
  const isLate = secondsSince(machine.metadata.creationTimestamp, now) > startupSeconds;
  if (!isLate && !isError(failed)) return undefined;
  const place = failed === undefined || bootstrap === undefined ? machine : bootstrap;
  const condition = failed ?? ready;
  return {
    reason: condition.reason ?? "DataSecretNotAvailable",
    message: condition.message || "The bootstrap provider has not made the user data by which the machine joins",
    from: placeOf(place, `condition ${condition.type}`),
    fix: "look whether the kubeadm bootstrap provider runs, and whether the Secrets of the Cluster (its certificate authority and kubeconfig) are right: run pulumi up",
  };
}

function isError(condition: Condition | undefined): boolean {
  if (condition === undefined) return false;
  return condition.severity === "Error" || /fail|error|internal/i.test(`${condition.reason} ${condition.message}`);
}

function healthCause(machine: Machine): Cause | undefined {
  const health = conditionOf(machine, "HealthCheckSucceeded");
  if (health?.status !== "False") return undefined;
  const { reason = health.type, message = "" } = health;
  return {
    reason,
    message: message.replace(/^Health check failed:\s*/, "").replace(/^\*\s*/, ""),
    from: placeOf(machine, "condition HealthCheckSucceeded"),
    fix: `nothing: the health check replaces it. When others fail alike: ${reason === "NodeStartupTimeout" ? seeBoot(machine) : "look at the kubelet of one of them"}`,
  };
}

function joinCause(machine: Machine, { startupSeconds, now }: BehindMachine): Cause | undefined {
  if (machine.status?.nodeRef !== undefined || machine.spec.providerID === undefined) return undefined;
  const waited = secondsSince(machine.metadata.creationTimestamp, now);
  if (waited <= startupSeconds) return undefined;
  const healthy = conditionOf(machine, "NodeHealthy");
  return {
    reason: "NodeNotJoined",
    message: `Its server is there, and after ${formatDuration(Math.floor(waited) * 1000)} no Node has joined (time-out ${formatDuration(startupSeconds * 1000)})`,
    from: placeOf(machine, `condition ${healthy?.type ?? "NodeHealthy"}`),
    fix: seeBoot(machine),
  };
}

function seeBoot({ spec }: Machine): string {
  const id = spec.providerID?.split("/").at(-1) ?? "SERVER";
  return `see how it boots: openstack console log show ${id}. What is wrong most often: the API server's endpoint is not reachable from there (return route, security group), the join token has expired, the image has no kubeadm of that version`;
}

/** A Node that has joined, and is not well. */
function nodeCause(machine: Machine, { now, startupSeconds }: BehindMachine): Cause | undefined {
  const node = machine.status?.nodeRef?.name;
  const failed = ["NodeReady", "NodeHealthy"]
    .map((type) => conditionOf(machine, type))
    .find((condition) => condition !== undefined && condition.status !== "True");
  if (node === undefined || failed === undefined) return undefined;
  const { reason = failed.type, message = "" } = failed;
  const isStarting = secondsSince(machine.metadata.creationTimestamp, now) <= startupSeconds;
  if (isStarting && reason !== "NodeDeleted" && reason !== "NodeDoesNotExist") return undefined;
  return {
    reason,
    message: message.replace(/^\*\s*/, "") || `The Node ${node} is not Ready`,
    from: placeOf(machine, `condition ${failed.type}`),
    fix: `look at its kubelet: kubectl describe node ${node}; the health check replaces it when this lasts`,
  };
}

/** What keeps a machine that shall go. Seconds that it may take are those of its workloads to leave. */
function deletionCause(machine: Machine, { now }: BehindMachine): Cause | undefined {
  const deleting = conditionOf(machine, "Deleting");
  const waited = secondsSince(machine.metadata.deletionTimestamp, now);
  if (deleting?.status !== "True" || waited <= LEAVING_SECONDS) return undefined;
  return {
    reason: deleting.reason ?? deleting.type,
    message: deleting.message || `It has been leaving for ${formatDuration(Math.floor(waited) * 1000)}`,
    from: placeOf(machine, "condition Deleting"),
    fix: `see what holds it: kubectl -n ${machine.metadata.namespace} describe machine ${machine.metadata.name}`,
  };
}

/** How long a machine may take to leave: workloads, volumes, server. */
const LEAVING_SECONDS = 1200;
