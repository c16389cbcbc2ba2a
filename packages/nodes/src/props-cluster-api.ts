import type { ClusterRanges } from "./props.js";

/**
 * Cluster API orders the machines: its core, its OpenStack provider and its kubeadm bootstrap provider. How packets of pods
 * travel is a matter of the network's `podNetwork`: with the encapsulation `none` Neutron lets the pods' own addresses through.
 */
export interface ClusterApiEngine {
  /** Tells the engines apart. */
  readonly type: "clusterApi";
  /**
   * Name of the Cluster object, and of the namespace of its objects; the namespace of the credentials is `<name>-cloud`.
   * @default - the component's name
   */
  readonly clusterName?: string;
  /**
   * Whether an OpenStack cloud controller runs in the cluster: `external` has kubelets wait for it. @default "none"
   */
  readonly cloudController?: "none" | "external";
  /** How long a machine may take from its order until its Node is ready; then it is replaced. @default "10m" */
  readonly provisioningTimeout?: string;
  /** How long a join token is valid: the flag `--bootstrap-token-ttl` of the bootstrap provider. @default "15m" */
  readonly tokenLifetime?: string;
  /**
   * Whether the CRD of `ExternalControlPlane` and its ClusterRole are there already, from another program or cloud. They
   * exist once in the cluster that runs the controllers, and removing the CRD removes every object of it. @default false
   */
  readonly definitionExists?: boolean;
  /**
   * The cluster autoscaler that scales the groups, with the expander `priority`: then each group that it scales has a
   * `priority`. @default - groups have no priorities, and the autoscaler's own expander chooses among them
   */
  readonly autoscaler?: ClusterAutoscaler;
}

/**
 * The cluster autoscaler of the cluster that the machines join. It is deployed by whoever runs the cluster; `autoscaler` of the
 * cloud provider says with what arguments.
 */
export interface ClusterAutoscaler {
  /**
   * Namespace, in the cluster that the machines join (`cluster.provider`), where it looks for its ConfigMaps: its flag `--namespace`.
   * @default "kube-system"
   */
  readonly namespace?: string;
  /**
   * How long it waits for the Node of a machine until it takes the next group; at least the `provisioningTimeout`, within which
   * the health check replaces a machine that does not come. @default - five minutes more than `provisioningTimeout`
   */
  readonly maxNodeProvisionTime?: string;
  /**
   * How long it leaves a group alone that has failed, where its flag `--initial-node-group-backoff-duration` is set already.
   * Shorter than all groups after the first take to fail, it would never come to the last of them, which is refused.
   * @default - `maxNodeProvisionTime` for each zone of each group
   */
  readonly initialNodeGroupBackoffDuration?: string;
}

/** The cluster that exists, which VMs of Cluster API join. */
export interface ClusterApiCluster extends ClusterRanges {
  /** Where VMs reach its API server over the L3VPN, for example `10.13.1.10:6443`. */
  readonly endpoint: `${string}:${number}`;
  /** Its version of Kubernetes, which the machines get too, for example `v1.35.2`. */
  readonly version: `v${number}.${number}.${number}`;
}

/** Every property of the engine `clusterApi`. */
export const CLUSTER_API_FIELDS = {
  type: true,
  clusterName: true,
  cloudController: true,
  provisioningTimeout: true,
  tokenLifetime: true,
  definitionExists: true,
  autoscaler: true,
} as const satisfies Record<keyof ClusterApiEngine, true>;

/** Every property of such a cluster: the plain ones, and the Inputs that a component takes beside them. */
export const CLUSTER_API_CLUSTER_FIELDS = {
  podCidr: true,
  serviceCidr: true,
  nodeCidrMaskSize: true,
  endpoint: true,
  version: true,
  kubeconfig: true,
  caCertificate: true,
  provider: true,
} as const satisfies Record<keyof ClusterApiCluster | "kubeconfig" | "caCertificate" | "provider", true>;

/** Every property of the cluster autoscaler. */
export const AUTOSCALER_FIELDS = {
  namespace: true,
  maxNodeProvisionTime: true,
  initialNodeGroupBackoffDuration: true,
} as const satisfies Record<keyof ClusterAutoscaler, true>;
