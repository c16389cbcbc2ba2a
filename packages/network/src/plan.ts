import type { Address, AddressClaim, AddressRange, Check, Cidr } from "@plinth/core";
import { checkFields } from "./plan-fields.js";
import { planMtu } from "./plan-mtu.js";
import { checkName } from "./plan-names.js";
import { planPools } from "./plan-pools.js";
import { type ReservedAddress, reserve } from "./plan-reserved.js";
import { planReturnRoutes, type ReturnRoute } from "./plan-return-routes.js";
import { type PlannedRoute, planRoutes, readRoutes } from "./plan-routes.js";
import { type PlannedSite, planSites } from "./plan-sites.js";
import type { NetworkProps } from "./props.js";
import { NETWORK } from "./rules.js";

export { encapsulationBytes, podMtu } from "./plan-mtu.js";
export { checkName } from "./plan-names.js";
export type { ReservedAddress } from "./plan-reserved.js";
export type { ReturnRoute } from "./plan-return-routes.js";
export type { PlannedRoute } from "./plan-routes.js";
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
  /** The L3VPN router: another host address of the subnet. */
  readonly nextHop: Address;
  /** Addresses that no VM gets: gateway, next hops and service addresses. */
  readonly reserved: readonly ReservedAddress[];
  /** Addresses that VMs may get. */
  readonly pools: readonly AddressRange[];
  /** The sites in the order in which they were given. */
  readonly sites: readonly PlannedSite[];
  /** Routes of the VMs. The default route is the gateway and not among them. */
  readonly routes: readonly PlannedRoute[];
  /** Routes of the sites' hosts, for sites with hosts of ours. */
  readonly returnRoutes: readonly ReturnRoute[];
  /** Name servers of the VMs; empty: the cloud's own. */
  readonly dnsServers: readonly Address[];
  /** Largest packet that gets from a VM to every site, in bytes. */
  readonly mtu: number;
  /** Names in OpenStack as given; `undefined` where one is derived or only an id is known. */
  readonly names: { readonly network: string | undefined; readonly router: string | undefined };
  /** What exists already. */
  readonly adopted: { readonly network: boolean; readonly subnet: boolean };
  /** The second network that the router joins, if there is one. */
  readonly accessNetwork: PlannedAccessNetwork | undefined;
  /** Whether a router of one's own is made. */
  readonly hasRouter: boolean;
  /** Who runs the L3VPN router. */
  readonly driver: "provider";
}

/**
 * Computes a network. Pure: no cdk8s, no Pulumi, nothing is read or sent.
 * @param check takes what is wrong; its path is the owner of the address ranges
 * @returns the plan and the ranges to claim, or `undefined` when the numbers cannot be computed
 */
export function planNetwork(
  props: NetworkProps,
  check: Check,
): { readonly plan: NetworkPlan; readonly claims: readonly AddressClaim[] } | undefined {
  checkFields(props, check);
  const cidr = check.cidr("cidr", props.cidr);
  const nextHop = check.address("nextHop", props.nextHop);
  const gateway = props.gateway === undefined ? cidr?.firstHost : check.address("gateway", props.gateway);
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
  if (nextHop !== undefined) checkNextHop(cidr, nextHop, gateway, check);
  const reserved = reserve(cidr, { gateway, nextHop, services, routes: extra }, check);
  const pools = planPools(cidr, reserved, props.allocationPools, check);
  if (nextHop === undefined || gateway === undefined) return undefined;

  const routes = planRoutes({ cidr, gateway, nextHop, ranges, extra }, check);
  const plan: NetworkPlan = {
    cidr,
    gateway,
    nextHop,
    reserved,
    pools,
    sites,
    routes,
    returnRoutes: planReturnRoutes(cidr, sites),
    dnsServers: dns.filter((address) => address !== undefined),
    mtu,
    names: { network: props.network?.name, router: props.router?.name },
    adopted: {
      network: props.network?.existing === true,
      subnet: props.subnet === undefined ? props.network?.existing === true : props.subnet.existing === true,
    },
    accessNetwork: access,
    hasRouter: props.router !== undefined,
    driver: "provider",
  };
  return { plan, claims: claimsOf(plan, check.path) };
}

function planAccessNetwork(props: NetworkProps, check: Check): PlannedAccessNetwork | undefined {
  const given = props.router?.accessNetwork;
  const cidr = given === undefined ? undefined : check.cidr("router.accessNetwork.cidr", given.cidr);
  if (cidr === undefined) return undefined;
  checkDhcp("router.accessNetwork.cidr", cidr, check);
  return { name: given?.name, cidr, gateway: cidr.firstHost };
}

function checkNames({ network, subnet, router }: NetworkProps, check: Check): void {
  checkName("network.name", network?.name, check);
  checkName("subnet.name", subnet?.name, check);
  checkName("router.name", router?.name, check);
  checkName("router.externalNetwork.name", router?.externalNetwork.name, check);
  checkName("router.accessNetwork.name", router?.accessNetwork?.name, check);
}

function checkAdopted({ network, subnet }: NetworkProps, check: Check): void {
  if (subnet?.existing !== true || network?.existing === true) return;
  check.refuse(NETWORK.subnetWithoutNetwork, {
    property: "subnet",
    value: subnet,
    message: "The subnet exists, and its network is to be made",
    fix: "set network: { existing: true, name: ... } too, or leave subnet out",
  });
}

function checkDhcp(property: string, cidr: Cidr, check: Check): void {
  if (cidr.version === 6 || cidr.prefix <= 30) return;
  check.refuse(NETWORK.dhcpPrefix, {
    property,
    value: cidr.toString(),
    message: `${cidr} is too small for DHCP`,
    fix: "use a range of at least four addresses, /30 or larger",
  });
}

function checkVersions(property: string, all: readonly (Address | undefined)[], cidr: Cidr, check: Check): void {
  all.forEach((address, i) => {
    if (address === undefined || address.version === cidr.version) return;
    check.refuse(NETWORK.ipVersion, {
      property: `${property}[${i}]`,
      value: address.toString(),
      message: `${address} is IPv${address.version} and the subnet is IPv${cidr.version}`,
      fix: `give the IPv${cidr.version} address of a name server`,
    });
  });
}

function checkGateway(cidr: Cidr, gateway: Address, check: Check): void {
  if (cidr.isHost(gateway)) return;
  check.refuse(NETWORK.gatewayOutside, {
    property: "gateway",
    value: gateway.toString(),
    message: `The gateway ${gateway} is not a host address of ${cidr}`,
    fix: `use an address from ${cidr.firstHost} to ${cidr.lastHost}, or leave it out for ${cidr.firstHost}`,
  });
}

function checkNextHop(cidr: Cidr, nextHop: Address, gateway: Address | undefined, check: Check): void {
  if (!cidr.isHost(nextHop)) {
    check.refuse(NETWORK.nextHopOutside, {
      property: "nextHop",
      value: nextHop.toString(),
      message: `The next hop ${nextHop} is not a host address of ${cidr}`,
      fix: `use the L3VPN router's address in this subnet, from ${cidr.firstHost} to ${cidr.lastHost}`,
    });
  } else if (gateway?.equals(nextHop)) {
    check.refuse(NETWORK.nextHopIsGateway, {
      property: "nextHop",
      value: nextHop.toString(),
      message: `${nextHop} is the gateway as well as the next hop towards the sites`,
      fix: "give the L3VPN router's own address as nextHop, or the cloud router's as gateway",
    });
  }
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
