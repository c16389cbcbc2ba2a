import { validateObject } from "@plinth/api/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HybridNodeGroupArgs } from "./hybrid-node-group.js";
import { MACHINE_SHAPES, type MachineShape } from "./machine-shapes.js";
import type { NodeGroupProps } from "./plan.js";
import type { Image, Machine } from "./props.js";
import { NODES } from "./rules.js";
import { runCloud, sent } from "./testing/captured-cloud.js";
import { CLUSTER_API_ARGS } from "./testing/cluster-api.js";
import { objectsOf } from "./testing/cluster-api-objects.js";
import { GROUP_PROPS, planGroup } from "./testing/refused.js";

const CLUSTER_API = { engine: { type: "clusterApi" } } as const;
const machine = (change: object): Pick<NodeGroupProps, "machine"> => ({
  machine: { ...GROUP_PROPS.machine, ...change } as Machine,
});
const codes = (given: Partial<NodeGroupProps>, around = {}) =>
  planGroup(given, around).refusals.map(({ code, property }) => [code, property]);

describe("what exists in the cloud", () => {
  it("is found by Cluster API by id or by name: image, server group, security groups, networks", async () => {
    const group = {
      ...machine({ image: { existing: true, id: "image-id" } }),
      serverGroup: { existing: true, id: "server-group-id" },
      additionalSecurityGroups: [{ name: "monitored" }, { id: "security-group-id" }],
      additionalPorts: [{ network: { name: "storage" } }, { network: { id: "network-id" } }],
    } as const;
    const { "machine-template": template } = await objectsOf("burst", { group });
    expect(validateObject(template)).toEqual([]);
    const securityGroups = [{ id: expect.any(String) }, { filter: { name: "monitored" } }, { id: "security-group-id" }];
    expect(template?.spec).toMatchObject({
      template: {
        spec: {
          image: { id: "image-id" },
          serverGroup: { id: "server-group-id" },
          ports: [
            { securityGroups },
            { network: { filter: { name: "storage" } }, securityGroups },
            { network: { id: "network-id" }, securityGroups },
          ],
        },
      },
    });
    const { calls } = await runCloud({ cloud: CLUSTER_API_ARGS, group });
    expect(calls.filter(({ token }) => /^getImage/.test(token))).toEqual([]);
  });

  it("has new machines when it changes", async () => {
    const name = async (group: Partial<HybridNodeGroupArgs>) =>
      (await objectsOf("burst", { group }))["machine-template"]?.metadata.name;
    const names = await Promise.all([
      name({}),
      name({ additionalPorts: [{ network: { name: "storage" } }] }),
      name({ port: { trunk: true } }),
      name({ additionalSecurityGroups: [{ name: "storage" }] }),
      name(machine({ image: { existing: true, id: "image-id" } })),
    ]);
    expect(new Set(names).size).toBe(names.length);
  });

  it("is found by Deckhouse by name, and by it alone", async () => {
    const group = {
      additionalSecurityGroups: [{ name: "monitored" }],
      additionalPorts: [{ network: { name: "storage" } }],
    };
    const attempt = await runCloud({ group });
    const { inputs } = sent(attempt, "burst")["burst-deckhouse/instance-class"] ?? {};
    expect(validateObject(inputs)).toEqual([]);
    expect(inputs).toMatchObject({
      spec: { additionalNetworks: ["storage"], additionalSecurityGroups: ["monitored"] },
    });
    const byId = {
      ...machine({ image: { existing: true, id: "i" } }),
      additionalSecurityGroups: [{ id: "s" }],
      additionalPorts: [{ network: { name: "storage" } }, { network: { id: "n" } }],
    };
    expect(codes(byId)).toEqual([
      [NODES.byName.code, "machine.image.id"],
      [NODES.byName.code, "additionalSecurityGroups[0].id"],
      [NODES.byName.code, "additionalPorts[1].network.id"],
    ]);
    expect(codes(byId, CLUSTER_API)).toEqual([]);
  });

  it("is a flavor that is looked up by its id, and must have the machine's shape", async () => {
    const { program, calls, errors } = await runCloud({ group: machine({ flavor: { existing: true, id: "f-1" } }) });
    expect(errors).toEqual([]);
    expect(calls).toContainEqual({ token: "getFlavor", args: { flavorId: "f-1" } });
    expect(program.all("openstack:compute/flavor:Flavor")).toEqual([]);
    const other = await runCloud(
      { group: machine({ flavor: { existing: true, id: "f-1" } }) },
      { flavor: { vcpus: 8 } },
    );
    expect(other.errors).toMatchObject([{ code: NODES.flavorDiffers.code }]);
  });

  it("is named by exactly one of name and id, and once", () => {
    const both = { existing: true, name: "a", id: "b" } as unknown as Image;
    const made = { id: "b", file: "disk.img" } as unknown as Image;
    const twice = { additionalPorts: [{ network: { name: "storage" } }, { network: { name: "storage" } }] };
    const none = { additionalSecurityGroups: [{} as { name: string }] };
    expect(codes(machine({ image: both }), CLUSTER_API)).toEqual([[NODES.reference.code, "machine.image"]]);
    expect(codes(machine({ image: made }), CLUSTER_API)).toEqual([[NODES.reference.code, "machine.image"]]);
    expect(codes(machine({ flavor: { existing: true } }), CLUSTER_API)).toEqual([
      [NODES.reference.code, "machine.flavor"],
    ]);
    expect(codes({ serverGroup: { existing: true, id: "" } }, CLUSTER_API)).toEqual([
      [NODES.reference.code, "serverGroup"],
    ]);
    expect(codes(twice, CLUSTER_API)).toEqual([[NODES.reference.code, "additionalPorts[1]"]]);
    expect(codes(none, CLUSTER_API)).toEqual([[NODES.reference.code, "additionalSecurityGroups[0]"]]);
    expect(codes({ additionalPorts: [{ network: { name: "n".repeat(256) } }] })).toEqual([
      ["PL1008", "additionalPorts[0].network.name"],
    ]);
  });

  it("costs a port for each further network", () => {
    const group = { size: { replicas: 2 }, surge: 0, additionalPorts: [{ network: { name: "storage" } }] } as const;
    const limits = (ports: number) => ({ limits: { quota: { ports } } });
    expect(codes(group, limits(4))).toEqual([]);
    expect(codes(group, limits(3))).toEqual([[NODES.quota.code, "size"]]);
  });
});

describe("the catalogue of shapes", () => {
  it("has the shapes that their names say, and each can be a flavor", () => {
    fc.assert(
      fc.property(fc.constantFrom(...(Object.keys(MACHINE_SHAPES) as MachineShape[])), (shape) => {
        const [, cores, memory, disk] = /^c(\d+)m(\d+)d(\d+)$/.exec(shape) ?? [];
        expect(MACHINE_SHAPES[shape]).toEqual({ cores: Number(cores), memory: `${memory}Gi`, disk: `${disk}Gi` });
        const { plan, refusals } = planGroup({ machine: { shape, image: GROUP_PROPS.machine.image } });
        expect(refusals).toEqual([]);
        expect(plan?.machine).toMatchObject({
          cores: Number(cores),
          memoryMiB: Number(memory) * 1024,
          diskGiB: Number(disk),
        });
      }),
    );
  });

  it("is not asked where numbers are given, and refuses both, and what it does not have", () => {
    expect(codes(machine({ shape: "c4m8d50" }))).toEqual([[NODES.shape.code, "machine.shape"]]);
    const unknown = { shape: "huge", image: GROUP_PROPS.machine.image } as unknown as Machine;
    expect(codes({ machine: unknown })).toEqual([[NODES.shape.code, "machine.shape"]]);
  });
});
