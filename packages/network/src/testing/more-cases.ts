import type { Rule } from "@plinth/core";
import { NETWORK } from "../rules.js";
import type { NetworkChange } from "./refused.js";

/** One way to break a rule. */
export interface Case {
  readonly rule: Rule;
  readonly given: NetworkChange;
  /** Property, value and fix of the refusal. */
  readonly refused: readonly [property: string, value: string | undefined, fix: string];
  /** The nearest that is allowed, often what the fix says. */
  readonly allowed: NetworkChange;
}

const router = { externalNetwork: { name: "ext" }, accessNetwork: { cidr: "10.9.0.0/24" } } as const;
const NEUTRON = { driver: { type: "neutron" }, router } as const satisfies NetworkChange;
const BGPVPN = { driver: { type: "bgpvpn", bgpvpnId: "vpn-0" }, nextHop: undefined } as const satisfies NetworkChange;
const IPV6 = { cidr: "fd00:2::/64", nextHop: "fd00:2::ff", sites: [] } as const satisfies NetworkChange;
const SET_ROUTER = "set router, for example { existing: true, name: ... } or { externalNetwork: { name: ... } }";
const MORE_BYTES = "have every network on the way carry more, so that at least 1280 are left";

const ranges = (count: number): NetworkChange => ({
  sites: [{ name: "racks", cidrs: Array.from({ length: count }, (_, i) => `10.0.${i}.0/24` as const) }],
});
const route = (nextHop: string): NetworkChange => ({ routes: [{ destination: "172.16.0.0/12", nextHop }] });

/** Ways to break the rules of drivers, pod networks and IPv6. */
export const MORE_CASES: readonly Case[] = [
  {
    rule: NETWORK.podMtu,
    given: { podNetwork: { mtu: 1451 } },
    refused: ["podNetwork.mtu", "1451", "leave it out for 1450, or use less"],
    allowed: { podNetwork: { mtu: 1450 } },
  },
  {
    rule: NETWORK.podMtu,
    given: { podNetwork: { encapsulation: "wireguard", mtu: 1391 }, mtu: 1450 },
    refused: ["podNetwork.mtu", "1391", "leave it out for 1390, or use less"],
    allowed: { podNetwork: { encapsulation: "wireguard", mtu: 1390 }, mtu: 1450 },
  },
  {
    rule: NETWORK.podMtu,
    given: { ...IPV6, podNetwork: { encapsulation: "geneve", mtu: 1423 } },
    refused: ["podNetwork.mtu", "1423", "leave it out for 1422, or use less"],
    allowed: { ...IPV6, podNetwork: { encapsulation: "geneve", mtu: 1422 } },
  },
  {
    rule: NETWORK.ipv6Mtu,
    given: { ...IPV6, mtu: 1279, podNetwork: { ipFamilies: ["IPv4"] } },
    refused: ["mtu", "1279", MORE_BYTES],
    allowed: { ...IPV6, mtu: 1280, podNetwork: { ipFamilies: ["IPv4"] } },
  },
  {
    rule: NETWORK.ipv6Mtu,
    given: { mtu: 1329, podNetwork: { ipFamilies: ["IPv4", "IPv6"] } },
    refused: ["podNetwork", "1279", MORE_BYTES],
    allowed: { mtu: 1330, podNetwork: { ipFamilies: ["IPv4", "IPv6"] } },
  },
  {
    rule: NETWORK.podNetworkPort,
    given: { podNetwork: { port: 65536 } },
    refused: ["podNetwork.port", "65536", "leave port out for 8472, or use what the pod network is set to"],
    allowed: { podNetwork: { port: 65535 } },
  },
  {
    rule: NETWORK.podNetworkPort,
    given: { podNetwork: { encapsulation: "none", port: 8472 } },
    refused: ["podNetwork.port", "8472", "leave port out"],
    allowed: { podNetwork: { encapsulation: "none" } },
  },
  {
    rule: NETWORK.driverNeedsRouter,
    given: { driver: { type: "neutron" } },
    refused: ["driver", "neutron", SET_ROUTER],
    allowed: NEUTRON,
  },
  {
    rule: NETWORK.driverNeedsRouter,
    given: { ...BGPVPN, driver: { ...BGPVPN.driver, associate: "router" } },
    refused: ["driver.associate", "router", SET_ROUTER],
    allowed: { ...BGPVPN, driver: { ...BGPVPN.driver, associate: "router" }, router },
  },
  ...["192.168.200.1", "10.9.0.1"].map(
    (own): Case => ({
      rule: NETWORK.nextHopIsRouter,
      given: { ...NEUTRON, ...route(own) },
      refused: [
        "routes[0].nextHop",
        own,
        "give the address of another router in one of the networks that it joins, or leave the route out",
      ],
      allowed: { ...NEUTRON, ...route("10.9.0.2") },
    }),
  ),
  {
    rule: NETWORK.nextHopOutside,
    given: { ...NEUTRON, ...route("10.9.1.1") },
    refused: [
      "routes[0].nextHop",
      "10.9.1.1",
      "use an address from 192.168.200.1 to 192.168.200.254 or from 10.9.0.1 to 10.9.0.254",
    ],
    allowed: { ...NEUTRON, ...route("10.9.0.254") },
  },
  {
    rule: NETWORK.tooManyRouterRoutes,
    given: { ...NEUTRON, ...ranges(31) },
    refused: ["sites", "31", "join neighbouring ranges into larger ones, for example two /25 into a /24"],
    allowed: { ...NEUTRON, ...ranges(30) },
  },
  {
    rule: NETWORK.tooManyRoutes,
    given: { ...ranges(26), maxRoutes: 25 },
    refused: ["sites", "26", "join neighbouring ranges into larger ones, for example two /25 into a /24"],
    allowed: { ...ranges(25), maxRoutes: 25 },
  },
  {
    rule: NETWORK.nextHopByDriver,
    given: { nextHop: undefined },
    refused: ["nextHop", undefined, "give the L3VPN router's address in the subnet as nextHop"],
    allowed: {},
  },
  {
    rule: NETWORK.nextHopByDriver,
    given: { ...BGPVPN, nextHop: "192.168.200.252" },
    refused: ["nextHop", "192.168.200.252", "leave nextHop out"],
    allowed: { ...BGPVPN, ...ranges(40) },
  },
  {
    rule: NETWORK.ipv6Mode,
    given: { ipv6AddressMode: "slaac" },
    refused: ["ipv6AddressMode", "slaac", "leave ipv6AddressMode out"],
    allowed: { ...IPV6, ipv6AddressMode: "slaac" },
  },
  {
    rule: NETWORK.ipv6Mode,
    given: { ...IPV6, cidr: "fd00:2::/80", ipv6AddressMode: "dhcpv6-stateless" },
    refused: ["ipv6AddressMode", "dhcpv6-stateless", "use a /64, or ipv6AddressMode: dhcpv6-stateful"],
    allowed: { ...IPV6, cidr: "fd00:2::/80", ipv6AddressMode: "dhcpv6-stateful" },
  },
];
