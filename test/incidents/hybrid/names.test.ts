import { describe, expect, it } from "vitest";
import { DECKHOUSE, run } from "./program.js";

const TEMPLATE = "OpenStackMachineTemplate";

describe("names and prefixes", () => {
  it("deckhouse/deckhouse#15601: no prefix of the cluster's own configuration is read, which a static cluster has not", async () => {
    const outcome = await run();
    const kinds = outcome.program.resources.filter(({ type }) => type.startsWith("kubernetes:"));
    expect(kinds.length).toBeGreaterThan(10);
    // Deckhouse's template fails in the middle of its queue; by default nothing of Deckhouse is needed
    expect(kinds.filter(({ type }) => type.includes("deckhouse"))).toEqual([]);
  });

  it("deckhouse/deckhouse#12816: machines are named after their group, whatever the masters are", async () => {
    const groups = { burst: { name: "hybrid-dev-burst", zones: ["one-a", "one-b"] } } as const;
    const names = (await run({ groups })).objects("MachineDeployment").map(({ metadata }) => metadata.name);
    expect(names).toEqual(["hybrid-dev-burst-one-a", "hybrid-dev-burst-one-b"]);
    const deckhouse = await run({ cloud: DECKHOUSE, groups });
    expect(deckhouse.objects("NodeGroup").map(({ metadata }) => metadata.name)).toEqual(["hybrid-dev-burst"]);
    const long = await run({ cloud: DECKHOUSE, groups: { burst: { name: "x".repeat(43) } } });
    expect(long.refusals).toEqual([["PL4004", "burst", "name"]]);
  });

  it("hashicorp/terraform#22139: network, subnet and security group are meant by id, so a second one of the name is no matter", async () => {
    const outcome = await run();
    expect(outcome.spec("OpenStackCluster")).toMatchObject({
      network: { id: "net-network-id" },
      subnets: [{ id: "net-subnet-id" }],
    });
    expect(outcome.spec(TEMPLATE)).toMatchObject({
      template: { spec: { ports: [{ securityGroups: [{ id: "net-security-group-id" }] }] } },
    });
  });

  it("gardener/machine-controller-manager#72: what has to be named is named apart in each project, stack and group", async () => {
    const groups = { one: { serverGroup: {} }, two: { serverGroup: {} } };
    const outcome = await run({ groups });
    const names = ["compute/serverGroup:ServerGroup", "compute/flavor:Flavor", "networking/network:Network"]
      .flatMap((type) => outcome.inputs(type))
      .map(({ name }) => name);
    expect(names).toHaveLength(5);
    expect(new Set(names).size).toBe(5);
    expect(names.filter((name) => !/^(hybrid-dev-.*|.*-[0-9a-f]{12})$/.test(`${name}`))).toEqual([]);
  });

  it("kubernetes/cloud-provider-openstack#2038: an image is refused whose name another one has", async () => {
    const twice = await run({ answers: { getImageIds: { ids: ["image-0", "image-1"] } } });
    expect(twice.refusals).toEqual([["PL4031", "burst", "machine.image.name"]]);
    const once = await run({ answers: { getImageIds: { ids: ["image-0"] } } });
    expect(once.spec(TEMPLATE)).toMatchObject({ template: { spec: { image: { filter: { name: "ubuntu" } } } } });
  });
});
