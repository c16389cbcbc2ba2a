import { call } from "@plinth/clients";
import { LabError } from "../../errors.js";
import type { ApiServer } from "../kubernetes/servers.js";
import { decide, type GroupNode, type ScaledGroup } from "./decide.js";
import { amountOf, type PodShape, type Taint, type Toleration } from "./shapes.js";

const SIZE = "cluster.x-k8s.io/cluster-api-autoscaler-node-group";
const CAPACITY = "capacity.cluster-autoscaler.kubernetes.io";
const GROUP_LABEL = "cluster.x-k8s.io/deployment-name";
/** By it Cluster API knows which machine to remove first. */
const DELETE = "cluster.x-k8s.io/delete-machine";
const MACHINES = "/apis/cluster.x-k8s.io/v1beta2";

/** A node may be idle so long before its machine goes. The real one waits ten minutes. */
const IDLE_SECONDS = 15;

interface Metadata {
  readonly namespace: string;
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly deletionTimestamp?: string;
  readonly ownerReferences?: readonly { readonly kind: string }[];
}
interface Deployment {
  readonly metadata: Metadata;
  readonly spec: { readonly replicas?: number };
}
interface Machine {
  readonly metadata: Metadata;
  readonly status?: { readonly nodeRef?: { readonly name: string } };
}
interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
}
interface Node {
  readonly metadata: Metadata;
  readonly status?: { readonly conditions?: readonly Condition[] };
}
interface Pod {
  readonly metadata: Metadata;
  readonly spec: {
    readonly nodeName?: string;
    readonly nodeSelector?: Readonly<Record<string, string>>;
    readonly tolerations?: readonly Toleration[];
    readonly containers: readonly { readonly resources?: { readonly requests?: { cpu?: string; memory?: string } } }[];
  };
  readonly status?: { readonly phase?: string; readonly conditions?: readonly Condition[] };
}

/**
 * Does what a cluster autoscaler does, as far as a lab needs it: its module is not served by Go module proxies, and its makers
 * publish images only. It reads the same annotations of MachineDeployments and patches their `scale` in the same way. What it
 * does not know: node affinity, priorities of groups, volumes, ephemeral disks, failures of a group, pods that forbid their
 * eviction (a node with any pod that is not a DaemonSet's is not idle).
 */
export class ClusterAutoscalerStandIn {
  readonly #server: ApiServer;
  readonly #idleSince: Map<string, number>;

  /** @param idleSince since when nodes are idle, by name: kept from one look to the next */
  constructor(server: ApiServer, idleSince: Map<string, number>) {
    this.#server = server;
    this.#idleSince = idleSince;
  }

  /**
   * Looks once, and scales what has to be scaled.
   * @returns what was done, a line each
   * @throws LabError when the API server refuses
   */
  async look(at = Date.now()): Promise<string[]> {
    const [deployments, machines, nodes, pods] = await Promise.all([
      this.#list<Deployment>(`${MACHINES}/machinedeployments`),
      this.#list<Machine>(`${MACHINES}/machines`),
      this.#list<Node>("/api/v1/nodes"),
      this.#list<Pod>("/api/v1/pods"),
    ]);
    const groups = deployments.flatMap(groupOf);
    const ready = this.#readyNodes(groups, machines, nodes, pods, at);
    const pending = pods.filter(isUnschedulable).map(shapeOf);
    const done: string[] = [];
    for (const { group, replicas, remove } of decide(groups, pending, ready, {
      at,
      idleMilliseconds: IDLE_SECONDS * 1000,
    })) {
      const { namespace, name } = group;
      if (remove !== undefined) {
        const annotations = { [DELETE]: "yes" };
        await this.#patch(`${MACHINES}/namespaces/${namespace}/machines/${remove}`, { metadata: { annotations } });
      }
      await this.#patch(`${MACHINES}/namespaces/${namespace}/machinedeployments/${name}/scale`, { spec: { replicas } });
      done.push(`${namespace}/${name}: from ${group.replicas} to ${replicas}${remove ? `, ${remove} is idle` : ""}`);
    }
    return done;
  }

  #readyNodes(
    groups: readonly ScaledGroup[],
    machines: readonly Machine[],
    nodes: readonly Node[],
    pods: readonly Pod[],
    at: number,
  ): GroupNode[] {
    const ready = new Set(nodes.filter(isReady).map(({ metadata }) => metadata.name));
    const live = pods.filter(({ status }) => status?.phase !== "Succeeded" && status?.phase !== "Failed");
    const used = new Set(live.filter(isOfItsOwn).map(({ spec }) => spec.nodeName));
    return machines.flatMap(({ metadata, status }): GroupNode[] => {
      const { namespace, name: machine, labels, deletionTimestamp } = metadata;
      const group = groups.find((each) => each.namespace === namespace && each.name === labels?.[GROUP_LABEL]);
      const node = status?.nodeRef?.name;
      if (group === undefined || node === undefined || deletionTimestamp !== undefined || !ready.has(node)) return [];
      if (used.has(node)) this.#idleSince.delete(node);
      else if (!this.#idleSince.has(node)) this.#idleSince.set(node, at);
      const taken = live.filter(({ spec }) => spec.nodeName === node).map(shapeOf);
      const free = {
        cpu: group.shape.cpu - taken.reduce((all, { cpu }) => all + cpu, 0),
        memory: group.shape.memory - taken.reduce((all, { memory }) => all + memory, 0),
      };
      return [{ group, machine, free, idleSince: this.#idleSince.get(node) }];
    });
  }

  async #list<T>(path: string): Promise<readonly T[]> {
    const { status, text } = await call(this.#server, path);
    if (status !== 200) throw new LabError(`The API server does not list ${path} (${status}): ${text.slice(0, 500)}`);
    return (JSON.parse(text) as { items: readonly T[] }).items;
  }

  async #patch(path: string, change: object): Promise<void> {
    const options = { method: "PATCH", contentType: "application/merge-patch+json", body: JSON.stringify(change) };
    const { status, text } = await call(this.#server, path, options);
    if (status !== 200) throw new LabError(`The API server refuses a change of ${path} (${status}): ${text}`);
  }
}

/** The group that a MachineDeployment is by its annotations; none where it does not say that it is scaled. */
function groupOf({ metadata: { namespace, name, annotations = {} }, spec }: Deployment): ScaledGroup[] {
  const [min, max] = [annotations[`${SIZE}-min-size`], annotations[`${SIZE}-max-size`]];
  if (min === undefined || max === undefined) return [];
  const amount = (of: string): string => annotations[`${CAPACITY}/${of}`] ?? "0";
  const shape = {
    ...amountOf({ cpu: amount("cpu"), memory: amount("memory") }),
    labels: Object.fromEntries(listOf(annotations[`${CAPACITY}/labels`]).map((pair) => splitAt(pair, "="))),
    taints: listOf(annotations[`${CAPACITY}/taints`]).map(taintOf),
  };
  return [{ namespace, name, replicas: spec.replicas ?? 0, min: Number(min), max: Number(max), shape }];
}

function listOf(text = ""): string[] {
  return text.split(",").filter((each) => each !== "");
}

function splitAt(text: string, mark: string): [string, string] {
  const at = text.lastIndexOf(mark);
  return [text.slice(0, at), text.slice(at + 1)];
}

function taintOf(text: string): Taint {
  const [pair, effect] = splitAt(text, ":");
  const [key, value] = splitAt(pair, "=");
  return { key, value, effect };
}

function isReady({ status }: Node): boolean {
  return status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True") === true;
}

function isUnschedulable({ metadata, spec, status }: Pod): boolean {
  return (
    spec.nodeName === undefined &&
    metadata.deletionTimestamp === undefined &&
    status?.conditions?.some(({ type, reason }) => type === "PodScheduled" && reason === "Unschedulable") === true
  );
}

/** Whether a pod keeps its node from being idle. */
function isOfItsOwn({ metadata }: Pod): boolean {
  return metadata.ownerReferences?.some(({ kind }) => kind === "DaemonSet" || kind === "Node") !== true;
}

function shapeOf({ spec: { nodeSelector = {}, tolerations = [], containers } }: Pod): PodShape {
  const amounts = containers.map(({ resources }) => amountOf(resources?.requests ?? {}));
  const sum = (of: "cpu" | "memory"): number => amounts.reduce((all, amount) => all + amount[of], 0);
  return { cpu: sum("cpu"), memory: sum("memory"), nodeSelector, tolerations };
}
