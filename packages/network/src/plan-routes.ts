import type { Address, Check, Cidr } from "@plinth/core";
import type { RoutesAt } from "./plan-driver.js";
import type { SiteRange } from "./plan-sites.js";
import { ROUTE_FIELDS, type Route } from "./props.js";
import { NETWORK } from "./rules.js";

/** A route that the VMs get. */
export interface PlannedRoute {
  /** Where it leads: outside the subnet, never a default route. */
  readonly destination: Cidr;
  /** A host address of the subnet. */
  readonly nextHop: Address;
  /** Name of the site, or `undefined` for a route that was given by itself. */
  readonly site: string | undefined;
  /** Where it was given. */
  readonly property: string;
}

/** A route that was given by itself, with its values read. */
export interface GivenRoute {
  /** Where it leads. */
  readonly destination: Cidr;
  /** Not checked yet. */
  readonly nextHop: Address;
  /** Where it was given. */
  readonly property: string;
}

/** Neutron's default limits: of host routes for a subnet (`max_subnet_host_routes`), of extra routes for a router (`max_routes`). */
const MAX_ROUTES = { subnet: 20, router: 30 } as const;

/** Reads the routes that are given by themselves; what cannot be read is refused and left out. */
export function readRoutes(given: readonly Route[], check: Check): GivenRoute[] {
  return given.flatMap((route, i): GivenRoute[] => {
    const property = `routes[${i}]`;
    check.fields<Route>(route, ROUTE_FIELDS, property);
    const destination = check.cidr(`${property}.destination`, route.destination);
    const nextHop = check.address(`${property}.nextHop`, route.nextHop);
    return destination === undefined || nextHop === undefined ? [] : [{ destination, nextHop, property }];
  });
}

/** The routes of the VMs: one to each range of each site, then those given by themselves. */
export function planRoutes(
  network: {
    readonly cidr: Cidr;
    readonly gateway: Address;
    readonly nextHop: Address;
    readonly ranges: readonly SiteRange[];
    readonly extra: readonly GivenRoute[];
    /** Ranges in which next hops may be. */
    readonly hops: readonly Cidr[];
  },
  limit: { readonly at: RoutesAt; readonly given: number | undefined },
  check: Check,
): PlannedRoute[] {
  const { cidr, gateway, nextHop, hops } = network;
  const candidates: PlannedRoute[] = network.ranges.map(({ site, cidr: destination, property }) => ({
    destination,
    nextHop,
    site,
    property,
  }));
  for (const route of network.extra) {
    // a default route is refused below, whatever its next hop
    if (!hops.some((range) => range.isHost(route.nextHop)) && route.destination.prefix > 0) {
      check.refuse(NETWORK.nextHopOutside, {
        property: `${route.property}.nextHop`,
        value: route.nextHop.toString(),
        message: `The next hop ${route.nextHop} is not a host address of ${hops.join(" or ")}`,
        fix: `use an address ${hops.map(({ firstHost, lastHost }) => `from ${firstHost} to ${lastHost}`).join(" or ")}`,
      });
    }
    candidates.push({ ...route, site: undefined });
  }

  const byDestination = new Map<string, PlannedRoute>();
  for (const route of candidates) {
    if (acceptable(route, cidr, gateway, byDestination, check)) byDestination.set(`${route.destination}`, route);
  }
  const routes = [...byDestination.values()];
  checkCount(routes, limit, check);
  return routes;
}

/** Refuses more routes than Neutron takes. Behind the gateway only those count that are given by themselves. */
function checkCount(
  routes: readonly PlannedRoute[],
  { at, given }: { readonly at: RoutesAt; readonly given: number | undefined },
  check: Check,
): void {
  const kept = at === "gateway" ? routes.filter(({ site }) => site === undefined) : routes;
  const max = given ?? MAX_ROUTES[at === "router" ? "router" : "subnet"];
  if (kept.length <= max) return;
  check.refuse(at === "router" ? NETWORK.tooManyRouterRoutes : NETWORK.tooManyRoutes, {
    property: "sites",
    value: kept.length,
    message: `${kept.length} routes are more than the ${max} that Neutron takes`,
    fix: "join neighbouring ranges into larger ones, for example two /25 into a /24",
  });
}

function acceptable(
  route: PlannedRoute,
  cidr: Cidr,
  gateway: Address,
  before: ReadonlyMap<string, PlannedRoute>,
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
      fix:
        nextHop.equals(gateway) || !cidr.isHost(nextHop)
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
  const other = before.get(value);
  if (other !== undefined) {
    check.refuse(NETWORK.duplicateDestination, {
      property,
      value,
      message: `${destination} has a route already, from ${other.property}`,
      fix: `leave one of the two out, this one or ${other.property}`,
    });
    return false;
  }
  return true;
}
