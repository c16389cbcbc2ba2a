import type { KubeVirtSettings } from "./kubevirt-settings.js";

/** KubeVirt, where no release of the catalogue brings its settings. */
export interface VirtualizationProps extends Partial<KubeVirtSettings> {
  /** Namespace of KubeVirt's operator. */
  readonly namespace: string;
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
