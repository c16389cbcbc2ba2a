import type { CidrText } from "@plinth/core";
import { describe, expect, it } from "vitest";
import type { NetworkProps } from "./plan.js";
import { refusals } from "./testing/refused.js";

describe("a network", () => {
  it("is refused in the literal form of the article: a default route as host route", () => {
    const [refusal, ...others] = refusals({
      routes: [
        { destination: "0.0.0.0/0", nextHop: "192.168.200.1" },
        { destination: "192.168.204.0/24", nextHop: "192.168.200.252" },
      ],
    });
    expect(others).toEqual([]);
    expect(refusal?.message).toBe(
      [
        "PL3010  0.0.0.0/0 via 192.168.200.1 is a default route",
        "  where  net: routes[0]",
        "  given  0.0.0.0/0",
        "  rule   The default route is the subnet's gateway, never a host route",
        "  cause  The DHCP agent drops a host route 0.0.0.0/0 beside a gateway; OVN sends two default routes (openstack/neutron:neutron/agent/linux/dhcp.py; plugins/ml2/drivers/ovn/mech_driver/ovsdb/ovn_client.py)",
        "  fix    leave it out: the gateway 192.168.200.1 is the default route already",
      ].join("\n"),
    );
  });

  it("is refused for all that is wrong with it, each once", () => {
    const all = refusals({
      nextHop: "192.168.201.1",
      gateway: "192.168.200.255",
      mtu: 0,
      sites: [
        { name: "racks", cidrs: ["10.13.1.0/240" as "10.13.1.0/24", "192.168.200.64/26"] },
        { name: "racks", cidrs: ["10.0.0.0/8", "10.1.0.0/16"] },
      ],
      routes: [{ destination: "10.0.0.0/8", nextHop: "x" }],
      dnsServers: ["9.9.9"],
    });
    expect(all.map(({ code, property }) => [code, property])).toEqual([
      ["PL1001", "dnsServers[0]"],
      ["PL1003", "sites[0].cidrs[0]"],
      ["PL3014", "sites[1].name"],
      ["PL1001", "routes[0].nextHop"],
      ["PL1011", "mtu"],
      ["PL3003", "gateway"],
      ["PL3001", "nextHop"],
      ["PL3008", "sites[0].cidrs[1]"],
      ["PL1005", "sites[1].cidrs[1]"],
    ]);
  });

  it("of fewer than four addresses is too small for DHCP and for VMs", () => {
    const all = refusals({ cidr: "192.168.200.252/31", gateway: "192.168.200.253" });
    expect(all.map(({ code, property }) => [code, property])).toEqual([
      ["PL3012", "cidr"],
      ["PL3007", "cidr"],
    ]);
  });

  it("has no properties but its own, at any depth", () => {
    const misspelt = {
      nexthop: "192.168.200.252",
      sites: [{ name: "racks", cidrs: ["10.13.1.0/24"], cidr: "10.13.1.0/24" }],
      routes: [{ destination: "172.16.0.0/12", nextHop: "192.168.200.5", via: "192.168.200.5" }],
      allocationPools: [{ start: "192.168.200.10", end: "192.168.200.20", stop: "192.168.200.20" }],
      network: { name: "n", exists: true },
      subnet: { name: "s", uuid: "u" },
      driver: { type: "provider", bgpvpnId: "b" },
      router: {
        externalNetwork: { name: "e", ID: "i" },
        snat: true,
        accessNetwork: { cidr: "10.9.0.0/24", gateway: "10.9.0.1" },
      },
    };
    const all = refusals(misspelt as Partial<NetworkProps>);
    expect(all.map(({ code, property }) => `${code} ${property}`).sort()).toEqual([
      "PL1009 allocationPools[0].stop",
      "PL1009 driver.bgpvpnId",
      "PL1009 network.exists",
      "PL1009 nexthop",
      "PL1009 router.accessNetwork.gateway",
      "PL1009 router.externalNetwork.ID",
      "PL1009 router.snat",
      "PL1009 routes[0].via",
      "PL1009 sites[0].cidr",
      "PL1009 subnet.uuid",
    ]);
    expect(all.find(({ property }) => property === "nexthop")?.fix).toMatch(/\(did you mean nextHop\?\)$/);
  });
});

describe("ranges that overlap name both owners", () => {
  const racks = (...cidrs: NetworkProps["sites"][number]["cidrs"]): NetworkProps["sites"] => [{ name: "racks", cidrs }];
  const db = (cidr: CidrText): NetworkProps["sites"] => [{ name: "db", cidrs: [cidr], hosts: "managed" }];
  const access = (cidr: CidrText): Partial<NetworkProps> => ({
    router: { externalNetwork: { name: "ext" }, accessNetwork: { cidr } },
  });
  interface Overlap {
    readonly between: string;
    readonly given: Partial<NetworkProps>;
    readonly property: string;
    readonly summary: string;
    readonly other: string;
    /** Neighbours, which are no overlap. */
    readonly allowed: Partial<NetworkProps>;
  }
  const overlaps: readonly Overlap[] = [
    {
      between: "a site and the subnet in it",
      given: { sites: racks("192.168.0.0/16") },
      property: "sites[0].cidrs[0]",
      summary: "192.168.0.0/16 (site racks) overlaps 192.168.200.0/24 (subnet for VMs of net, cidr)",
      other: "cidr",
      allowed: { sites: racks("192.168.128.0/18") },
    },
    {
      between: "two ranges of one site",
      given: { sites: racks("10.13.0.0/16", "10.13.1.0/24") },
      property: "sites[0].cidrs[1]",
      summary: "10.13.1.0/24 (site racks) overlaps 10.13.0.0/16 (site racks of net, sites[0].cidrs[0])",
      other: "sites[0].cidrs[0]",
      allowed: { sites: racks("10.13.0.0/24", "10.13.1.0/24") },
    },
    {
      between: "two sites",
      given: { sites: [...racks("10.13.1.0/24"), ...db("10.13.0.0/23")] },
      property: "sites[1].cidrs[0]",
      summary: "10.13.0.0/23 (site db) overlaps 10.13.1.0/24 (site racks of net, sites[0].cidrs[0])",
      other: "sites[0].cidrs[0]",
      allowed: { sites: [...racks("10.13.1.0/24"), ...db("10.13.2.0/23")] },
    },
    {
      between: "access network and subnet",
      given: access("192.168.200.128/25"),
      property: "router.accessNetwork.cidr",
      summary: "192.168.200.128/25 (access network) overlaps 192.168.200.0/24 (subnet for VMs of net, cidr)",
      other: "cidr",
      allowed: access("192.168.201.0/25"),
    },
    {
      between: "access network and site",
      given: access("10.13.1.0/24"),
      property: "router.accessNetwork.cidr",
      summary: "10.13.1.0/24 (access network) overlaps 10.13.1.0/24 (site racks of net, sites[0].cidrs[0])",
      other: "sites[0].cidrs[0]",
      allowed: access("10.13.2.0/24"),
    },
  ];

  it.each(overlaps)("$between", ({ given, property, summary, other, allowed }) => {
    const all = refusals(given);
    expect(all.map((refusal) => [refusal.code, refusal.path, refusal.property, refusal.summary])).toEqual([
      ["PL1005", "net", property, summary],
    ]);
    expect(all[0]?.fix).toBe(`give one of the two another range: net (${property}) or net (${other})`);
    expect(refusals(allowed)).toEqual([]);
  });
});
