import type { QuantityText } from "@plinth/core";

/** A time of day in UTC, `HH:MM`. */
export type TimeOfDay = `${number}:${number}`;

/** A span of time in which nodes may be disturbed, in UTC. */
export interface DisruptionWindow {
  readonly from: TimeOfDay;
  readonly to: TimeOfDay;
  /** @default - every day */
  readonly days?: readonly ("Mon" | "Tue" | "Wed" | "Thu" | "Fri" | "Sat" | "Sun")[];
}

/** The container runtime. `Docker` is not among them: Deckhouse's webhook refuses it. */
export type DeckhouseCri =
  | { readonly type: "Containerd"; readonly containerd?: { readonly maxConcurrentDownloads?: number } }
  /** Needs cgroup v2, a kernel from 5.8, systemd from 244 and erofs in the image. */
  | { readonly type: "ContainerdV2"; readonly containerdV2?: { readonly maxConcurrentDownloads?: number } }
  | { readonly type: "NotManaged"; readonly notManaged?: { readonly criSocketPath?: string } };

/** Who allows that nodes are disturbed, and how. */
export type DeckhouseDisruptions =
  | { readonly approvalMode: "Manual" }
  | {
      readonly approvalMode: "Automatic";
      readonly automatic?: {
        /** Whether pods are moved away first. @default true */
        readonly drainBeforeApproval?: boolean;
        readonly windows?: readonly DisruptionWindow[];
      };
    }
  | {
      readonly approvalMode: "RollingUpdate";
      readonly rollingUpdate?: { readonly windows?: readonly DisruptionWindow[] };
    };

/** Whether nodes are deleted at random, to see what becomes of it. */
export type DeckhouseChaos =
  | { readonly mode: "Disabled" }
  /** @param period hours and minutes, for example `2h30m`. @default "6h" */
  | { readonly mode: "DrainAndDelete"; readonly period?: string };

/** At least one of them. */
type ReservedResources =
  | { readonly cpu: ReservedCpu; readonly memory?: QuantityText; readonly ephemeralStorage?: QuantityText }
  | { readonly cpu?: ReservedCpu; readonly memory: QuantityText; readonly ephemeralStorage?: QuantityText }
  | { readonly cpu?: ReservedCpu; readonly memory?: QuantityText; readonly ephemeralStorage: QuantityText };

/** Cores as a number, or thousandths of a core with an `m`. */
type ReservedCpu = number | `${number}m`;

/** What is kept back for the system. */
export type DeckhouseResourceReservation =
  | { readonly mode: "Off" }
  | { readonly mode: "Auto" }
  | { readonly mode: "Static"; readonly static: ReservedResources };

/** Whether a node swaps. */
export type DeckhouseMemorySwap =
  | { readonly swapBehavior: "NoSwap"; readonly swappiness?: number }
  | {
      readonly swapBehavior: "LimitedSwap";
      readonly swappiness?: number;
      readonly limitedSwap: { readonly size: `${number}G` };
    };

/** Settings of the kubelet. */
export interface DeckhouseKubelet {
  readonly maxPods?: number;
  /** @default "/var/lib/kubelet" */
  readonly rootDir?: string;
  /** @default "50Mi" */
  readonly containerLogMaxSize?: QuantityText;
  /** 1 to 20. @default 4 */
  readonly containerLogMaxFiles?: number;
  readonly seccompDefault?: boolean;
  /** @default - `Auto` */
  readonly resourceReservation?: DeckhouseResourceReservation;
  /** Not with a reservation that is off; with a static one of `cpu` only. */
  readonly topologyManager?: {
    readonly enabled: boolean;
    /** @default "Container" */
    readonly scope?: "Container" | "Pod";
    /** @default "None" */
    readonly policy?: "None" | "BestEffort" | "Restricted" | "SingleNumaNode";
  };
  readonly memorySwap?: DeckhouseMemorySwap;
}

/** How cards of a node are shared. In Deckhouse's enterprise edition only. */
export type DeckhouseGpu =
  | { readonly sharing: "Exclusive"; readonly exclusive?: Readonly<Record<string, never>> }
  | {
      readonly sharing: "TimeSlicing";
      readonly timeSlicing?: { /** 1 to 100. @default 4 */ readonly partitionCount?: number };
    }
  | { readonly sharing: "MIG"; readonly mig: DeckhouseMig };

/** How a card is cut: by a profile of all, or each by itself. */
export type DeckhouseMig =
  | { readonly partedConfig: `all-${string}`; readonly customConfigs?: never }
  | {
      readonly partedConfig: "custom";
      readonly customConfigs: readonly {
        readonly index: number;
        readonly slices: readonly { readonly profile: string; readonly count: number }[];
      }[];
    };

/** A script that runs on every node of the group: an object NodeGroupConfiguration. */
export interface DeckhouseNodeConfiguration {
  /** Name of the object, unique in the cluster, for example `registry-mirror.sh`. */
  readonly name: string;
  /** Bash, as a Go template. */
  readonly content: string;
  /** Order among the steps of bashible: lower ones run first. @default 100 */
  readonly weight?: number;
  /** Distributions on which it runs, for example `ubuntu-lts`. @default ["*"] */
  readonly bundles?: readonly string[];
}

/** What Deckhouse's NodeGroup and OpenStackInstanceClass have beyond what every engine has. Engine `deckhouse` only. */
export interface DeckhouseGroup {
  /** @default - the cluster's own */
  readonly cri?: DeckhouseCri;
  /** @default - `Automatic` */
  readonly disruptions?: DeckhouseDisruptions;
  /** @default - `Disabled` */
  readonly chaos?: DeckhouseChaos;
  readonly kubelet?: DeckhouseKubelet;
  /** How many nodes are updated at a time: a number from 1, or a part. @default - 1 */
  readonly update?: { readonly maxConcurrent: number | `${number}%` };
  /** Deletes a node that no longer reports, and has its machine made anew. @default - none */
  readonly fencing?: {
    readonly mode: "Watchdog" /** `timeout`: for example `60s` */;
    readonly watchdog?: { readonly timeout: string };
  };
  readonly gpu?: DeckhouseGpu;
  /** Seconds that moving the pods away may take. @default - Deckhouse's own */
  readonly nodeDrainTimeoutSecond?: number;
  /** How many machines of a zone may be missing while they are replaced. @default 0; 1 with `surge: 0` */
  readonly maxUnavailablePerZone?: number;
  /** Machines that are kept ready, a number or a part of `max`. Needs a machine that runs: a `min` from 1. @default - none */
  readonly standby?: number | `${number}%`;
  /** `overprovisioningRate`: the part of a machine that is kept free, in per cent, 1 to 80. @default 50 */
  readonly standbyHolder?: { readonly overprovisioningRate: number };
  /** Annotations of the nodes. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Whole GB: the root disk is a Cinder volume of this size. @default - the flavor's disk */
  readonly rootDiskSize?: number;
  /** Tags of the machines. @default - those of the module's settings */
  readonly additionalTags?: Readonly<Record<string, string>>;
  /** Scripts that run on the nodes. @default - none */
  readonly configurations?: readonly DeckhouseNodeConfiguration[];
}

/** Every property that only Deckhouse's groups have. */
export const DECKHOUSE_GROUP_FIELDS = {
  cri: true,
  disruptions: true,
  chaos: true,
  kubelet: true,
  update: true,
  fencing: true,
  gpu: true,
  nodeDrainTimeoutSecond: true,
  maxUnavailablePerZone: true,
  standby: true,
  standbyHolder: true,
  annotations: true,
  rootDiskSize: true,
  additionalTags: true,
  configurations: true,
} as const satisfies Record<keyof DeckhouseGroup, true>;

/** Every property of a kubelet's settings. */
export const KUBELET_FIELDS = {
  maxPods: true,
  rootDir: true,
  containerLogMaxSize: true,
  containerLogMaxFiles: true,
  seccompDefault: true,
  resourceReservation: true,
  topologyManager: true,
  memorySwap: true,
} as const satisfies Record<keyof DeckhouseKubelet, true>;

/** Every property of a script. */
export const CONFIGURATION_FIELDS = {
  name: true,
  content: true,
  weight: true,
  bundles: true,
} as const satisfies Record<keyof DeckhouseNodeConfiguration, true>;
