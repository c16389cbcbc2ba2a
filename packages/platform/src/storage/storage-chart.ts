import { LinstorSatelliteConfiguration, type LinstorSatelliteConfigurationSpecStoragePools } from "@plinth/api/piraeus";
import { ApiObject, Chart } from "cdk8s";
import { Construct } from "constructs";
import type { PlannedVolumeClass, StoragePlan } from "./plan.js";
import type { StorageNodes, StoragePool } from "./props.js";

/** Properties of {@link StorageChart}. */
export interface StorageChartProps {
  /** What was computed. */
  readonly plan: StoragePlan;
}

const DRIVER = "linstor.csi.linbit.com";

/**
 * What a replicated volume does when replicas lose each other: writes wait until most are together again, and a side that was
 * left behind gives up. Source: piraeusdatastore/piraeus-ha-controller:README.md.
 */
const QUORUM = {
  "DrbdOptions/auto-quorum": "suspend-io",
  "DrbdOptions/Resource/on-no-data-accessible": "suspend-io",
  "DrbdOptions/Resource/on-suspended-primary-outdated": "force-secondary",
  "DrbdOptions/Net/rr-conflict": "retry-connect",
} as const;

/** Storage pools on the nodes, and classes of the volumes that come from them. */
export class StorageChart extends Chart {
  constructor(scope: Construct, id: string, { plan }: StorageChartProps) {
    super(scope, id);
    const pools = new Construct(this, "nodes");
    const configurations = plan.nodes.map((nodes) => configuration(pools, nodes));
    const classes = new Construct(this, "classes");
    for (const one of plan.classes) storageClass(classes, one).node.addDependency(...configurations);
  }
}

function configuration(scope: Construct, { name, nodes, pools }: StorageNodes): ApiObject {
  return new LinstorSatelliteConfiguration(scope, name, {
    metadata: { name },
    spec: { ...selection(nodes), storagePools: pools.map(storagePool) },
  });
}

function selection(nodes: StorageNodes["nodes"]): object {
  if (nodes === undefined) return {};
  if ("labels" in nodes) return { nodeSelector: { ...nodes.labels } };
  const expression = { key: "kubernetes.io/hostname", operator: "In", values: [...nodes.names] };
  return { nodeAffinity: { nodeSelectorTerms: [{ matchExpressions: [expression] }] } };
}

function storagePool(pool: StoragePool): LinstorSatelliteConfigurationSpecStoragePools {
  const { name } = pool;
  switch (pool.type) {
    case "lvm":
      return { name, lvmPool: { volumeGroup: pool.volumeGroup }, ...source(pool.hostDevices) };
    case "lvmThin":
      return {
        name,
        lvmThinPool: { volumeGroup: pool.volumeGroup, thinPool: pool.thinPool },
        ...source(pool.hostDevices),
      };
    case "zfs":
      return { name, zfsPool: { zPool: pool.zPool }, ...source(pool.hostDevices) };
    case "zfsThin":
      return { name, zfsThinPool: { zPool: pool.zPool }, ...source(pool.hostDevices) };
    case "fileThin":
      return { name, fileThinPool: { directory: pool.directory } };
  }
}

function source(devices: readonly string[] | undefined): object {
  return devices === undefined ? {} : { source: { hostDevices: [...devices] } };
}

function storageClass(scope: Construct, planned: PlannedVolumeClass): ApiObject {
  const { name, type, pool, replicas, isDefault = false, reclaimPolicy = "Delete" } = planned;
  const replicated = type === "replicated";
  const parameters = {
    storagePool: pool,
    layerList: replicated ? "drbd storage" : "storage",
    allowRemoteVolumeAccess: String(replicated),
    ...(replicated ? { autoPlace: String(replicas) } : {}),
  };
  return new ApiObject(scope, name, {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: {
      name,
      ...(isDefault ? { annotations: { "storageclass.kubernetes.io/is-default-class": "true" } } : {}),
    },
    provisioner: DRIVER,
    parameters: {
      ...prefixed(`${DRIVER}/`, parameters),
      ...(replicated ? prefixed(`property.${DRIVER}/`, QUORUM) : {}),
    },
    reclaimPolicy,
    allowVolumeExpansion: true,
    // a local volume is made where its pod will run
    volumeBindingMode: replicated ? "Immediate" : "WaitForFirstConsumer",
  });
}

function prefixed(prefix: string, parameters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).map(([key, value]) => [prefix + key, value]));
}
