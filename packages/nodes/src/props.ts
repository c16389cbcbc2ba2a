import type { CidrText, QuantityText } from "@plinth/core";
import type { Adoptable, Reference } from "@plinth/network";
import type { MachineShape } from "./machine-shapes.js";
import type { ClusterApiCluster, ClusterApiEngine } from "./props-cluster-api.js";
import type { DeckhouseGroup } from "./props-deckhouse.js";
import type { DeckhouseModuleSettings } from "./props-deckhouse-module.js";
import type { AdditionalPort, MachinePort } from "./props-ports.js";

export type { ClusterApiCluster, ClusterApiEngine, ClusterAutoscaler } from "./props-cluster-api.js";

/**
 * How packets of pods travel between nodes, as Deckhouse names it. The two direct modes are flannel's `host-gw`: they need
 * one layer 2 segment between all nodes, which an L3VPN is not.
 */
export type PodNetworkMode = "VXLAN" | "DirectRouting" | "DirectRoutingWithPortSecurityEnabled";

/** Deckhouse orders the machines: its module `cloud-provider-openstack`. Production use needs an enterprise licence. */
export interface DeckhouseEngine {
  /** Tells the engines apart. */
  readonly type: "deckhouse";
  /** How packets of pods travel. Only VXLAN works over a router; the others are refused. @default "VXLAN" */
  readonly podNetworkMode?: PodNetworkMode;
  /** Taint keys that the cluster's global setting `modules.placement.customTolerationKeys` names. @default - none */
  readonly customTolerationKeys?: readonly string[];
  /** Further settings of the module. @default - the module's own */
  readonly settings?: DeckhouseModuleSettings;
}

/** Which controllers order and join the machines. */
export type Engine = ClusterApiEngine | DeckhouseEngine;

/** Ranges of the cluster that exists, which its VMs join. */
export interface ClusterRanges {
  /** Addresses of pods. Deckhouse: `podSubnetCIDR`. */
  readonly podCidr: CidrText;
  /** Addresses of Services. Deckhouse: `serviceSubnetCIDR`. */
  readonly serviceCidr: CidrText;
  /** Prefix length of the pod range of one node. Deckhouse: `podSubnetNodeCIDRPrefix`. @default 24, for IPv6 64 */
  readonly nodeCidrMaskSize?: number;
}

/** The cluster that exists, where Deckhouse runs in it and joins the VMs itself. */
export interface DeckhouseCluster extends ClusterRanges {
  readonly endpoint?: never;
  readonly version?: never;
  readonly kubeconfig?: never;
  readonly provider?: never;
  readonly caCertificate?: never;
}

/** What the project may have at most, all groups of a cloud together. */
export interface Quota {
  /** Servers. @default - not counted */
  readonly instances?: number;
  /** Virtual cores. @default - not counted */
  readonly cores?: number;
  /** Memory. @default - not counted */
  readonly memory?: QuantityText;
  /** Neutron ports: one a machine, beside those that the project has already. @default - not counted */
  readonly ports?: number;
}

interface CommonCloudProps {
  /** Availability zones that groups may use. @default - those of each group */
  readonly zones?: readonly string[];
  /** Quota of the project that the groups must fit into. @default - not counted */
  readonly quota?: Quota;
}

/** What decides the shape of a {@link CloudProvider} with the engine `deckhouse`. */
export interface DeckhouseCloudProps extends CommonCloudProps {
  /** Which controllers order and join the machines. */
  readonly engine: DeckhouseEngine;
  /** Ranges of the cluster that the VMs join. */
  readonly cluster: DeckhouseCluster;
}

/** What decides the shape of a {@link CloudProvider} with the engine `clusterApi`. */
export interface ClusterApiCloudProps extends CommonCloudProps {
  /** Which controllers order and join the machines. @default - clusterApi, with its defaults */
  readonly engine?: ClusterApiEngine;
  /** The cluster that the VMs join. */
  readonly cluster: ClusterApiCluster;
}

/** What decides the shape of a {@link CloudProvider}: plain values, checked at once. */
export type CloudProviderProps = ClusterApiCloudProps | DeckhouseCloudProps;

/** An image of the operating system. */
export type Image =
  | {
      readonly existing: true;
      /** Name in Glance. Of several images of one name Deckhouse takes the newest; for `clusterApi` they are refused. */
      readonly name: string;
      readonly id?: never;
    }
  /** By its id. Engine `clusterApi` only: Deckhouse finds images by name. */
  | { readonly existing: true; readonly name?: never; readonly id: string }
  | {
      readonly existing?: false;
      /** Name in Glance. @default - from the component's name and the owner's hash */
      readonly name?: string;
      readonly id?: never;
      /** Path of the file that is uploaded, from where the program runs. */
      readonly file: string;
      /** Format of the file. @default "qcow2" */
      readonly diskFormat?: "qcow2" | "raw" | "vmdk";
    };

/** How large a machine is: given by its numbers, or one of the catalogue. */
export type MachineSize =
  | {
      readonly shape?: never;
      /** Virtual cores. */
      readonly cores: number;
      /** Memory, whole MiB. */
      readonly memory: QuantityText;
      /** Root disk, whole GiB. */
      readonly disk: QuantityText;
    }
  | {
      /** Name in `MACHINE_SHAPES`, for example `c4m8d50`: 4 cores, 8 GiB of memory, 50 GiB of disk. */
      readonly shape: MachineShape;
      readonly cores?: never;
      readonly memory?: never;
      readonly disk?: never;
    };

/** A machine: its size, and what is on it. */
export type Machine = MachineSize & {
  /** Operating system of the root disk. */
  readonly image: Image;
  /** Nova flavor of that shape. @default - a private one is made, with access for the project */
  readonly flavor?: Adoptable<string>;
};

/** How many machines: always so many, or as many as the load needs. For each zone. */
export type Size =
  | { readonly replicas: number; readonly min?: never; readonly max?: never }
  | { readonly min: number; readonly max: number; readonly replicas?: never };

/** How the machines of a group are spread over the hosts of the cloud. Engine `clusterApi` only. */
export type ServerGroup =
  | { readonly existing: true; readonly name: string; readonly id?: never }
  | { readonly existing: true; readonly name?: never; readonly id: string }
  | {
      readonly existing?: false;
      readonly id?: never;
      /** Name in Nova. @default - from the component's name and the owner's hash */
      readonly name?: string;
      /** `anti-affinity`: no two on one host, or the machine is not made. @default "soft-anti-affinity" */
      readonly policy?: "anti-affinity" | "soft-anti-affinity";
    };

/** Keeps pods away from a node that do not tolerate it. */
export interface Taint {
  /** A label key; Deckhouse's agents tolerate `dedicated`, `dedicated.deckhouse.io` and the cluster's own. */
  readonly key: string;
  /** At most 63 letters, digits, hyphens, underscores and dots. @default - none */
  readonly value?: string;
  /** What happens to pods that do not tolerate it. */
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** What `up` waits for when it makes or changes a group. */
export type Wait =
  | {
      /** Until as many Nodes are Ready as the group has at least; where that is 0, for nothing. */
      readonly nodes: "minimum";
      /** How long; then `up` fails, and a later one goes on waiting. @default "15m" */
      readonly timeout?: string;
    }
  | { readonly nodes: "none"; readonly timeout?: never };

/** What decides the shape of a {@link HybridNodeGroup}: plain values, checked at once. */
export interface NodeGroupProps {
  /** Name of the group in Kubernetes. @default - the component's name */
  readonly name?: string;
  /** Shape of each machine. */
  readonly machine: Machine;
  /** Machines in each zone: a fixed number, or the range in which the autoscaler moves. */
  readonly size: Size;
  /** Availability zones, at least one. */
  readonly zones: readonly [string, ...string[]];
  /** How many machines a zone may have beyond its size while machines are replaced. @default 1 */
  readonly surge?: number;
  /** Labels of the nodes. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Taints of the nodes. One of effect `NoSchedule` or `NoExecute` must be among them: without it the control plane's and the
   * racks' own workloads would land on machines that come and go.
   * @default `dedicated=<name of the group>:NoSchedule`; the component's `placement` tolerates it
   */
  readonly taints?: readonly Taint[];
  /** How the machines are spread over hosts. Engine `clusterApi` only. @default - as Nova's scheduler does it */
  readonly serverGroup?: ServerGroup;
  /** Security groups of the machines beside the network's, which exist. With Deckhouse by name only. @default - none */
  readonly additionalSecurityGroups?: readonly Reference<string>[];
  /** The first port of each machine, in the network of the cloud. Engine `clusterApi` only. @default - as Neutron makes it */
  readonly port?: MachinePort;
  /**
   * Further ports of each machine; the way to the sites and outside is that of the first port. With Deckhouse networks only.
   * @default - none
   */
  readonly additionalPorts?: readonly AdditionalPort[];
  /**
   * Place in the fallback order of the cloud's groups, from 0: the autoscaler orders from the group of the highest priority
   * that a pod may run on, and from the next when that gives no node. With the engine `clusterApi` the cloud's
   * `engine.autoscaler` must be given. Each group has one that is its own, or none has.
   * @default - no order: the autoscaler takes any of the groups that a pod may run on
   */
  readonly priority?: number;
  /**
   * Whether `up` waits for Nodes, and so what depends on the group. A group that did not come in time is waited for by the next
   * `up` again; one that has not changed is not waited for.
   * @default `{ nodes: "none" }`: the first Node can only come when the hosts of the sites have their return routes, which `up`
   *   itself computes
   */
  readonly wait?: Wait;
  /** What Deckhouse's groups have beyond this. Engine `deckhouse` only. @default - as Deckhouse has it */
  readonly deckhouse?: DeckhouseGroup;
}

type KeyOf<T> = T extends unknown ? keyof T & string : never;

/** Every property, for the check for unknown ones. */
export const GROUP_FIELDS = {
  name: true,
  machine: true,
  size: true,
  zones: true,
  surge: true,
  labels: true,
  taints: true,
  serverGroup: true,
  additionalSecurityGroups: true,
  port: true,
  additionalPorts: true,
  priority: true,
  wait: true,
  deckhouse: true,
} as const satisfies Record<keyof NodeGroupProps, true>;

/** Every property of a machine. */
export const MACHINE_FIELDS = {
  shape: true,
  cores: true,
  memory: true,
  disk: true,
  image: true,
  flavor: true,
} as const satisfies Record<KeyOf<Machine>, true>;

/** Every property of an image. */
export const IMAGE_FIELDS = {
  existing: true,
  name: true,
  id: true,
  file: true,
  diskFormat: true,
} as const satisfies Record<KeyOf<Image>, true>;

/** Every property of a flavor. */
export const FLAVOR_FIELDS = { existing: true, name: true, id: true } as const satisfies Record<
  KeyOf<Adoptable<string>>,
  true
>;

/** Every property of a reference. */
export const REFERENCE_FIELDS = { name: true, id: true } as const satisfies Record<KeyOf<Reference<string>>, true>;

/** Every property of a size. */
export const SIZE_FIELDS = { replicas: true, min: true, max: true } as const satisfies Record<KeyOf<Size>, true>;

/** Every property of a server group. */
export const SERVER_GROUP_FIELDS = { existing: true, name: true, id: true, policy: true } as const satisfies Record<
  KeyOf<ServerGroup>,
  true
>;

/** Every property of a wait. */
export const WAIT_FIELDS = { nodes: true, timeout: true } as const satisfies Record<KeyOf<Wait>, true>;

/** Every property of a taint. */
export const TAINT_FIELDS = { key: true, value: true, effect: true } as const satisfies Record<keyof Taint, true>;

/** Every property of the engine `deckhouse`. */
export const DECKHOUSE_FIELDS = {
  type: true,
  podNetworkMode: true,
  customTolerationKeys: true,
  settings: true,
} as const satisfies Record<keyof DeckhouseEngine, true>;

/** Every property of a cluster's ranges. */
export const CLUSTER_FIELDS = {
  podCidr: true,
  serviceCidr: true,
  nodeCidrMaskSize: true,
} as const satisfies Record<keyof ClusterRanges, true>;

/** Every property of a quota. */
export const QUOTA_FIELDS = {
  instances: true,
  cores: true,
  memory: true,
  ports: true,
} as const satisfies Record<keyof Quota, true>;

/** Every argument of a cloud provider. */
export const CLOUD_FIELDS = {
  engine: true,
  cluster: true,
  zones: true,
  quota: true,
  network: true,
  user: true,
  keyPair: true,
  connection: true,
  edit: true,
} as const;
