import { PlinthError } from "@plinth/core";
import { describe, expect, it } from "vitest";
import { type RunOptions, runNetwork, sent } from "./testing/captured-network.js";

const NETWORK = "openstack:networking/getNetwork:getNetwork";
const SUBNET = "openstack:networking/getSubnet:getSubnet";
const existing = { network: { existing: true, name: "k8s_l3vpn" } } as const;

describe("a network that is adopted", () => {
  it("by name is looked up with the subnet of its CIDR, and only routes are made", async () => {
    const attempt = await runNetwork(existing);
    expect(attempt.errors).toEqual([]);
    expect(attempt.calls).toEqual([
      { token: NETWORK, args: { name: "k8s_l3vpn" } },
      { token: SUBNET, args: { networkId: "id of k8s_l3vpn", cidr: "192.168.200.0/24" } },
    ]);
    expect(sent(attempt)).toEqual({
      "net-route-10-13-1-0-24": {
        type: "openstack:networking/subnetRoute:SubnetRoute",
        inputs: { subnetId: "subnet-0", destinationCidr: "10.13.1.0/24", nextHop: "192.168.200.252" },
      },
    });
    expect(attempt.program.outputs).toEqual({
      networkId: "id of k8s_l3vpn",
      networkName: "k8s_l3vpn",
      subnetId: "subnet-0",
    });
  });

  it("by id is looked up by it, and gives its name", async () => {
    const attempt = await runNetwork({ network: { existing: true, id: "network-0" } });
    expect(attempt.calls[0]).toEqual({ token: NETWORK, args: { networkId: "network-0" } });
    expect(attempt.program.outputs.networkName).toBe("name of network-0");
  });

  it.each([
    ["name", { existing: true, name: "s" }, { networkId: "id of k8s_l3vpn", name: "s" }],
    ["id", { existing: true, id: "subnet-0" }, { subnetId: "subnet-0" }],
  ] as const)("has its subnet looked up by %s where one is given", async (_, subnet, args) => {
    const attempt = await runNetwork({ ...existing, subnet });
    expect(attempt.errors).toEqual([]);
    expect(attempt.calls[1]).toEqual({ token: SUBNET, args });
  });

  it("may get a subnet that is made", async () => {
    const attempt = await runNetwork({ ...existing, subnet: { existing: false } });
    expect(attempt.calls.map(({ token }) => token)).toEqual([NETWORK]);
    expect(Object.keys(sent(attempt))).toEqual(["net-subnet", "net-route-10-13-1-0-24"]);
    expect(sent(attempt)["net-subnet"]?.inputs).toMatchObject({ networkId: "id of k8s_l3vpn" });
  });

  it.each([
    ["of another project, which shares it", "none", { shared: "true", tenantId: "project-1" }, ["PL3029"]],
    ["of another project, with pods encapsulated", "vxlan", { shared: "true", tenantId: "project-1" }, []],
    ["of one's own project, which shares it", "none", { shared: "true", tenantId: "project-0" }, []],
    ["of another project, which an administrator may change", "none", { shared: "false", tenantId: "project-1" }, []],
  ] as const)("%s, is refused where pods' own addresses are on its ports", async (_, encapsulation, network, codes) => {
    const attempt = await runNetwork({ ...existing, podNetwork: { encapsulation } }, { network });
    expect(attempt.errors.map((error) => (PlinthError.isInstance(error) ? error.code : error))).toEqual(codes);
    expect(attempt.program.all("openstack:networking/subnetRoute:SubnetRoute")).toHaveLength(
      codes.length === 0 ? 1 : 0,
    );
  });

  it("is not looked up before the program has been checked", async () => {
    const attempt = await runNetwork({ ...existing, nextHop: "192.168.201.1" });
    expect(attempt.errors).toHaveLength(1);
    expect(attempt.calls).toEqual([]);
  });
});

describe("a subnet that is adopted", () => {
  type Differing = [what: string, subnet: NonNullable<RunOptions["subnet"]>, summary: string, fix: string];
  const differing: readonly Differing[] = [
    [
      "another CIDR",
      { cidr: "192.168.0.0/16" },
      "The existing subnet has the CIDR 192.168.0.0/16, not 192.168.200.0/24",
      'set cidr: "192.168.0.0/16"',
    ],
    [
      "another gateway",
      { gatewayIp: "192.168.200.254" },
      "The existing subnet has the gateway 192.168.200.254, not 192.168.200.1",
      'set gateway: "192.168.200.254"',
    ],
    [
      "no gateway",
      { gatewayIp: "" },
      "The existing subnet has the gateway (none), not 192.168.200.1",
      "have its owner set a gateway, or make a subnet",
    ],
    ...([2, 252] as const).flatMap((first) =>
      ([252, 254] as const).map(
        (last): Differing => [
          `a pool that covers the next hop, .${first} to .${last}`,
          {
            allocationPools: [
              { start: "192.168.200.10", end: "192.168.200.20" },
              { start: `192.168.200.${first}`, end: `192.168.200.${last}` },
            ],
          },
          `The existing subnet hands out 192.168.200.${first}-192.168.200.${last}, which covers a reserved address`,
          "have its owner set the allocation pools to 192.168.200.2-192.168.200.251 and 192.168.200.253-192.168.200.254",
        ],
      ),
    ),
  ];

  it.each(differing)("is refused with %s", async (_, subnet, summary, fix) => {
    const { errors, program } = await runNetwork(existing, { subnet });
    expect(errors).toHaveLength(1);
    const [error] = errors;
    if (!PlinthError.isInstance(error)) throw error;
    const { code, path, property, value } = error;
    expect({ code, path, property, value }).toEqual({
      code: "PL3015",
      path: "net",
      property: "subnet",
      value: "subnet-0",
    });
    expect(error).toMatchObject({ summary, fix });
    expect(program.resources.map(({ name }) => name)).toEqual(["hybrid-dev", "net"]);
  });

  it("may have pools that end beside the reserved addresses", async () => {
    const allocationPools = [
      { start: "192.168.200.2", end: "192.168.200.251" },
      { start: "192.168.200.253", end: "192.168.200.254" },
    ];
    expect((await runNetwork(existing, { subnet: { allocationPools } })).errors).toEqual([]);
  });
});
