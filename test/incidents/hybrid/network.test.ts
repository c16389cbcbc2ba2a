import { describe, expect, it } from "vitest";
import { run } from "./program.js";

const GROUPS = {};

describe("packets and routes", () => {
  it("cozystack/cozystack#2147: no packet of a pod is larger than the way carries", async () => {
    const given = { mtu: 1442, podNetwork: { mtu: 1393 } } as const;
    expect((await run({ network: given })).refusals).toEqual([["PL3018", "net", "podNetwork.mtu"]]);
    const sites = [{ name: "racks", cidrs: ["10.13.1.0/24"], mtu: 1400 }] as const;
    expect((await run({ network: { sites, podNetwork: { mtu: 1351 } } })).refusals).toEqual([
      ["PL3018", "net", "podNetwork.mtu"],
    ]);
    // the network itself carries no more than the smallest of its sites, which VMs learn by DHCP
    const [network] = (await run({ network: { sites }, groups: GROUPS })).inputs("networking/network:Network");
    expect(network).toMatchObject({ mtu: 1400 });
  });

  it("cozystack/cozystack#2147: no 'packet too big' is dropped", async () => {
    const rules = (await run({ groups: GROUPS })).inputs("networking/secGroupRule:SecGroupRule");
    const from = rules.filter(({ protocol }) => protocol === "icmp").map(({ remoteIpPrefix }) => remoteIpPrefix);
    expect(from).toEqual(["192.168.200.0/24", "10.13.1.0/24"]);
  });

  it.each([
    [undefined, 8472],
    [4790, 4790],
  ])("flannel-io/flannel#2388: VXLAN passes on the port that it has, given %s", async (port, open) => {
    const network = { podNetwork: port === undefined ? {} : { port } };
    const rules = (await run({ network, groups: GROUPS })).inputs("networking/secGroupRule:SecGroupRule");
    expect(rules.filter(({ protocol }) => protocol === "udp")).toMatchObject(
      ["192.168.200.0/24", "10.13.1.0/24"].map((remoteIpPrefix) => ({
        direction: "ingress",
        portRangeMin: open,
        portRangeMax: open,
        remoteIpPrefix,
      })),
    );
  });

  it("terraform-provider-openstack/terraform-provider-openstack#1511: routes are made after the router's interfaces, and go before them", async () => {
    const outcome = await run({
      network: {
        driver: { type: "neutron" },
        router: { externalNetwork: { name: "ext" }, accessNetwork: { cidr: "10.9.0.0/24" } },
      },
      groups: GROUPS,
    });
    const routes = outcome.program.all("openstack:networking/routerRoute:RouterRoute");
    expect(routes).toHaveLength(1);
    for (const route of routes) {
      expect(outcome.waitsFor(route)).toEqual(expect.arrayContaining(["net-router-interface", "net-access-interface"]));
    }
  });

  it("terraform-provider-openstack/terraform-provider-openstack#1108: routes are resources of their own, which no change of the router or subnet drops", async () => {
    const outcome = await run({ network: { router: { externalNetwork: { name: "ext" } } }, groups: GROUPS });
    expect(outcome.inputs("networking/router:Router").flatMap(Object.keys)).not.toContain("routes");
    expect(outcome.inputs("networking/subnet:Subnet").flatMap(Object.keys)).not.toContain("hostRoutes");
    expect(outcome.inputs("networking/subnetRoute:SubnetRoute")).toMatchObject([
      { destinationCidr: "10.13.1.0/24", nextHop: "192.168.200.252" },
    ]);
  });
});
