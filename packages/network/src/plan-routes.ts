import type { Address, Check, Cidr } from "@plinth/core";
import type { PlannedSite } from "./plan-sites.js";
import type { Route } from "./props.js";
import { NETWORK } from "./rules.js";

/** A route that the VMs get. */
export interface PlannedRoute {
  readonly destination: Cidr;
  readonly nextHop: Address;
  /** Name of the site, or `undefined` for a route that was given by itself. */
  readonly site: string | undefined;
  /** Where it was given. */
  readonly property: string;
}

/** Neutron's default limit of host routes for a subnet (`max_subnet_host_routes`). */
const MAX_HOST_ROUTES = 20;

/** The routes of the VMs: one to each range of each site, then those given by themselves. */
export function planRoutes(
  network: {
    readonly cidr: Cidr;
    readonly gateway: Address;
    readonly nextHop: Address;
    readonly sites: readonly PlannedSite[];
    readonly extra: readonly Route[];
  },
  check: Check,
): PlannedRoute[] {
  const { cidr, gateway, nextHop } = network;
  const candidates: PlannedRoute[] = network.sites.flatMap((site, i) =>
    site.cidrs.map((destination, j) => ({
      destination,
      nextHop,
      site: site.name,
      property: `sites[${i}].cidrs[${j}]`,
    })),
  );
  network.extra.forEach((route, i) => {
    const property = `routes[${i}]`;
    const destination = check.cidr(`${property}.destination`, route.destination);
    const via = check.address(`${property}.nextHop`, route.nextHop);
    if (destination === undefined || via === undefined) return;
    if (!cidr.isHost(via) && destination.prefix > 0) {
      check.refuse(NETWORK.nextHopOutside, {
        property: `${property}.nextHop`,
        value: route.nextHop,
        message: `The next hop ${via} is not a host address of ${cidr}`,
        fix: `use an address from ${cidr.firstHost} to ${cidr.lastHost}`,
      });
    }
    candidates.push({ destination, nextHop: via, site: undefined, property });
  });

  const routes: PlannedRoute[] = [];
  for (const route of candidates) {
    if (acceptable(route, cidr, gateway, routes, check)) routes.push(route);
  }
  if (routes.length > MAX_HOST_ROUTES) {
    check.refuse(NETWORK.tooManyRoutes, {
      property: "sites",
      value: routes.length,
      message: `${routes.length} routes are more than the ${MAX_HOST_ROUTES} that Neutron takes`,
      fix: "join neighbouring ranges into larger ones",
    });
  }
  return routes;
}

function acceptable(
  route: PlannedRoute,
  cidr: Cidr,
  gateway: Address,
  before: readonly PlannedRoute[],
  check: Check,
): boolean {
  const { destination, nextHop, property } = route;
  const value = destination.toString();
  if (destination.version !== cidr.version) {
    check.refuse(NETWORK.ipVersion, {
      property,
      value,
      message: `${destination} is IPv${destination.version} and the subnet is IPv${cidr.version}`,
      fix: `give IPv${cidr.version} ranges here, and the others to a network of their own`,
    });
    return false;
  }
  if (destination.prefix === 0) {
    check.refuse(NETWORK.defaultRoute, {
      property,
      value,
      message: `${destination} via ${nextHop} is a default route`,
      fix: nextHop.equals(gateway)
        ? `leave it out: the gateway ${gateway} is the default route already`
        : `leave it out, and set gateway: "${nextHop}" if the default route should lead there`,
    });
    return false;
  }
  if (cidr.contains(destination)) {
    check.refuse(NETWORK.destinationIsSubnet, {
      property,
      value,
      message: `${destination} lies in the subnet ${cidr} itself`,
      fix: "leave it out: neighbours are reached without a route",
    });
    return false;
  }
  const other = before.find((one) => one.destination.equals(destination));
  if (other !== undefined) {
    check.refuse(NETWORK.duplicateDestination, {
      property,
      value,
      message: `${destination} has a route already, from ${other.property}`,
      fix: "leave one of the two out",
    });
    return false;
  }
  return true;
}
