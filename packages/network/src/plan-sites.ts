import { type Address, type Check, type Cidr, isDnsLabel } from "@plinth/core";
import { SITE_FIELDS, type Site } from "./props.js";
import { NETWORK } from "./rules.js";

/** A site with its values read. */
export interface PlannedSite {
  /** A DNS label, unique in the network. */
  readonly name: string;
  /** Its ranges, at least one. */
  readonly cidrs: readonly Cidr[];
  /** Whose its hosts are: only our own need return routes. */
  readonly hosts: "own" | "managed";
  /** The L3VPN router's address in one of the ranges, where one was given. */
  readonly routerAddress: Address | undefined;
  /** Whether its hosts may begin talking to the VMs. */
  readonly inbound: boolean;
  /** Largest packet that its network carries, in bytes. */
  readonly mtu: number;
}

/** A range of a site, with where it was given. */
export interface SiteRange {
  /** Name of the site. */
  readonly site: string;
  readonly cidr: Cidr;
  /** For example `sites[0].cidrs[1]`. */
  readonly property: string;
}

/** Largest packet of an ordinary Ethernet, and of providers' L3VPN routers by default, in bytes. */
export const DEFAULT_MTU = 1500;

/** Reads the sites, and their ranges as one list; what cannot be read is refused and left out. */
export function planSites(
  given: readonly Site[],
  check: Check,
): { readonly sites: readonly PlannedSite[]; readonly ranges: readonly SiteRange[] } {
  const names = new Set<string>();
  const ranges: SiteRange[] = [];
  const sites = given.map((site, i) => {
    const property = `sites[${i}]`;
    check.fields<Site>(site, SITE_FIELDS, property);
    checkName(site, property, names, check);
    names.add(site.name);
    const own = site.cidrs.flatMap((text, j): SiteRange[] => {
      const at = `${property}.cidrs[${j}]`;
      const cidr = check.cidr(at, text);
      return cidr === undefined ? [] : [{ site: site.name, cidr, property: at }];
    });
    ranges.push(...own);
    const cidrs = own.map(({ cidr }) => cidr);
    return {
      name: site.name,
      cidrs,
      hosts: site.hosts ?? "own",
      routerAddress: readRouterAddress(site, cidrs, `${property}.routerAddress`, check),
      inbound: site.inbound ?? (site.hosts ?? "own") === "own",
      mtu: site.mtu ?? DEFAULT_MTU,
    };
  });
  return { sites, ranges };
}

function checkName({ name, cidrs }: Site, property: string, names: ReadonlySet<string>, check: Check): void {
  if (!isDnsLabel(name) || names.has(name)) {
    check.refuse(NETWORK.siteName, {
      property: `${property}.name`,
      value: name,
      message: names.has(name)
        ? `Two sites are named ${name}`
        : `${JSON.stringify(name)} is not a name of at most 63 lower case letters, digits and hyphens`,
      fix: "give each site a name of its own, for example racks-2",
    });
  }
  if (cidrs.length > 0) return;
  check.refuse(NETWORK.siteName, {
    property: `${property}.cidrs`,
    value: cidrs,
    message: `The site ${name} has no range`,
    fix: 'give its address range, for example cidrs: ["10.13.1.0/24"]',
  });
}

function readRouterAddress(
  { name, cidrs: given, routerAddress }: Site,
  cidrs: readonly Cidr[],
  property: string,
  check: Check,
): Address | undefined {
  const address = routerAddress === undefined ? undefined : check.address(property, routerAddress);
  // where a range could not be read, the address may be right
  if (address === undefined || cidrs.length < given.length || cidrs.length === 0) return address;
  if (cidrs.some((cidr) => cidr.isHost(address))) return address;
  const hosts = cidrs.map(({ firstHost, lastHost }) => `from ${firstHost} to ${lastHost}`).join(" or ");
  check.refuse(NETWORK.siteRouterOutside, {
    property,
    value: address.toString(),
    message: `The router address ${address} is not a host address of the site ${name}`,
    fix: `use an address ${hosts}, or leave it out for ${cidrs[0]?.firstHost}`,
  });
  return address;
}
