import { Address, type AddressClaim, type AddressRange, type Check } from "@plinth/core";
import type { ApiServerAddress, PlatformMachine } from "./handed-down.js";
import { cidrsOf, type ReadSubnet, rangeText } from "./plan-ranges.js";
import type { LoadBalancerRange } from "./props.js";
import { PLATFORM } from "./rules.js";

/** What is around the ranges. */
export interface AroundLoadBalancer {
  readonly subnets: readonly ReadSubnet[];
  readonly machines: readonly PlatformMachine[];
  readonly apiServer: ApiServerAddress | undefined;
}

/** A range, with where it was given. */
interface PlacedRange {
  readonly range: AddressRange;
  readonly property: string;
}

/**
 * Reads the ranges for load balancers. One that lies in a node subnet is announced there (layer 2) and part of its claim;
 * any other is claimed.
 */
export function planLoadBalancer(
  given: readonly LoadBalancerRange[],
  around: AroundLoadBalancer,
  check: Check,
): { readonly ranges: readonly AddressRange[]; readonly claims: readonly AddressClaim[] } {
  const claims: AddressClaim[] = [];
  const ranges: PlacedRange[] = [];
  const within: PlacedRange[] = [];
  given.forEach((text, i) => {
    const property = `network.loadBalancer[${i}]`;
    const range = readRange(text, property, check);
    if (range === undefined) return;
    const inSubnet = around.subnets.some(({ cidr }) => cidr.contains(range.first) && cidr.contains(range.last));
    if (!inSubnet) {
      const claim = { owner: check.path, property, use: "load balancers" };
      claims.push(...cidrsOf(range).map((cidr) => ({ cidr, ...claim })));
    }
    checkTaken(range, property, around, check);
    ranges.push({ range, property });
    if (inSubnet) within.push({ range, property });
  });
  // those that are claimed meet each other in the registry
  checkOverlaps(within, check);
  return { ranges: ranges.map(({ range }) => range), claims };
}

/** Reads a range, or refuses and returns `undefined`. */
export function readRange(text: string, property: string, check: Check): AddressRange | undefined {
  if (text.includes("/")) return check.cidr(property, text);
  const [from = "", to = ""] = text.split("-");
  const first = check.address(property, from);
  const last = check.address(property, to);
  if (first === undefined || last === undefined) return undefined;
  if (first.version === last.version && first.value <= last.value) return { first, last };
  check.refuse(PLATFORM.loadBalancerRange, {
    property,
    value: text,
    message: `${text} does not run upwards`,
    fix: `write ${to}-${from}, or a CIDR`,
  });
  return undefined;
}

function checkTaken(range: AddressRange, property: string, around: AroundLoadBalancer, check: Check): void {
  const taken = around.machines.map(({ name, address }) => ({ who: name, address }));
  const apiServer = Address.parse(around.apiServer?.host ?? "");
  if (apiServer instanceof Address) taken.push({ who: "the API server", address: apiServer });
  const held = taken.filter(({ address }) => holds(range, address));
  if (held.length === 0) return;
  check.refuse(PLATFORM.loadBalancerRange, {
    property,
    value: rangeText(range),
    message: `${rangeText(range)} holds ${held.map(({ who, address }) => `${address} of ${who}`).join(", ")}`,
    fix: "use addresses that nobody else has",
  });
}

function holds({ first, last }: AddressRange, address: Address): boolean {
  return address.version === first.version && address.value >= first.value && address.value <= last.value;
}

function checkOverlaps(ranges: readonly PlacedRange[], check: Check): void {
  const sorted = [...ranges].sort(({ range: a }, { range: b }) =>
    a.first.version === b.first.version ? (a.first.value < b.first.value ? -1 : 1) : a.first.version - b.first.version,
  );
  let widest: PlacedRange | undefined;
  for (const one of sorted) {
    if (widest !== undefined && holds(widest.range, one.range.first)) {
      check.refuse(PLATFORM.loadBalancerRange, {
        property: one.property,
        value: rangeText(one.range),
        message: `${rangeText(one.range)} overlaps ${rangeText(widest.range)} (${widest.property})`,
        fix: "join the two, or shorten one",
      });
    }
    if (widest === undefined || !holds(widest.range, one.range.last)) widest = one;
  }
}
