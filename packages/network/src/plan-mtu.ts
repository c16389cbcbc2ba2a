import { type Check, CORE, type IpVersion } from "@plinth/core";
import { DEFAULT_MTU, type PlannedSite } from "./plan-sites.js";
import type { Encapsulation } from "./props-pods.js";

const MIN_MTU = 576;
const MAX_MTU = 9216;

/**
 * Bytes that a pod network adds to each packet over IPv4, by how it carries pods' packets between nodes.
 * - VXLAN: inner Ethernet 14, IP 20, UDP 8, VXLAN 8 (RFC 7348)
 * - Geneve: inner Ethernet 14, IP 20, UDP 8, Geneve 8 and one option of 8, as OVN sends (RFC 8926)
 * - WireGuard: IP 20, UDP 8, header 16, authentication tag 16
 * - IPsec: IP 20, UDP 8 behind NAT, ESP header 8, initialisation vector 8, padding up to 15, trailer 2, tag 16 (RFC 4303, 4106)
 */
export const encapsulationBytes = {
  none: 0,
  vxlan: 50,
  geneve: 58,
  wireguard: 60,
  ipsec: 77,
} as const satisfies Record<Encapsulation, number>;

/** How much longer the header of IPv6 is than that of IPv4. */
const IPV6_MORE = 20;

/** The largest packet that gets from a VM to every site: the smallest of the network's own and the sites'. */
export function planMtu(given: number | undefined, sites: readonly PlannedSite[], check: Check): number {
  const all: [string, number][] = sites.map((site, i) => [`sites[${i}].mtu`, site.mtu]);
  all.unshift(["mtu", given ?? DEFAULT_MTU]);
  for (const [property, value] of all) checkMtu(property, value, check);
  return Math.min(...all.map(([, value]) => value));
}

/** Refuses what is no MTU. @returns whether it is one */
export function checkMtu(property: string, value: number, check: Check): boolean {
  if (Number.isInteger(value) && value >= MIN_MTU && value <= MAX_MTU) return true;
  check.refuse(CORE.mtu, {
    property,
    value,
    message: `${value} is not a usable MTU`,
    fix: `use ${DEFAULT_MTU}, or what the network really carries`,
  });
  return false;
}

/** Bytes that an encapsulation adds to each packet. @param outer IP version of the nodes' own network */
export function overhead(encapsulation: Encapsulation, outer: IpVersion): number {
  return encapsulation === "none" ? 0 : encapsulationBytes[encapsulation] + (outer === 6 ? IPV6_MORE : 0);
}

/** The largest packet of a pod: the network's less what the encapsulation adds. @param outer @default 4 */
export function podMtu(mtu: number, encapsulation: Encapsulation, outer: IpVersion = 4): number {
  return mtu - overhead(encapsulation, outer);
}
