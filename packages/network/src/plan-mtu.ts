import { type Check, CORE } from "@plinth/core";
import { DEFAULT_MTU, type PlannedSite } from "./plan-sites.js";

const MIN_MTU = 576;
const MAX_MTU = 9216;

/**
 * Bytes that a pod network adds to each packet, by how it carries pods' packets between nodes. VXLAN over IPv4: outer
 * Ethernet 14, IP 20, UDP 8, VXLAN 8. Source: RFC 7348.
 */
export const encapsulationBytes = { none: 0, vxlan: 50 } as const;

/** The largest packet that gets from a VM to every site: the smallest of the network's own and the sites'. */
export function planMtu(given: number | undefined, sites: readonly PlannedSite[], check: Check): number {
  const all: [string, number][] = sites.map((site, i) => [`sites[${i}].mtu`, site.mtu]);
  all.unshift(["mtu", given ?? DEFAULT_MTU]);
  for (const [property, value] of all) {
    if (Number.isInteger(value) && value >= MIN_MTU && value <= MAX_MTU) continue;
    check.refuse(CORE.mtu, {
      property,
      value,
      message: `${value} is not a usable MTU`,
      fix: `use ${DEFAULT_MTU}, or what the network really carries`,
    });
  }
  return Math.min(...all.map(([, value]) => value));
}

/** The largest packet of a pod: the network's less what the encapsulation adds. */
export function podMtu(mtu: number, encapsulation: keyof typeof encapsulationBytes): number {
  return mtu - encapsulationBytes[encapsulation];
}
