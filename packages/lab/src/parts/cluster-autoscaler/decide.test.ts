import { describe, expect, it } from "vitest";
import { decide, type GroupNode, type ScaledGroup } from "./decide.js";
import { amountOf, type PodShape } from "./shapes.js";

const GROUP: ScaledGroup = {
  namespace: "racks",
  name: "burst",
  replicas: 0,
  min: 0,
  max: 3,
  shape: {
    ...amountOf({ cpu: "4", memory: "8Gi" }),
    labels: { pool: "burst" },
    taints: [{ key: "dedicated", value: "burst", effect: "NoSchedule" }],
  },
};
const POD: PodShape = {
  ...amountOf({ cpu: "1500m", memory: "1Gi" }),
  nodeSelector: { pool: "burst" },
  tolerations: [{ key: "dedicated", operator: "Equal", value: "burst", effect: "NoSchedule" }],
};
const NOW = { at: 100_000, idleMilliseconds: 15_000 };
const FULL = { cpu: 0, memory: 0 };
const node = (group: ScaledGroup, idleSince?: number, free = FULL): GroupNode => ({
  group,
  machine: "burst-1",
  idleSince,
  free,
});

function replicas(group: ScaledGroup, pods: readonly PodShape[], nodes: readonly GroupNode[] = []): number {
  return decide([group], pods, nodes, NOW)[0]?.replicas ?? group.replicas;
}

describe("the stand-in for the cluster autoscaler", () => {
  it("orders as many machines as the pods fill, up to the maximum", () => {
    expect([0, 1, 2, 3, 5, 50].map((count) => replicas(GROUP, Array(count).fill(POD)))).toEqual([0, 1, 1, 2, 3, 3]);
  });

  it("does not order again what is ordered, but beside the nodes that are full", () => {
    expect(replicas({ ...GROUP, replicas: 1 }, [POD])).toBe(1);
    const full = { ...GROUP, replicas: 1 };
    expect(replicas(full, [POD], [node(full)])).toBe(2);
  });

  it("orders nothing for pods that a node takes that has just come, and the scheduler has not seen yet", () => {
    const group = { ...GROUP, replicas: 1 };
    const empty = [node(group, 0, group.shape)];
    expect([1, 2, 3].map((count) => replicas(group, Array(count).fill(POD), empty))).toEqual([1, 1, 2]);
  });

  it.each<[what: string, change: Partial<PodShape>]>([
    ["does not tolerate the taint", { tolerations: [] }],
    ["tolerates another value", { tolerations: [{ key: "dedicated", value: "other" }] }],
    ["tolerates it for another effect", { tolerations: [{ operator: "Exists", effect: "NoExecute" }] }],
    ["wants another label", { nodeSelector: { pool: "metal" } }],
    ["wants more cores than a node has", { cpu: 4.5 }],
    ["wants more memory than a node has", { memory: 9 * 2 ** 30 }],
  ])("orders nothing for a pod that %s", (_, change) => {
    expect(decide([GROUP], [{ ...POD, ...change }], [], NOW)).toEqual([]);
  });

  it("takes the next group for what the first has no room for", () => {
    const other = { ...GROUP, name: "other" };
    const scalings = decide([{ ...GROUP, max: 1 }, other], Array(5).fill(POD), [], NOW);
    expect(scalings.map(({ group, replicas }) => [group.name, replicas])).toEqual([
      ["burst", 1],
      ["other", 2],
    ]);
  });

  it("removes a node that was idle for long enough, not below the minimum and not while a pod waits", () => {
    const group = { ...GROUP, replicas: 2 };
    expect(decide([group], [], [node(group, 85_000)], NOW)).toEqual([{ group, replicas: 1, remove: "burst-1" }]);
    expect(decide([group], [], [node(group, 85_001)], NOW)).toEqual([]);
    expect(decide([group], [], [node(group)], NOW)).toEqual([]);
    expect(decide([group], [POD], [node(group, 0)], NOW)).toEqual([]);
    const least = { ...group, min: 2 };
    expect(decide([least], [], [node(least, 0)], NOW)).toEqual([]);
  });
});
