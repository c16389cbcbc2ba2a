import { CORE } from "@plinth/core";
import { describe, expect, it } from "vitest";
import type { NetworkProps } from "./plan.js";
import { NETWORK } from "./rules.js";
import { type Case, MORE_CASES } from "./testing/more-cases.js";
import { type NetworkChange, place, refusals } from "./testing/refused.js";

const ranges = (count: number): NetworkProps["sites"] => [
  { name: "racks", cidrs: Array.from({ length: count }, (_, i) => `10.0.${i}.0/24` as const) },
];
const racks = (...cidrs: NetworkProps["sites"][number]["cidrs"]): NetworkProps["sites"] => [{ name: "racks", cidrs }];
const pools = (...given: readonly (readonly [number, number])[]): NetworkChange => ({
  allocationPools: given.map(([start, end]) => ({ start: `192.168.200.${start}`, end: `192.168.200.${end}` })),
});
const route = (destination: `${string}/${number}`, nextHop: string): NetworkChange => ({
  routes: [{ destination, nextHop }],
});

const FREE = "192.168.200.2-192.168.200.251 and 192.168.200.253-192.168.200.254";
const HOP_FIX = "use the L3VPN router's address in this subnet, from 192.168.200.1 to 192.168.200.254";
const NAME_FIX = "give a name of at most 255 letters, digits, hyphens and underscores, for example k8s_l3vpn";
const SERVICE_FIX = "use addresses from 192.168.200.1 to 192.168.200.254, each once";

const cases: readonly Case[] = [
  {
    rule: NETWORK.nextHopOutside,
    given: { nextHop: "192.168.201.1" },
    refused: ["nextHop", "192.168.201.1", HOP_FIX],
    allowed: { nextHop: "192.168.200.2" },
  },
  {
    rule: NETWORK.nextHopOutside,
    given: { nextHop: "192.168.200.255" },
    refused: ["nextHop", "192.168.200.255", HOP_FIX],
    allowed: { nextHop: "192.168.200.254" },
  },
  {
    rule: NETWORK.nextHopOutside,
    given: { nextHop: "192.168.200.0" },
    refused: ["nextHop", "192.168.200.0", HOP_FIX],
    allowed: { nextHop: "192.168.200.2" },
  },
  {
    rule: NETWORK.nextHopOutside,
    given: route("172.16.0.0/12", "10.13.1.1"),
    refused: ["routes[0].nextHop", "10.13.1.1", "use an address from 192.168.200.1 to 192.168.200.254"],
    allowed: route("172.16.0.0/12", "192.168.200.254"),
  },
  {
    rule: NETWORK.nextHopOutside,
    given: route("172.16.0.0/12", "192.168.200.255"),
    refused: ["routes[0].nextHop", "192.168.200.255", "use an address from 192.168.200.1 to 192.168.200.254"],
    allowed: route("172.16.0.0/12", "192.168.200.1"),
  },
  {
    rule: NETWORK.nextHopIsGateway,
    given: { nextHop: "192.168.200.1" },
    refused: [
      "nextHop",
      "192.168.200.1",
      "give the L3VPN router's own address as nextHop, or the cloud router's as gateway",
    ],
    allowed: { nextHop: "192.168.200.1", gateway: "192.168.200.2" },
  },
  {
    rule: NETWORK.gatewayOutside,
    given: { gateway: "192.168.200.255" },
    refused: [
      "gateway",
      "192.168.200.255",
      "use an address from 192.168.200.1 to 192.168.200.254, or leave it out for 192.168.200.1",
    ],
    allowed: { gateway: "192.168.200.254" },
  },
  {
    rule: NETWORK.reservedOutside,
    given: { serviceAddresses: ["192.168.200.253", "192.168.200.255"] },
    refused: ["serviceAddresses[1]", "192.168.200.255", SERVICE_FIX],
    allowed: { serviceAddresses: ["192.168.200.253", "192.168.200.254"] },
  },
  {
    rule: NETWORK.reservedOutside,
    given: { serviceAddresses: ["192.168.200.253", "192.168.200.253"] },
    refused: ["serviceAddresses[1]", "192.168.200.253", SERVICE_FIX],
    allowed: { serviceAddresses: ["192.168.200.253"] },
  },
  {
    rule: NETWORK.reservedOutside,
    given: { serviceAddresses: ["192.168.200.252"] },
    refused: ["serviceAddresses[0]", "192.168.200.252", SERVICE_FIX],
    allowed: { serviceAddresses: ["192.168.200.251"] },
  },
  {
    rule: NETWORK.poolCovers,
    given: pools([2, 252]),
    refused: ["allocationPools[0]", "192.168.200.2-192.168.200.252", `leave allocationPools out, or use ${FREE}`],
    allowed: pools([2, 251], [253, 254]),
  },
  {
    rule: NETWORK.poolCovers,
    given: pools([1, 251]),
    refused: ["allocationPools[0]", "192.168.200.1-192.168.200.251", `leave allocationPools out, or use ${FREE}`],
    allowed: pools([2, 251]),
  },
  {
    rule: NETWORK.poolCovers,
    given: { ...pools([10, 20], [30, 40]), serviceAddresses: ["192.168.200.35"] },
    refused: [
      "allocationPools[1]",
      "192.168.200.30-192.168.200.40",
      "leave allocationPools out, or use 192.168.200.2-192.168.200.34 and 192.168.200.36-192.168.200.251 and 192.168.200.253-192.168.200.254",
    ],
    allowed: { ...pools([10, 20], [30, 34], [36, 40]), serviceAddresses: ["192.168.200.35"] },
  },
  {
    rule: NETWORK.poolCovers,
    given: { ...pools([2, 251]), ...route("172.16.0.0/12", "192.168.200.251") },
    refused: [
      "allocationPools[0]",
      "192.168.200.2-192.168.200.251",
      "leave allocationPools out, or use 192.168.200.2-192.168.200.250 and 192.168.200.253-192.168.200.254",
    ],
    allowed: { ...pools([2, 250]), ...route("172.16.0.0/12", "192.168.200.251") },
  },
  {
    rule: NETWORK.poolInvalid,
    given: pools([20, 10]),
    refused: ["allocationPools[0]", "192.168.200.20-192.168.200.10", `use ${FREE}`],
    allowed: pools([10, 10]),
  },
  {
    rule: NETWORK.poolInvalid,
    given: pools([253, 255]),
    refused: ["allocationPools[0]", "192.168.200.253-192.168.200.255", `use ${FREE}`],
    allowed: pools([253, 254]),
  },
  {
    rule: NETWORK.poolInvalid,
    given: pools([10, 20], [20, 30]),
    refused: ["allocationPools[1]", "192.168.200.20-192.168.200.30", `use ${FREE}`],
    allowed: pools([10, 20], [21, 30]),
  },
  {
    rule: NETWORK.noAddresses,
    given: { cidr: "192.168.200.248/30", nextHop: "192.168.200.250" },
    refused: ["cidr", "192.168.200.248/30", "use a larger range, for example 192.168.200.248/29"],
    allowed: { cidr: "192.168.200.248/29", nextHop: "192.168.200.250" },
  },
  {
    rule: NETWORK.destinationIsSubnet,
    given: { sites: racks("192.168.200.0/24") },
    refused: ["sites[0].cidrs[0]", "192.168.200.0/24", "leave it out: neighbours are reached without a route"],
    allowed: { sites: racks("192.168.201.0/24") },
  },
  {
    rule: NETWORK.destinationIsSubnet,
    given: route("192.168.200.128/25", "192.168.200.5"),
    refused: ["routes[0]", "192.168.200.128/25", "leave it out: neighbours are reached without a route"],
    allowed: route("192.168.201.0/24", "192.168.200.5"),
  },
  {
    rule: NETWORK.duplicateDestination,
    given: {
      sites: [
        { name: "racks", cidrs: ["10.13.1.0/24"] },
        { name: "racks-2", cidrs: ["10.14.0.0/24", "10.13.1.0/24"] },
      ],
    },
    refused: ["sites[1].cidrs[1]", "10.13.1.0/24", "leave one of the two out, this one or sites[0].cidrs[0]"],
    allowed: {
      sites: [
        { name: "racks", cidrs: ["10.13.1.0/24"] },
        { name: "racks-2", cidrs: ["10.14.0.0/24", "10.13.2.0/24"] },
      ],
    },
  },
  {
    rule: NETWORK.duplicateDestination,
    given: route("10.13.1.0/24", "192.168.200.5"),
    refused: ["routes[0]", "10.13.1.0/24", "leave one of the two out, this one or sites[0].cidrs[0]"],
    allowed: route("10.13.1.0/25", "192.168.200.5"),
  },
  {
    rule: NETWORK.defaultRoute,
    given: route("0.0.0.0/0", "192.168.200.5"),
    refused: [
      "routes[0]",
      "0.0.0.0/0",
      'leave it out, and set gateway: "192.168.200.5" if the default route should lead there',
    ],
    allowed: { gateway: "192.168.200.5" },
  },
  {
    rule: NETWORK.defaultRoute,
    given: route("0.0.0.0/0", "10.13.1.1"),
    refused: ["routes[0]", "0.0.0.0/0", "leave it out: the gateway 192.168.200.1 is the default route already"],
    allowed: route("128.0.0.0/1", "192.168.200.5"),
  },
  {
    rule: NETWORK.defaultRoute,
    given: { sites: racks("0.0.0.0/0") },
    refused: [
      "sites[0].cidrs[0]",
      "0.0.0.0/0",
      'leave it out, and set gateway: "192.168.200.252" if the default route should lead there',
    ],
    allowed: { sites: racks("10.0.0.0/8") },
  },
  {
    rule: NETWORK.tooManyRoutes,
    given: { sites: ranges(21) },
    refused: ["sites", "21", "join neighbouring ranges into larger ones, for example two /25 into a /24"],
    allowed: { sites: ranges(20) },
  },
  {
    rule: NETWORK.dhcpPrefix,
    given: { router: { externalNetwork: { name: "ext" }, accessNetwork: { cidr: "10.9.0.0/31" } } },
    refused: ["router.accessNetwork.cidr", "10.9.0.0/31", "use a range of at least four addresses, /30 or larger"],
    allowed: { router: { externalNetwork: { name: "ext" }, accessNetwork: { cidr: "10.9.0.0/30" } } },
  },
  {
    rule: NETWORK.ipVersion,
    given: { sites: racks("10.13.1.0/24", "fd00:1::/64") },
    refused: ["sites[0].cidrs[1]", "fd00:1::/64", "give IPv4 ranges here, and the others to a network of their own"],
    allowed: { cidr: "fd00:2::/64", nextHop: "fd00:2::ff", sites: racks("fd00:1::/64") },
  },
  {
    rule: NETWORK.ipVersion,
    given: { dnsServers: ["9.9.9.9", "2620:fe::fe"] },
    refused: ["dnsServers[1]", "2620:fe::fe", "give the IPv4 address of a name server"],
    allowed: { dnsServers: ["9.9.9.9", "149.112.112.112"] },
  },
  {
    rule: NETWORK.siteName,
    given: { sites: [{ name: "Racks", cidrs: ["10.13.1.0/24"] }] },
    refused: ["sites[0].name", "Racks", "give each site a name of its own, for example racks-2"],
    allowed: { sites: [{ name: "racks-2", cidrs: ["10.13.1.0/24"] }] },
  },
  {
    rule: NETWORK.siteName,
    given: { sites: [{ name: "r".repeat(64), cidrs: ["10.13.1.0/24"] }] },
    refused: ["sites[0].name", "r".repeat(64), "give each site a name of its own, for example racks-2"],
    allowed: { sites: [{ name: "r".repeat(63), cidrs: ["10.13.1.0/24"] }] },
  },
  {
    rule: NETWORK.siteName,
    given: {
      sites: [
        { name: "racks", cidrs: ["10.13.1.0/24"] },
        { name: "racks", cidrs: ["10.13.2.0/24"] },
      ],
    },
    refused: ["sites[1].name", "racks", "give each site a name of its own, for example racks-2"],
    allowed: { sites: racks("10.13.1.0/24", "10.13.2.0/24") },
  },
  {
    rule: NETWORK.siteName,
    given: { sites: racks() },
    refused: ["sites[0].cidrs", "[]", 'give its address range, for example cidrs: ["10.13.1.0/24"]'],
    allowed: { sites: [] },
  },
  {
    rule: NETWORK.siteRouterOutside,
    given: { sites: [{ name: "racks", cidrs: ["10.13.1.0/24"], routerAddress: "10.13.1.255" }] },
    refused: [
      "sites[0].routerAddress",
      "10.13.1.255",
      "use an address from 10.13.1.1 to 10.13.1.254, or leave it out for 10.13.1.1",
    ],
    allowed: { sites: [{ name: "racks", cidrs: ["10.13.1.0/24"], routerAddress: "10.13.1.254" }] },
  },
  {
    rule: NETWORK.subnetWithoutNetwork,
    given: { network: { name: "k8s_l3vpn" }, subnet: { existing: true, name: "k8s_l3vpn" } },
    refused: [
      "subnet",
      '{"existing":true,"name":"k8s_l3vpn"}',
      "set network: { existing: true, name: ... } too, or leave subnet out",
    ],
    allowed: { network: { existing: true, name: "k8s_l3vpn" }, subnet: { existing: true, name: "k8s_l3vpn" } },
  },
  {
    rule: CORE.name,
    given: { network: { name: "n".repeat(256) } },
    refused: ["network.name", "n".repeat(256), NAME_FIX],
    allowed: { network: { name: "сеть №1 ".repeat(31).trim() } },
  },
  {
    rule: CORE.name,
    given: { network: { existing: true, name: "k8s" }, subnet: { existing: true, name: "" } },
    refused: ["subnet.name", '""', NAME_FIX],
    allowed: { network: { existing: true, name: "k8s" }, subnet: { existing: true, name: "n".repeat(255) } },
  },
  {
    rule: CORE.name,
    given: { router: { name: "r".repeat(256), externalNetwork: { name: "ext" } } },
    refused: ["router.name", "r".repeat(256), NAME_FIX],
    allowed: { router: { name: " any\t", externalNetwork: { name: "ext" } } },
  },
  {
    rule: CORE.name,
    given: { router: { externalNetwork: { name: "" } } },
    refused: ["router.externalNetwork.name", '""', NAME_FIX],
    allowed: { router: { externalNetwork: { id: "any id at all" } } },
  },
  {
    rule: CORE.name,
    given: { router: { externalNetwork: { name: "ext" }, accessNetwork: { name: "", cidr: "10.9.0.0/24" } } },
    refused: ["router.accessNetwork.name", '""', NAME_FIX],
    allowed: { router: { externalNetwork: { name: "ext" }, accessNetwork: { name: "a/b", cidr: "10.9.0.0/24" } } },
  },
  {
    rule: CORE.name,
    given: { router: { existing: true, name: "r".repeat(256) } },
    refused: ["router.name", "r".repeat(256), NAME_FIX],
    allowed: { router: { existing: true, id: "any id at all" } },
  },
  {
    rule: CORE.name,
    given: { securityGroup: { name: "g".repeat(256) } },
    refused: ["securityGroup.name", "g".repeat(256), NAME_FIX],
    allowed: { securityGroup: { name: "g".repeat(255) } },
  },
  {
    rule: CORE.name,
    given: { securityGroup: { existing: true, name: "" } },
    refused: ["securityGroup.name", '""', NAME_FIX],
    allowed: { securityGroup: "none" },
  },
  {
    rule: CORE.mtu,
    given: { mtu: 575 },
    refused: ["mtu", "575", "use 1500, or what the network really carries"],
    allowed: { mtu: 576 },
  },
  {
    rule: CORE.mtu,
    given: { sites: [{ name: "racks", cidrs: ["10.13.1.0/24"], mtu: 9217 }] },
    refused: ["sites[0].mtu", "9217", "use 1500, or what the network really carries"],
    allowed: { sites: [{ name: "racks", cidrs: ["10.13.1.0/24"], mtu: 9216 }] },
  },
  {
    rule: CORE.mtu,
    given: { mtu: 1499.5 },
    refused: ["mtu", "1499.5", "use 1500, or what the network really carries"],
    allowed: { mtu: 1499 },
  },
  {
    rule: CORE.octal,
    given: { sites: racks("10.13.1.0/24", "010.14.0.0/16") },
    refused: ["sites[0].cidrs[1]", "010.14.0.0/16", "write 10.14.0.0, if decimal numbers are meant"],
    allowed: { sites: racks("10.13.1.0/24", "10.14.0.0/16") },
  },
  {
    rule: CORE.hostBits,
    given: { sites: racks("10.13.1.1/24") },
    refused: [
      "sites[0].cidrs[0]",
      "10.13.1.1/24",
      "write 10.13.1.0/24 for the range, or 10.13.1.1/32 for the one address",
    ],
    allowed: { sites: racks("10.13.1.1/32") },
  },
  {
    rule: CORE.cidr,
    given: { sites: racks("10.13.1.0/33") },
    refused: ["sites[0].cidrs[0]", "10.13.1.0/33", "use a prefix of 0 to 32"],
    allowed: { sites: racks("10.13.1.0/32") },
  },
  {
    rule: CORE.address,
    given: { nextHop: "192.168.200" },
    refused: ["nextHop", "192.168.200", "write it like 192.168.200.1 or fd00::1"],
    allowed: { nextHop: "192.168.200.200" },
  },
];

const all = [...cases, ...MORE_CASES];

describe("each rule of a network", () => {
  it.each(all)("$rule.code $refused.0 = $refused.1", ({ rule, given, refused, allowed }) => {
    const [property, value, fix] = refused;
    expect(refusals(given).map(place)).toEqual([{ code: rule.code, path: "net", property, value, fix }]);
    expect(refusals(allowed).map(place)).toEqual([]);
  });

  it("is broken by a case above; what depends on the cloud is checked when it is known", () => {
    const tested = new Set(all.map(({ rule }) => rule.code));
    const rest = Object.values(NETWORK).filter(({ code }) => !tested.has(code));
    expect(rest).toEqual([
      NETWORK.existingDiffers,
      NETWORK.bgpvpnUnsupported,
      NETWORK.subnetReplaced,
      NETWORK.gatewayNotJoined,
      NETWORK.sharedNetwork,
      NETWORK.routeGone,
    ]);
  });
});
