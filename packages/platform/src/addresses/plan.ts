import { type AddressRange, type Check, isDnsLabel } from "@plinth/core";
import type { PlatformNetwork } from "../handed-down.js";
import { readRange } from "../plan-load-balancer.js";
import { cidrsOf, rangeText } from "../plan-ranges.js";
import { PLATFORM_SETUP } from "../setup-rules.js";
import { checkPeers } from "./plan-peers.js";
import type { AddressesProps, BgpPeer, LoadBalancerPool } from "./props.js";

/** A pool, its ranges read. */
export interface PlannedPool {
  readonly pool: LoadBalancerPool;
  readonly ranges: readonly AddressRange[];
}

/** What was computed for load balancer addresses. */
export interface AddressesPlan {
  readonly namespace: string;
  readonly pools: readonly PlannedPool[];
  readonly peers: readonly BgpPeer[];
}

/** What of the platform's network is read here. */
export type AddressesNetwork = Pick<PlatformNetwork, "loadBalancer" | "nodes">;

/** Computes pools from the platform's network: no address is given that the network plan does not know. */
export function planAddresses(props: AddressesProps, network: AddressesNetwork, check: Check): AddressesPlan {
  const { namespace, pools, peers = [] } = props;
  checkPeers(peers, network.nodes, check);
  const taken: { readonly name: string; readonly range: AddressRange }[] = [];
  const names = new Set<string>();
  const planned = pools.map((pool, i): PlannedPool => {
    const property = `addresses.pools[${i}]`;
    checkName(pool.name, names, property, check);
    const ranges = rangesOf(pool, network, property, check);
    for (const range of ranges) {
      checkRange(range, taken, network, property, check);
      taken.push({ name: pool.name, range });
    }
    if (pool.announce.type === "layer2") checkLayer2(ranges, network, property, check);
    else checkAnnouncedTo(pool.announce.peers, peers, property, check);
    return { pool, ranges };
  });
  return { namespace, pools: planned, peers };
}

function checkName(name: string, names: Set<string>, property: string, check: Check): void {
  if (!isDnsLabel(name) || names.has(name)) {
    refusePool(
      property,
      name,
      `${JSON.stringify(name)} is no name or is taken`,
      "give each pool a name like public",
      check,
    );
  }
  names.add(name);
}

function rangesOf(pool: LoadBalancerPool, network: AddressesNetwork, property: string, check: Check): AddressRange[] {
  const ranges = pool.ranges?.map((text, i) => readRange(text, `${property}.ranges[${i}]`, check));
  const found = ranges?.filter((range) => range !== undefined) ?? [...network.loadBalancer];
  if ((ranges ?? found).length === 0) {
    refusePool(
      property,
      pool.name,
      `The pool ${pool.name} has no addresses`,
      "give network.loadBalancer a range",
      check,
    );
  }
  return found;
}

function checkRange(
  range: AddressRange,
  taken: readonly { readonly name: string; readonly range: AddressRange }[],
  network: AddressesNetwork,
  property: string,
  check: Check,
): void {
  const text = rangeText(range);
  if (!network.loadBalancer.some((whole) => within(range, whole))) {
    const known = network.loadBalancer.map(rangeText).join(", ") || "none";
    refusePool(
      property,
      text,
      `${text} is not within a load balancer range of the network (${known})`,
      "add it to network.loadBalancer",
      check,
    );
  }
  const other = taken.find((one) => overlap(one.range, range));
  if (other === undefined) return;
  refusePool(
    property,
    text,
    `${text} overlaps ${rangeText(other.range)} of ${other.name}`,
    "give each pool ranges of its own",
    check,
  );
}

function checkLayer2(
  ranges: readonly AddressRange[],
  { nodes }: AddressesNetwork,
  property: string,
  check: Check,
): void {
  for (const range of ranges) {
    if (cidrsOf(range).every((part) => nodes.some((subnet) => subnet.contains(part)))) continue;
    check.refuse(PLATFORM_SETUP.layer2, {
      property: `${property}.announce`,
      value: rangeText(range),
      message: `${rangeText(range)} is in no subnet of the nodes (${nodes.join(", ")})`,
      fix: 'announce it by BGP: announce: { type: "bgp", peers: […] }, or use addresses of a node subnet',
    });
  }
}

function checkAnnouncedTo(names: readonly string[], peers: readonly BgpPeer[], property: string, check: Check): void {
  const unknown = names.filter((name) => !peers.some((peer) => peer.name === name));
  if (names.length > 0 && unknown.length === 0) return;
  check.refuse(PLATFORM_SETUP.bgp, {
    property: `${property}.announce.peers`,
    value: names,
    message: names.length === 0 ? "No peer is named" : `There is no peer ${unknown.join(", ")}`,
    fix: peers.length === 0 ? "add the router to addresses.peers" : `use ${peers.map(({ name }) => name).join(", ")}`,
  });
}

function refusePool(property: string, value: unknown, message: string, fix: string, check: Check): void {
  check.refuse(PLATFORM_SETUP.addressPool, { property, value, message, fix });
}

function within(inner: AddressRange, outer: AddressRange): boolean {
  const sameVersion = inner.first.version === outer.first.version;
  return sameVersion && inner.first.value >= outer.first.value && inner.last.value <= outer.last.value;
}

function overlap(a: AddressRange, b: AddressRange): boolean {
  return a.first.version === b.first.version && a.first.value <= b.last.value && b.first.value <= a.last.value;
}
