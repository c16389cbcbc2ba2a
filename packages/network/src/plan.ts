import type { Address, AddressClaim, AddressRange, Check, Cidr } from "@plinth/core";
import {
  checkAdopted,
  checkDhcp,
  checkGateway,
  checkIpv6,
  checkNames,
  checkNextHop,
  checkVersions,
} from "./plan-checks.js";
import { checkNextHopGiven, type DriverRules, driverRules, nextHopRanges, type RoutesAt } from "./plan-driver.js";
import { checkFields } from "./plan-fields.js";
import { planMtu } from "./plan-mtu.js";
import { type PlannedPodNetwork, planPodNetwork } from "./plan-pods.js";
import { planPools } from "./plan-pools.js";
import { type ReservedAddress, reserve } from "./plan-reserved.js";
import { planReturnRoutes, type ReturnRoute } from "./plan-return-routes.js";
import { type PlannedRoute, planRoutes, readRoutes } from "./plan-routes.js";
import { type PlannedSecurityGroup, planSecurityGroup } from "./plan-security.js";
import { type PlannedSite, planSites } from "./plan-sites.js";
import type { Ipv6AddressMode, NetworkProps } from "./props.js";

export type { DriverRules, RoutesAt } from "./plan-driver.js";
export { encapsulationBytes, podMtu } from "./plan-mtu.js";
export { checkName } from "./plan-names.js";
export type { PlannedPodNetwork } from "./plan-pods.js";
export type { ReservedAddress } from "./plan-reserved.js";
export type { ReturnRoute } from "./plan-return-routes.js";
export type { PlannedRoute } from "./plan-routes.js";
export type { PlannedSecurityGroup, PlannedSecurityRule } from "./plan-security.js";
export type { PlannedSite } from "./plan-sites.js";
export type { NetworkProps, Site } from "./props.js";

/** A second network and its numbers. */
export interface PlannedAccessNetwork {
  /** Name in OpenStack as given; `undefined` where it is derived. */
  readonly name: string | undefined;
  readonly cidr: Cidr;
  /** The cloud router's address in it: the first host address. */
  readonly gateway: Address;
}

/** All that is computed for a network, before anything is sent. */
export interface NetworkPlan {
  /** Range of the subnet in which VMs are made. */
  readonly cidr: Cidr;
  /** Default gateway of the VMs: a host address of the subnet. */
  readonly gateway: Address;
  /** Towards the sites: the L3VPN router, or the gateway where the driver keeps the way behind it. */
  readonly nextHop: Address;
  /** Addresses that no VM gets: gateway, next hops and service addresses. */
  readonly reserved: readonly ReservedAddress[];
  /** Addresses that VMs may get. */
  readonly pools: readonly AddressRange[];
  /** The sites in the order in which they were given. */
  readonly sites: readonly PlannedSite[];
  /** Routes to the sites and those given by themselves. The default route is the gateway and not among them. */
  readonly routes: readonly PlannedRoute[];
  /** Where the routes to the sites are kept: with the VMs, in their router, or behind the gateway. */
  readonly routesAt: RoutesAt;
  /** Routes of the sites' hosts, for sites with hosts of ours. */
  readonly returnRoutes: readonly ReturnRoute[];
  /** Name servers of the VMs; empty: the cloud's own. */
  readonly dnsServers: readonly Address[];
  /** Largest packet that gets from a VM to every site, in bytes. */
  readonly mtu: number;
  /** The pod network above this one. */
  readonly podNetwork: PlannedPodNetwork;
  /** `undefined` where somebody else sees to it. */
  readonly securityGroup: PlannedSecurityGroup | undefined;
  /** How VMs get their addresses; `undefined` for IPv4. */
  readonly ipv6AddressMode: Ipv6AddressMode | undefined;
  /** Names in OpenStack as given; `undefined` where one is derived or only an id is known. */
  readonly names: { readonly network: string | undefined; readonly router: string | undefined };
  /** What exists already. */
  readonly adopted: { readonly network: boolean; readonly subnet: boolean; readonly router: boolean };
  /** The second network that the router joins, if there is one. */
  readonly accessNetwork: PlannedAccessNetwork | undefined;
  /** Whether there is a router of one's own, made or adopted. */
  readonly hasRouter: boolean;
  /** Whether the router gets the subnet's gateway address: not where it has it already. */
  readonly joinsSubnet: boolean;
  /** Name of the driver: of who runs the L3VPN router. */
  readonly driver: string;
}

/**
 * Computes a network. Pure: no cdk8s, no Pulumi, nothing is read or sent.
 * @param check takes what is wrong; its path is the owner of the address ranges
 * @param rules what the driver decides. @default - the rules of the driver that the properties name
 * @returns the plan and the ranges to claim, or `undefined` when the numbers cannot be computed
 */
export function planNetwork(
  props: NetworkProps,
  check: Check,
  rules: DriverRules = driverRules(props.driver),
): { readonly plan: NetworkPlan; readonly claims: readonly AddressClaim[] } | undefined {
  checkFields(props, check);
  const cidr = check.cidr("cidr", props.cidr);
  checkNextHopGiven(rules, props.nextHop, check);
  const gateway = props.gateway === undefined ? cidr?.firstHost : check.address("gateway", props.gateway);
  const given = props.nextHop === undefined ? undefined : check.address("nextHop", props.nextHop);
  const nextHop = rules.routesAt === "gateway" ? gateway : given;
  const services = (props.serviceAddresses ?? []).map((text, i) => check.address(`serviceAddresses[${i}]`, text));
  const dns = (props.dnsServers ?? []).map((text, i) => check.address(`dnsServers[${i}]`, text));
  const { sites, ranges } = planSites(props.sites, check);
  const extra = readRoutes(props.routes ?? [], check);
  const access = planAccessNetwork(props, check);
  const mtu = planMtu(props.mtu, sites, check);
  checkNames(props, check);
  checkAdopted(props, check);
  if (cidr === undefined) return undefined;

  checkDhcp("cidr", cidr, check);
  checkVersions("dnsServers", dns, cidr, check);
  if (gateway !== undefined) checkGateway(cidr, gateway, check);
  if (nextHop !== undefined && rules.routesAt !== "gateway") checkNextHop(cidr, nextHop, gateway, check);
  const reserved = reserve(cidr, { gateway, nextHop, services, routes: extra }, check);
  const pools = planPools(cidr, reserved, props.allocationPools, check);
  if (nextHop === undefined || gateway === undefined) return undefined;

  const hops = nextHopRanges(rules, cidr, access?.cidr);
  const around = { cidr, gateway, nextHop, ranges, extra, hops };
  const routes = planRoutes(around, { at: rules.routesAt, given: props.maxRoutes }, check);
  checkIpv6(props, cidr, rules.routesAt === "subnet" && routes.length > 0, check);
  const podNetwork = planPodNetwork(props.podNetwork ?? {}, mtu, cidr.version, check);
  const dnsServers = dns.filter((address) => address !== undefined);
  const adopted = adoptedIn(props);
  const plan: NetworkPlan = {
    cidr,
    gateway,
    nextHop,
    reserved,
    pools,
    sites,
    routes,
    routesAt: rules.routesAt,
    returnRoutes: planReturnRoutes(cidr, sites),
    dnsServers,
    mtu,
    podNetwork,
    securityGroup: planSecurityGroup(props.securityGroup, { cidr, sites, pods: podNetwork, dnsServers }, check),
    ipv6AddressMode: cidr.version === 6 ? (props.ipv6AddressMode ?? "dhcpv6-stateful") : undefined,
    names: { network: props.network?.name, router: props.router?.name },
    adopted,
    accessNetwork: access,
    hasRouter: props.router !== undefined,
    joinsSubnet: joinsSubnet(props, adopted.subnet),
    driver: rules.name,
  };
  rules.validate(plan, props, check);
  return { plan, claims: claimsOf(plan, check.path) };
}

function adoptedIn({ network, subnet, router }: NetworkProps): NetworkPlan["adopted"] {
  return {
    network: network?.existing === true,
    subnet: subnet === undefined ? network?.existing === true : subnet.existing === true,
    router: router?.existing === true,
  };
}

function joinsSubnet({ router }: NetworkProps, subnetIsAdopted: boolean): boolean {
  if (router?.existing !== true) return router !== undefined;
  return (router.subnetInterface ?? (subnetIsAdopted ? "existing" : "made")) === "made";
}

function planAccessNetwork(props: NetworkProps, check: Check): PlannedAccessNetwork | undefined {
  const given = props.router?.accessNetwork;
  const cidr = given === undefined ? undefined : check.cidr("router.accessNetwork.cidr", given.cidr);
  if (cidr === undefined) return undefined;
  checkDhcp("router.accessNetwork.cidr", cidr, check);
  return { name: given?.name, cidr, gateway: cidr.firstHost };
}

function claimsOf(plan: NetworkPlan, owner: string): AddressClaim[] {
  const claims: AddressClaim[] = [{ cidr: plan.cidr, owner, property: "cidr", use: "subnet for VMs" }];
  // a range that was refused as destination of a route is not refused once more
  for (const { destination: cidr, site, property } of plan.routes) {
    if (site === undefined) continue;
    // several networks may be joined to the same site
    claims.push({ cidr, owner, property, use: `site ${site}`, shared: `site ${site}` });
  }
  if (plan.accessNetwork !== undefined) {
    claims.push({ cidr: plan.accessNetwork.cidr, owner, property: "router.accessNetwork.cidr", use: "access network" });
  }
  return claims;
}
