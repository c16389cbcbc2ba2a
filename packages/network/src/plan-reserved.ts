import type { Address, Check, Cidr } from "@plinth/core";
import type { GivenRoute } from "./plan-routes.js";
import { NETWORK } from "./rules.js";

/** An address that no VM gets, and why. */
export interface ReservedAddress {
  /** A host address of the subnet. */
  readonly address: Address;
  /** What has it, for example `gateway`. */
  readonly use: string;
  /** The property that says so. */
  readonly property: string;
}

/** The addresses that no VM may get: gateway, next hops and service addresses, each once. */
export function reserve(
  cidr: Cidr,
  used: {
    readonly gateway: Address | undefined;
    readonly nextHop: Address | undefined;
    /** In the order in which they were given; `undefined` for one that could not be read. */
    readonly services: readonly (Address | undefined)[];
    readonly routes: readonly GivenRoute[];
  },
  check: Check,
): ReservedAddress[] {
  const { gateway, nextHop, services, routes } = used;
  const reserved: ReservedAddress[] = [];
  if (gateway !== undefined && cidr.isHost(gateway)) {
    reserved.push({ address: gateway, use: "gateway", property: "gateway" });
  }
  // behind a BGP VPN's gateway both are one
  if (nextHop !== undefined && cidr.isHost(nextHop) && !gateway?.equals(nextHop)) {
    reserved.push({ address: nextHop, use: "L3VPN router", property: "nextHop" });
  }
  services.forEach((address, i) => {
    if (address === undefined) return;
    const property = `serviceAddresses[${i}]`;
    const other = reserved.find((one) => one.address.equals(address));
    if (cidr.isHost(address) && other === undefined) {
      reserved.push({ address, use: "service address", property });
      return;
    }
    check.refuse(NETWORK.reservedOutside, {
      property,
      value: address.toString(),
      message:
        other === undefined
          ? `The service address ${address} is not a host address of ${cidr}`
          : `${address} is the ${other.use} already (${other.property})`,
      fix: `use addresses from ${cidr.firstHost} to ${cidr.lastHost}, each once`,
    });
  });
  for (const route of routes) {
    // one that is refused for its destination is none to be spared
    if (!cidr.isHost(route.nextHop) || route.destination.prefix === 0) continue;
    if (reserved.some(({ address }) => address.equals(route.nextHop))) continue;
    reserved.push({ address: route.nextHop, use: "next hop", property: `${route.property}.nextHop` });
  }
  return reserved;
}
