/** A pool of LINSTOR on every node of a group: where volumes come from. */
export type StoragePool =
  /** Logical volumes, of fixed size. */
  | ({
      readonly type: "lvm";
      /** Name of the LVM volume group. */
      readonly volumeGroup: string;
    } & PoolOnDisks)
  /** Logical volumes that grow as they are written, with quick snapshots. */
  | ({
      readonly type: "lvmThin";
      /** Name of the LVM volume group. */
      readonly volumeGroup: string;
      /** Name of the thin pool in the volume group. */
      readonly thinPool: string;
    } & PoolOnDisks)
  /** Volumes of ZFS, of fixed size. */
  | ({
      readonly type: "zfs";
      /** Name of the zpool. */
      readonly zPool: string;
    } & PoolOnDisks)
  /** Volumes of ZFS that grow as they are written. */
  | ({
      readonly type: "zfsThin";
      /** Name of the zpool. */
      readonly zPool: string;
    } & PoolOnDisks)
  /** Sparse files: for trying, and where there is no disk to spare. */
  | ({
      readonly type: "fileThin";
      /** Absolute path of the folder on each node, below `/var`. */
      readonly directory: string;
    } & NamedPool);

interface NamedPool {
  /** Name in LINSTOR: 3 to 48 letters, digits, hyphens, underscores. */
  readonly name: string;
}

interface PoolOnDisks extends NamedPool {
  /**
   * Disks that the pool is made of when it is not there yet, for example `/dev/disk/by-id/nvme-…`; they must be empty.
   * @default - volume group or zpool is there already
   */
  readonly hostDevices?: readonly string[];
}

/** Nodes that have the same pools. */
export interface StorageNodes {
  /** Name of the group, a DNS label. */
  readonly name: string;
  /** Which nodes: by their names or by a label. @default - all */
  readonly nodes?: { readonly names: readonly string[] } | { readonly labels: Readonly<Record<string, string>> };
  readonly pools: readonly StoragePool[];
}

/** A class of volumes. */
export type VolumeClass =
  /** On the node that the pod runs on: fast, and gone with the node. */
  | ({ readonly type: "local" } & SharedClass)
  /** On several nodes at once (DRBD): outlives the loss of one. */
  | ({
      readonly type: "replicated";
      /** On how many nodes. @default 3, or as many as there are */
      readonly replicas?: number;
    } & SharedClass);

interface SharedClass {
  /** Name of the StorageClass. */
  readonly name: string;
  /** Name of the storage pool. */
  readonly pool: string;
  /** Whether volumes without a class are of this one. @default false */
  readonly isDefault?: boolean;
  /** What becomes of the data when the claim is deleted. @default "Delete" */
  readonly reclaimPolicy?: "Delete" | "Retain";
}

/** The storage of a platform. */
export interface StorageProps {
  /** Nodes with their pools, at least one group. */
  readonly nodes: readonly StorageNodes[];
  readonly classes: readonly VolumeClass[];
}
