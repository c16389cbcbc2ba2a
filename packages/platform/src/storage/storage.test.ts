import { validateObject } from "@plinth/api/testing";
import { Check } from "@plinth/core";
import { Testing } from "cdk8s";
import { describe, expect, it } from "vitest";
import { planStorage } from "./plan.js";
import type { StoragePool, StorageProps, VolumeClass } from "./props.js";
import { StorageChart } from "./storage-chart.js";

const MACHINES = ["a", "b", "c"].map((name) => ({ name }));
const DATA: StoragePool = { type: "zfsThin", name: "data", zPool: "data", hostDevices: ["/dev/disk/by-id/nvme-1"] };
const REPLICATED: VolumeClass = { type: "replicated", name: "replicated", pool: "data" };

const PROPS: StorageProps = {
  nodes: [{ name: "all", pools: [DATA] }],
  classes: [{ type: "local", name: "local", pool: "data", isDefault: true }, REPLICATED],
};

function planned(props: Partial<StorageProps>, machines: readonly { name: string }[] | undefined = MACHINES) {
  const check = new Check("platform");
  const plan = planStorage({ ...PROPS, ...props }, machines, check);
  return { plan, check, codes: check.refusals.map(({ code }) => code) };
}

function objectsOf(props: Partial<StorageProps>): Record<string, unknown>[] {
  const { plan, codes } = planned(props);
  expect(codes).toEqual([]);
  const objects = Testing.synth(new StorageChart(Testing.app(), "storage", { plan })) as Record<string, unknown>[];
  for (const object of objects) expect(validateObject(object)).toEqual([]);
  return objects;
}

describe("objects", () => {
  it("pools on all nodes, a local and a replicated class", () => {
    expect(objectsOf({})).toEqual([
      {
        apiVersion: "piraeus.io/v1",
        kind: "LinstorSatelliteConfiguration",
        metadata: { name: "all" },
        spec: {
          storagePools: [
            {
              name: "data",
              zfsThinPool: { zPool: "data" },
              source: { hostDevices: ["/dev/disk/by-id/nvme-1"] },
            },
          ],
        },
      },
      {
        apiVersion: "storage.k8s.io/v1",
        kind: "StorageClass",
        metadata: { name: "local", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
        provisioner: "linstor.csi.linbit.com",
        parameters: {
          "linstor.csi.linbit.com/storagePool": "data",
          "linstor.csi.linbit.com/layerList": "storage",
          "linstor.csi.linbit.com/allowRemoteVolumeAccess": "false",
        },
        reclaimPolicy: "Delete",
        allowVolumeExpansion: true,
        volumeBindingMode: "WaitForFirstConsumer",
      },
      {
        apiVersion: "storage.k8s.io/v1",
        kind: "StorageClass",
        metadata: { name: "replicated" },
        provisioner: "linstor.csi.linbit.com",
        parameters: {
          "linstor.csi.linbit.com/storagePool": "data",
          "linstor.csi.linbit.com/layerList": "drbd storage",
          "linstor.csi.linbit.com/allowRemoteVolumeAccess": "true",
          "linstor.csi.linbit.com/autoPlace": "3",
          "property.linstor.csi.linbit.com/DrbdOptions/auto-quorum": "suspend-io",
          "property.linstor.csi.linbit.com/DrbdOptions/Resource/on-no-data-accessible": "suspend-io",
          "property.linstor.csi.linbit.com/DrbdOptions/Resource/on-suspended-primary-outdated": "force-secondary",
          "property.linstor.csi.linbit.com/DrbdOptions/Net/rr-conflict": "retry-connect",
        },
        reclaimPolicy: "Delete",
        allowVolumeExpansion: true,
        volumeBindingMode: "Immediate",
      },
    ]);
  });

  it.each<[StoragePool, object]>([
    [{ type: "lvm", name: "lvm", volumeGroup: "vg" }, { lvmPool: { volumeGroup: "vg" } }],
    [
      { type: "lvmThin", name: "thin", volumeGroup: "vg", thinPool: "tp", hostDevices: ["/dev/sdb"] },
      { lvmThinPool: { volumeGroup: "vg", thinPool: "tp" }, source: { hostDevices: ["/dev/sdb"] } },
    ],
    [{ type: "zfs", name: "zfs", zPool: "z" }, { zfsPool: { zPool: "z" } }],
    [{ type: "zfsThin", name: "zfs", zPool: "z" }, { zfsThinPool: { zPool: "z" } }],
    [
      { type: "fileThin", name: "file", directory: "/var/lib/linstor-pools/file" },
      { fileThinPool: { directory: "/var/lib/linstor-pools/file" } },
    ],
  ])("a pool %j", (pool, expected) => {
    const [configuration] = objectsOf({ nodes: [{ name: "all", pools: [pool] }], classes: [] });
    expect(configuration?.spec).toEqual({ storagePools: [{ name: pool.name, ...expected }] });
  });

  it("nodes by name, and by a label", () => {
    const pools = [DATA];
    const [racks, disks] = objectsOf({
      nodes: [
        { name: "racks", nodes: { names: ["a", "b"] }, pools },
        { name: "disks", nodes: { labels: { disks: "many" } }, pools },
      ],
    });
    expect(racks?.spec).toMatchObject({
      nodeAffinity: {
        nodeSelectorTerms: [
          { matchExpressions: [{ key: "kubernetes.io/hostname", operator: "In", values: ["a", "b"] }] },
        ],
      },
    });
    expect(disks?.spec).toMatchObject({ nodeSelector: { disks: "many" } });
  });
});

describe("replicas", () => {
  const replicas = (nodes: StorageProps["nodes"], machines?: readonly { name: string }[]) =>
    planned({ nodes, classes: [REPLICATED] }, machines).plan.classes[0]?.replicas;

  it("are three, or as many as there are nodes", () => {
    expect(replicas(PROPS.nodes)).toBe(3);
    expect(replicas([{ name: "two", nodes: { names: ["a", "b"] }, pools: [DATA] }])).toBe(2);
    expect(replicas(PROPS.nodes, [...MACHINES, { name: "d" }])).toBe(3);
    expect(replicas([{ name: "some", nodes: { labels: { a: "b" } }, pools: [DATA] }])).toBe(3);
  });

  it("of which there are two have a warning: nobody breaks a tie", () => {
    const { check } = planned({ nodes: [{ name: "two", nodes: { names: ["a", "b"] }, pools: [DATA] }] });
    expect(check.refusals).toEqual([]);
    expect(check.warnings).toHaveLength(1);
  });
});

const pools = (...given: StoragePool[]): Partial<StorageProps> => ({
  nodes: [{ name: "all", pools: given }],
  classes: [],
});
const file = (directory: string): Partial<StorageProps> => pools({ type: "fileThin", name: "file", directory });
const groups = (...nodes: StorageProps["nodes"][number][]): Partial<StorageProps> => ({ nodes, classes: [] });
const classes = (...given: VolumeClass[]): Partial<StorageProps> => ({ classes: given });

it.each<[string, Partial<StorageProps>, string[]]>([
  ["a short name of a pool", pools({ ...DATA, name: "ab" }), ["PL5060"]],
  ["two pools of one name", pools(DATA, { ...DATA, hostDevices: ["/dev/sdb"] }), ["PL5060"]],
  ["one disk in two pools", pools(DATA, { ...DATA, name: "more" }), ["PL5061"]],
  ["a disk that is none", pools({ ...DATA, hostDevices: ["sdb"] }), ["PL5061"]],
  ["files beside the system", file("/opt/pools"), ["PL5062"]],
  ["files that leave /var", file("/var/lib/../../opt"), ["PL5062"]],
  ["a machine that is not there", groups({ name: "x", nodes: { names: ["z"] }, pools: [] }), ["PL5063"]],
  [
    "a node in two groups",
    groups({ name: "x", nodes: { names: ["a"] }, pools: [] }, { name: "y", nodes: { names: ["a"] }, pools: [] }),
    ["PL5063"],
  ],
  [
    "all nodes and some",
    groups({ name: "x", pools: [] }, { name: "y", nodes: { names: ["a"] }, pools: [] }),
    ["PL5063"],
  ],
  [
    "two groups of one name",
    groups(...["a", "b"].map((a) => ({ name: "x", nodes: { names: [a] }, pools: [] }))),
    ["PL5063"],
  ],
  ["a group without a name", groups({ name: "", pools: [] }), ["PL5063"]],
  ["a class without a pool", classes({ ...REPLICATED, pool: "dta" }), ["PL5064"]],
  ["two classes of one name", classes(REPLICATED, REPLICATED), ["PL5064"]],
  [
    "two defaults",
    classes({ ...REPLICATED, isDefault: true }, { type: "local", name: "l", pool: "data", isDefault: true }),
    ["PL5064"],
  ],
  ["more replicas than nodes", classes({ ...REPLICATED, replicas: 4 }), ["PL5065"]],
  ["one replica", classes({ ...REPLICATED, replicas: 1 }), ["PL5065"]],
  [
    "a replicated class on one node",
    { nodes: [{ name: "one", nodes: { names: ["a"] }, pools: [DATA] }], classes: [REPLICATED] },
    ["PL5065"],
  ],
])("%s is refused", (_, props, codes) => expect(planned(props).codes).toEqual(codes));
