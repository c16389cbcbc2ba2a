import { validateObject } from "@plinth/api/testing";
import { type Address, type AddressRange, Check, Cidr } from "@plinth/core";
import { Testing } from "cdk8s";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AddressesChart } from "./addresses-chart.js";
import { type AddressesNetwork, planAddresses } from "./plan.js";
import type { AddressesProps, BgpPeer, LoadBalancerPool } from "./props.js";

const cidr = (text: string): Cidr => {
  const parsed = Cidr.parse(text);
  if (!(parsed instanceof Cidr)) throw new Error(text);
  return parsed;
};
const range = (text: string): AddressRange => ({ first: cidr(text).first, last: cidr(text).last });

const NETWORK: AddressesNetwork = {
  nodes: [cidr("192.168.100.0/24")],
  loadBalancer: [range("192.168.100.192/27"), range("203.0.113.0/26")],
};
const RACK: LoadBalancerPool = { name: "rack", ranges: ["192.168.100.192/28"], announce: { type: "layer2" } };
const PUBLIC: LoadBalancerPool = {
  name: "public",
  ranges: ["203.0.113.0/27", "203.0.113.40-203.0.113.50"],
  announce: { type: "bgp", peers: ["tor-1"], communities: ["64512:100"], localPreference: 200 },
  autoAssign: false,
  namespaces: ["tenant-root"],
  avoidBuggyIps: true,
};
const TOR: BgpPeer = { name: "tor-1", address: "192.168.100.1", myAsn: 64512, peerAsn: 64513 };

function planned(props: Partial<AddressesProps>, network = NETWORK) {
  const check = new Check("platform");
  const plan = planAddresses({ namespace: "cozy-metallb", pools: [], ...props }, network, check);
  return { plan, codes: check.refusals.map(({ code }) => code) };
}

interface Emitted {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: object;
}

/** All objects, each taken by the real schema of its kind, by kind and name. */
function objectsOf(props: Partial<AddressesProps>): Record<string, Emitted> {
  const { plan, codes } = planned(props);
  expect(codes).toEqual([]);
  const objects = Testing.synth(new AddressesChart(Testing.app(), "addresses", { plan })) as Emitted[];
  for (const object of objects) expect(validateObject(object)).toEqual([]);
  return Object.fromEntries(objects.map((object) => [`${object.kind}/${object.metadata.name}`, object]));
}

const metadata = (name: string) => ({ name, namespace: "cozy-metallb" });

describe("objects", () => {
  it("pools with their announcements", () => {
    expect(objectsOf({ pools: [RACK, PUBLIC], peers: [{ ...TOR, passwordSecretName: "tor" }] })).toEqual({
      "BGPPeer/tor-1": {
        apiVersion: "metallb.io/v1beta2",
        kind: "BGPPeer",
        metadata: metadata("tor-1"),
        spec: { myASN: 64512, peerASN: 64513, peerAddress: "192.168.100.1", passwordSecret: { name: "tor" } },
      },
      "IPAddressPool/rack": {
        apiVersion: "metallb.io/v1beta1",
        kind: "IPAddressPool",
        metadata: metadata("rack"),
        spec: { addresses: ["192.168.100.192/28"], autoAssign: true, avoidBuggyIPs: false },
      },
      "IPAddressPool/public": {
        apiVersion: "metallb.io/v1beta1",
        kind: "IPAddressPool",
        metadata: metadata("public"),
        spec: {
          addresses: ["203.0.113.0/27", "203.0.113.40-203.0.113.50"],
          autoAssign: false,
          avoidBuggyIPs: true,
          serviceAllocation: { namespaces: ["tenant-root"] },
        },
      },
      "L2Advertisement/rack": {
        apiVersion: "metallb.io/v1beta1",
        kind: "L2Advertisement",
        metadata: metadata("rack"),
        spec: { ipAddressPools: ["rack"] },
      },
      "BGPAdvertisement/public": {
        apiVersion: "metallb.io/v1beta1",
        kind: "BGPAdvertisement",
        metadata: metadata("public"),
        spec: { ipAddressPools: ["public"], peers: ["tor-1"], communities: ["64512:100"], localPref: 200 },
      },
    });
  });

  it("from some interfaces of some nodes only", () => {
    const announce = { type: "layer2", interfaces: ["bond0"], nodeLabels: { edge: "true" } } as const;
    expect(objectsOf({ pools: [{ ...RACK, announce }] })["L2Advertisement/rack"]?.spec).toEqual({
      ipAddressPools: ["rack"],
      interfaces: ["bond0"],
      nodeSelectors: [{ matchLabels: { edge: "true" } }],
    });
    expect(
      objectsOf({ peers: [{ ...TOR, multiHop: true, nodeLabels: { edge: "true" } }] })["BGPPeer/tor-1"]?.spec,
    ).toMatchObject({
      ebgpMultiHop: true,
      nodeSelectors: [{ matchLabels: { edge: "true" } }],
    });
  });

  it("a pool without ranges has all of the network", () => {
    const pool: LoadBalancerPool = { name: "all", announce: { type: "bgp", peers: ["tor-1"] } };
    expect(objectsOf({ pools: [pool], peers: [TOR] })["IPAddressPool/all"]?.spec).toMatchObject({
      addresses: ["192.168.100.192/27", "203.0.113.0/26"],
    });
  });
});

const bgp = (...peers: string[]) => ({ type: "bgp", peers }) as const;

it.each<[string, Partial<AddressesProps>, string[]]>([
  ["a range that the network does not have", { pools: [{ ...RACK, ranges: ["192.168.100.0/28"] }] }, ["PL5066"]],
  [
    "a range that begins in the network's and leaves it",
    { pools: [{ ...RACK, ranges: ["192.168.100.200-192.168.100.230"] }] },
    ["PL5066"],
  ],
  ["a range of two pools", { pools: [RACK, { ...RACK, name: "more", ranges: ["192.168.100.200/30"] }] }, ["PL5066"]],
  ["two pools of one name", { pools: [RACK, { ...RACK, ranges: ["192.168.100.208/28"] }] }, ["PL5066"]],
  ["a pool without addresses", { pools: [{ ...RACK, ranges: [] }] }, ["PL5066"]],
  ["a name that is none", { pools: [{ ...RACK, name: "Rack 1" }] }, ["PL5066"]],
  ["text that is no range", { pools: [{ ...RACK, ranges: ["192.168.100.300/28"] }] }, ["PL1001"]],
  [
    "layer 2 outside the nodes' subnets",
    { pools: [{ ...PUBLIC, announce: { type: "layer2" } }] },
    ["PL5067", "PL5067"],
  ],
  ["BGP without a peer", { pools: [{ ...PUBLIC, announce: bgp() }], peers: [TOR] }, ["PL5068"]],
  ["BGP with a peer that is not there", { pools: [{ ...PUBLIC, announce: bgp("tor-2") }], peers: [TOR] }, ["PL5068"]],
  ["a wrong number", { peers: [{ ...TOR, myAsn: 0 }] }, ["PL5068"]],
  ["a larger number than there is", { peers: [{ ...TOR, peerAsn: 2 ** 32 }] }, ["PL5068"]],
  ["two peers of one name", { peers: [TOR, { ...TOR, address: "192.168.100.2" }] }, ["PL5068"]],
  ["a router that is no next hop", { peers: [{ ...TOR, address: "10.0.0.1" }] }, ["PL5068"]],
  ["an address that is none", { peers: [{ ...TOR, address: "tor-1.example.org" }] }, ["PL1001"]],
])("%s is refused", (_, props, codes) => expect(planned(props).codes).toEqual(codes));

it("no address is in two pools and none outside the network, or the plan is refused", () => {
  const last = fc.integer({ min: 180, max: 230 });
  const text = fc
    .tuple(last, last)
    .map(([a, b]) => `192.168.100.${Math.min(a, b)}-192.168.100.${Math.max(a, b)}` as const);
  const holds = ({ first, last: end }: AddressRange, address: Address) =>
    first.value <= address.value && address.value <= end.value;
  fc.assert(
    fc.property(fc.array(fc.array(text, { minLength: 1, maxLength: 2 }), { maxLength: 3 }), (all) => {
      const pools = all.map((ranges, i): LoadBalancerPool => ({ ...RACK, name: `p${i}`, ranges }));
      const { plan, codes } = planned({ pools });
      const ranges = plan.pools.flatMap((pool) => pool.ranges);
      const addresses = Array.from({ length: 60 }, (_, i) => cidr("192.168.100.0/24").first.plus(175 + i));
      const fine = addresses.every((address) => {
        const holders = ranges.filter((one) => holds(one, address)).length;
        return holders === 0 || (holders === 1 && NETWORK.loadBalancer.some((one) => holds(one, address)));
      });
      expect(codes.length === 0).toBe(fine);
    }),
  );
});
