import { describe, expect, it } from "vitest";
import { type CloudLimits, Together } from "./plan.js";
import type { NodeGroupProps } from "./props.js";
import { type Around, CLOUD_PROPS, cloudRefusals, networkPlan, place, planGroup } from "./testing/refused.js";

/** Plans groups of these sizes one after another, with a surge of 1. @returns what was refused, in order */
function refusals(sizes: Readonly<Record<string, number>>, around: Around = {}, props: Partial<NodeGroupProps> = {}) {
  const together = new Together();
  return Object.entries(sizes).flatMap(([path, max]) => [
    ...planGroup({ size: { min: 0, max }, ...props }, { together, ...around }, path).refusals,
  ]);
}

const limits = (quota: NonNullable<CloudLimits["quota"]>) => ({ limits: { quota } });

describe("the groups of a network", () => {
  it("have their addresses together: two of 200 are refused in a /24, and all are named", () => {
    const all = refusals({ one: 50, two: 199, three: 199 });
    expect(all.map(place)).toEqual([
      {
        code: "PL4008",
        path: "three",
        property: "size",
        value: "451",
        fix: "lower max or surge of some of them, or give the network a larger range",
      },
    ]);
    expect(all[0]?.summary).toBe(
      "The groups of net may have one 51 + two 200 + three 200 = 451 machines together, and 192.168.200.0/24 has 252 addresses, of which Neutron takes 1",
    );
  });

  it("may take the last address, and are refused once for all that is beyond it", () => {
    expect(refusals({ one: 124, two: 125 })).toEqual([]);
    expect(refusals({ one: 125, two: 125, three: 1 }).map(({ path }) => path)).toEqual(["two"]);
  });

  it("have those of their own network only", () => {
    const together = new Together();
    const other = { network: networkPlan({ cidr: "192.168.201.0/24", nextHop: "192.168.201.252" }) };
    const size = { min: 0, max: 199 };
    expect(planGroup({ size }, { together }, "one").refusals).toEqual([]);
    expect(planGroup({ size }, { together, ...other, networkName: "other" }, "two").refusals).toEqual([]);
  });
});

describe("the groups of a cloud", () => {
  it.each([
    ["instances", limits({ instances: 8 }), "one 5 + two 5 = 10 servers, and the project's quota is 8"],
    ["cores", limits({ cores: 39 }), "one 20 + two 20 = 40 cores, and the project's quota is 39"],
    [
      "memory",
      limits({ memoryMiB: 81919 }),
      "one 40960 + two 40960 = 81920 MiB of memory, and the project's quota is 81919",
    ],
    ["ports", limits({ ports: 9 }), "one 5 + two 5 = 10 ports, and the project's quota is 9"],
  ])("fit into the quota together: %s", (what, around, text) => {
    const all = refusals({ one: 4, two: 4 }, around);
    expect(all.map(({ code, path, property, summary }) => [code, path, property, summary])).toEqual([
      ["PL4024", "two", "size", `The groups of cloud may take ${text}`],
    ]);
    expect(all[0]?.fix).toContain(`quota.${what}`);
    expect(refusals({ one: 4, two: 4 }, limits({ instances: 10, cores: 40, memoryMiB: 81920, ports: 10 }))).toEqual([]);
  });

  it("have a pod range for each node", () => {
    const podRanges = { nodes: 8n, podCidr: "10.111.0.0/21", maskSize: 24 };
    expect(refusals({ one: 3, two: 4 }, { limits: { podRanges } }).map(({ code, summary }) => [code, summary])).toEqual(
      [["PL4014", "The groups of cloud may have one 4 + two 5 = 9 nodes, and 10.111.0.0/21 has 8 ranges of /24"]],
    );
    expect(refusals({ one: 3, two: 3 }, { limits: { podRanges } })).toEqual([]);
  });

  it("have names that differ", () => {
    const all = refusals({ one: 1, two: 1 }, {}, { name: "burst" });
    expect(all.map(place)).toEqual([
      { code: "PL4021", path: "two", property: "name", value: "burst", fix: "give one of them another name" },
    ]);
    expect(refusals({ one: 1, two: 1 })).toEqual([]);
  });

  it("have machines whose names differ", () => {
    const together = new Together();
    const around = { together, engine: { type: "clusterApi" } } as const;
    const names = [
      ["one", { name: "a-b", zones: ["c"] }],
      ["two", { name: "a", zones: ["b-c"] }],
    ] as const;
    const all = names.flatMap(([path, props]) => planGroup(props, around, path).refusals);
    expect(all.map(({ code, path, summary }) => [code, path, summary])).toEqual([
      ["PL4021", "two", "one and two would both have an object named a-b-c"],
    ]);
  });
});

describe("the limits of a cloud", () => {
  const cluster = CLOUD_PROPS.cluster;

  it.each([
    [{ cluster: { ...cluster, nodeCidrMaskSize: 15 } }, "PL4014", "cluster.nodeCidrMaskSize"],
    [{ cluster: { ...cluster, nodeCidrMaskSize: 31 } }, "PL4014", "cluster.nodeCidrMaskSize"],
    [{ quota: { cores: -1 } }, "PL4024", "quota.cores"],
    [{ quota: { instances: 1.5 } }, "PL4024", "quota.instances"],
    [{ quota: { memory: "much" as "1Gi" } }, "PL1006", "quota.memory"],
    [{ quota: { ports: -1 } }, "PL4024", "quota.ports"],
    [{ quota: { ram: "1Gi" } as object }, "PL1009", "quota.ram"],
  ])("are numbers that a cloud can have: %j", (change, code, property) => {
    expect(cloudRefusals(change).map((refusal) => [refusal.code, refusal.property])).toEqual([[code, property]]);
  });

  it("may be as small as a range for each node, and as large as the whole", () => {
    expect(cloudRefusals({ cluster: { ...cluster, nodeCidrMaskSize: 16 } })).toEqual([]);
    expect(cloudRefusals({ cluster: { ...cluster, nodeCidrMaskSize: 30 } })).toEqual([]);
    expect(cloudRefusals({ quota: { instances: 0, cores: 0, memory: "0Mi" } })).toEqual([]);
  });
});
