import type { PciDevice } from "../catalogue/kubevirt.js";

/** KubeVirt, where no release of the catalogue brings its settings. */
export interface VirtualizationProps {
  /** Namespace of KubeVirt's operator. */
  readonly namespace: string;
  /** Feature gates. @default - none; `HostDevices` where there are devices */
  readonly featureGates?: readonly string[];
  /** How many virtual cores share one. @default - KubeVirt's 10 */
  readonly cpuAllocationRatio?: number;
  /** Devices that VMs may be given. @default - none */
  readonly pciDevices?: readonly PciDevice[];
  /** What becomes of VMs on a node that is drained. @default "LiveMigrate" */
  readonly eviction?: "LiveMigrate" | "LiveMigrateIfPossible" | "None" | "External";
  /** How many replicas its own Deployments have. @default 2 */
  readonly replicas?: number;
  /** The importer of images. @default - not set up here */
  readonly importer?: {
    /** StorageClass of volumes that images are unpacked on. @default - the cluster's default */
    readonly scratchStorageClass?: string;
    /** Where images are uploaded to from outside. @default - not from outside */
    readonly uploadProxyUrl?: string;
    /** How a volume is cloned. @default "csi-clone" */
    readonly cloneStrategy?: "csi-clone" | "snapshot" | "copy";
  };
}
