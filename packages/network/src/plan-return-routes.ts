import type { Address, Cidr } from "@plinth/core";
import type { PlannedSite } from "./plan-sites.js";

/** A route that the hosts of a site need, so that answers find the VMs. */
export interface ReturnRoute {
  /** Name of the site. */
  readonly site: string;
  /** Range of the site in which the hosts are that need it. */
  readonly hostsIn: Cidr;
  /** The subnet of the VMs. */
  readonly destination: Cidr;
  /** The L3VPN router's address at the site. */
  readonly nextHop: Address;
}

/** The return routes of all sites that have hosts of ours. */
export function planReturnRoutes(cidr: Cidr, sites: readonly PlannedSite[]): ReturnRoute[] {
  return sites
    .filter(({ hosts }) => hosts === "own")
    .flatMap((site) =>
      site.cidrs.map((hostsIn) => ({
        site: site.name,
        hostsIn,
        destination: cidr,
        nextHop:
          site.routerAddress !== undefined && hostsIn.isHost(site.routerAddress)
            ? site.routerAddress
            : hostsIn.firstHost,
      })),
    );
}

/** The return routes as netplan writes them: the `routes` list of the interface that is in the site's network. */
export function toNetplan(routes: readonly ReturnRoute[]): string {
  // netplan takes no list without a value
  if (routes.length === 0) return "routes: []\n";
  const lines = routes.flatMap(({ hostsIn, destination, nextHop }) => [
    `  # hosts in ${hostsIn}`,
    `  - to: ${destination}`,
    `    via: ${nextHop}`,
  ]);
  return ["routes:", ...lines, ""].join("\n");
}

/** The return routes as `ip route` commands. */
export function toIpRoute(routes: readonly ReturnRoute[]): string[] {
  return routes.map(({ destination, nextHop }) => `ip route add ${destination} via ${nextHop}`);
}
