import { call } from "@plinth/clients";
import type { ApiServer } from "../kubernetes/servers.js";
import type { JoiningNode } from "./join-node.js";

/** A Machine of Cluster API, as far as joining goes. */
export interface JoiningMachine {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly providerID?: string;
    readonly bootstrap?: { readonly configRef?: { readonly kind: string; readonly name: string } };
  };
  readonly status?: { readonly nodeRef?: { readonly name: string } };
}

interface KubeadmConfig {
  readonly spec: {
    readonly joinConfiguration?: {
      readonly nodeRegistration?: {
        readonly kubeletExtraArgs?: readonly { readonly name: string; readonly value: string }[];
        readonly taints?: NonNullable<JoiningNode["taints"]>;
      };
    };
  };
}

const CAPACITY = "capacity.cluster-autoscaler.kubernetes.io";

/**
 * What the kubelet of a machine would register with: the labels and taints of its kubeadm configuration, and the cores and
 * memory that its group has by the annotations for the autoscaler. Nothing of what does not say so.
 */
export async function kubeletOf(
  management: ApiServer,
  namespace: string,
  { metadata: { labels = {} }, spec: { bootstrap } }: JoiningMachine,
): Promise<Pick<JoiningNode, "labels" | "taints" | "capacity">> {
  const { kind, name } = bootstrap?.configRef ?? {};
  const config =
    kind === "KubeadmConfig"
      ? await read<KubeadmConfig>(
          management,
          `/apis/bootstrap.cluster.x-k8s.io/v1beta2/namespaces/${namespace}/kubeadmconfigs/${name}`,
        )
      : undefined;
  const { kubeletExtraArgs = [], taints } = config?.spec.joinConfiguration?.nodeRegistration ?? {};
  const given = kubeletExtraArgs.find(({ name }) => name === "node-labels")?.value;
  return {
    ...(given === undefined ? {} : { labels: Object.fromEntries(given.split(",").map((pair) => pair.split("="))) }),
    ...(taints === undefined ? {} : { taints }),
    ...(await capacityOf(management, namespace, labels["cluster.x-k8s.io/deployment-name"])),
  };
}

async function capacityOf(
  management: ApiServer,
  namespace: string,
  group: string | undefined,
): Promise<Pick<JoiningNode, "capacity">> {
  if (group === undefined) return {};
  const path = `/apis/cluster.x-k8s.io/v1beta2/namespaces/${namespace}/machinedeployments/${group}`;
  const deployment = await read<{ metadata: { annotations?: Record<string, string> } }>(management, path);
  const { [`${CAPACITY}/cpu`]: cpu, [`${CAPACITY}/memory`]: memory } = deployment?.metadata.annotations ?? {};
  return cpu === undefined || memory === undefined ? {} : { capacity: { cpu, memory } };
}

async function read<T>(server: ApiServer, path: string): Promise<T | undefined> {
  const { status, text } = await call(server, path);
  return status === 200 ? (JSON.parse(text) as T) : undefined;
}
