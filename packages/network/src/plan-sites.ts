import { type Address, type Check, type Cidr, isDnsLabel } from "@plinth/core";
import { SITE_FIELDS, type Site } from "./props.js";
import { NETWORK } from "./rules.js";

/** A site with its values read. */
export interface PlannedSite {
  readonly name: string;
  readonly cidrs: readonly Cidr[];
  readonly hosts: "own" | "managed";
  readonly routerAddress: Address | undefined;
  /** Bytes. */
  readonly mtu: number;
}

/** Largest packet of an ordinary Ethernet, and of providers' L3VPN routers by default, in bytes. */
export const DEFAULT_MTU = 1500;

/** Reads the sites; what cannot be read is refused and left out. */
export function planSites(sites: readonly Site[], check: Check): PlannedSite[] {
  const names = new Set<string>();
  return sites.map((site, i) => {
    const property = `sites[${i}]`;
    check.fields<Site>(site, SITE_FIELDS, property);
    if (!isDnsLabel(site.name) || names.has(site.name) || site.cidrs.length === 0) {
      const message = names.has(site.name)
        ? `Two sites are named ${site.name}`
        : site.cidrs.length === 0
          ? `The site ${site.name} has no range`
          : `${JSON.stringify(site.name)} is not a name of lower case letters, digits and hyphens`;
      check.refuse(NETWORK.siteName, {
        property: site.cidrs.length === 0 ? `${property}.cidrs` : `${property}.name`,
        value: site.name,
        message,
        fix:
          site.cidrs.length === 0 ? "give its address range" : "give each site a name of its own, for example racks-2",
      });
    }
    names.add(site.name);
    const cidrs = site.cidrs.map((text, j) => check.cidr(`${property}.cidrs[${j}]`, text));
    return {
      name: site.name,
      cidrs: cidrs.filter((cidr) => cidr !== undefined),
      hosts: site.hosts ?? "own",
      routerAddress:
        site.routerAddress === undefined ? undefined : check.address(`${property}.routerAddress`, site.routerAddress),
      mtu: site.mtu ?? DEFAULT_MTU,
    };
  });
}
