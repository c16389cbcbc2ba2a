import { Address, type AddressRange, Check, Cidr, countAddresses } from "@plinth/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type NetworkPlan, type NetworkProps, planNetwork, type Site } from "./plan.js";

/** Texts of a range and of hosts of it, all different. */
const subnet = fc.oneof(
  fc.record({ base: fc.constant(0xac100000n), bits: fc.constant(32n), prefix: fc.integer({ min: 18, max: 28 }) }),
  fc.record({ base: fc.constant(0xfd01n << 112n), bits: fc.constant(128n), prefix: fc.integer({ min: 64, max: 124 }) }),
);
const network = fc
  .tuple(subnet, fc.nat(), fc.uniqueArray(fc.nat({ max: 12 }), { minLength: 3, maxLength: 8 }), fc.boolean())
  .map(([{ base, bits, prefix }, which, offsets, fromEnd]) => {
    const version = bits === 32n ? 4 : 6;
    const size = 1n << (bits - BigInt(prefix));
    const cidr = new Cidr(new Address(version, base + (BigInt(which) % (1n << 4n)) * size), prefix);
    // from either end of the range, where mistakes by one would show
    const hosts = offsets.map((offset) => (fromEnd ? cidr.lastHost.plus(-offset) : cidr.firstHost.plus(offset)));
    return { cidr, hosts: hosts.map(String) };
  });

const sites = (version: 4 | 6): fc.Arbitrary<Site[]> =>
  fc.uniqueArray(fc.nat({ max: 250 }), { maxLength: 8 }).chain((numbers) =>
    fc.tuple(
      ...numbers.map((number, i) =>
        fc.record({
          name: fc.constant(`site-${number}`),
          cidrs: fc.constant(
            version === 4
              ? ([`10.${number}.0.0/17`, `10.${number}.128.0/${20 + (i % 5)}`] as const)
              : ([`fd02:${number + 1}::/64`] as const),
          ),
          hosts: fc.constantFrom("own" as const, "managed" as const),
          ...(i % 2 === 0
            ? {}
            : { routerAddress: fc.constant(version === 4 ? `10.${number}.127.254` : `fd02:${number + 1}::ffff`) }),
        }),
      ),
    ),
  );

/** Properties of a network in which nothing is wrong. */
const props: fc.Arbitrary<NetworkProps> = network.chain(({ cidr, hosts }) => {
  const [gateway = "", nextHop = "", third = "", ...services] = hosts;
  const extra = cidr.version === 4 ? "192.168.0.0/16" : "fd03::/48";
  return fc.record({
    cidr: fc.constant(cidr.toString() as NetworkProps["cidr"]),
    gateway: fc.constant(gateway),
    nextHop: fc.constant(nextHop),
    serviceAddresses: fc.constant(services),
    routes: fc.constantFrom([], [{ destination: extra, nextHop: third }] as const),
    sites: sites(cidr.version),
  });
});

function plan(given: NetworkProps): NetworkPlan {
  const check = new Check("net");
  const planned = planNetwork(given, check);
  expect(check.refusals).toEqual([]);
  if (planned === undefined) throw new Error("no plan");
  return planned.plan;
}

const contains = ({ first, last }: AddressRange, { value }: Address): boolean =>
  first.value <= value && value <= last.value;

describe("every network", () => {
  it("hands out all host addresses but the reserved ones, each once", () => {
    fc.assert(
      fc.property(props, (given) => {
        const { cidr, pools, reserved, routes, gateway, nextHop } = plan(given);
        const used = [gateway, nextHop, ...(given.serviceAddresses ?? []), ...routes.map((route) => route.nextHop)];
        expect(reserved.map(({ address }) => String(address)).sort()).toEqual([...new Set(used.map(String))].sort());

        for (const pool of pools) {
          expect(pool.first.value <= pool.last.value && cidr.isHost(pool.first) && cidr.isHost(pool.last)).toBe(true);
          expect(reserved.filter(({ address }) => contains(pool, address))).toEqual([]);
        }
        for (const [i, pool] of pools.slice(1).entries()) {
          expect((pools[i]?.last.value ?? pool.first.value) < pool.first.value).toBe(true);
        }
        const hosts = cidr.lastHost.value - cidr.firstHost.value + 1n;
        expect(countAddresses(pools) + BigInt(reserved.length)).toBe(hosts);
      }),
    );
  });

  it("has a route to each range of each site and to what was given, by hosts of the subnet", () => {
    fc.assert(
      fc.property(props, (given) => {
        const { cidr, nextHop, routes } = plan(given);
        expect(routes.every((route) => cidr.isHost(route.nextHop))).toBe(true);
        expect(routes.map(({ destination, nextHop: via, site }) => [String(destination), String(via), site])).toEqual([
          ...given.sites.flatMap(({ name, cidrs }) => cidrs.map((range) => [range, String(nextHop), name])),
          ...(given.routes ?? []).map((route) => [route.destination, route.nextHop, undefined]),
        ]);
      }),
    );
  });

  it("has return routes for the hosts of exactly the sites that have some, by a router in their own range", () => {
    fc.assert(
      fc.property(props, (given) => {
        const { cidr, returnRoutes } = plan(given);
        expect(returnRoutes.map(({ site, hostsIn }) => [site, String(hostsIn)])).toEqual(
          given.sites
            .filter(({ hosts }) => hosts !== "managed")
            .flatMap(({ name, cidrs }) => cidrs.map((range) => [name, range])),
        );
        for (const { site, hostsIn, destination, nextHop } of returnRoutes) {
          expect(destination.equals(cidr)).toBe(true);
          expect(hostsIn.isHost(nextHop)).toBe(true);
          const { routerAddress } = given.sites.find(({ name }) => name === site) ?? {};
          const own = routerAddress === undefined ? undefined : Address.parse(routerAddress);
          if (own instanceof Address && hostsIn.isHost(own)) expect(String(nextHop)).toBe(routerAddress);
          else expect(nextHop.equals(hostsIn.firstHost)).toBe(true);
        }
      }),
    );
  });

  it("keeps its numbers when a site is inserted anywhere", () => {
    const numbers = ({ routes, returnRoutes, pools, reserved, gateway }: NetworkPlan): unknown => ({
      routes: routes.map(({ destination, nextHop, site }) => `${site} ${destination} via ${nextHop}`),
      returnRoutes: returnRoutes.map(({ site, hostsIn, nextHop }) => `${site} ${hostsIn} via ${nextHop}`),
      pools: pools.map(({ first, last }) => `${first}-${last}`),
      reserved: reserved.map(({ address, use }) => `${address} ${use}`),
      gateway: String(gateway),
    });
    fc.assert(
      fc.property(props, fc.nat(), (given, where) => {
        const cidrs = [given.cidr.includes(":") ? "fd02:ffff::/64" : "10.254.0.0/16"] as Site["cidrs"];
        const inserted = [...given.sites];
        inserted.splice(where % (inserted.length + 1), 0, { name: "inserted", cidrs });
        const after = plan({ ...given, sites: inserted });
        const others = {
          ...after,
          routes: after.routes.filter(({ site }) => site !== "inserted"),
          returnRoutes: after.returnRoutes.filter(({ site }) => site !== "inserted"),
        };
        expect(numbers(others)).toEqual(numbers(plan(given)));
      }),
    );
  });

  it("carries packets of the smallest size on the way", () => {
    const mtu = fc.option(fc.integer({ min: 576, max: 9216 }), { nil: undefined });
    fc.assert(
      fc.property(mtu, fc.array(mtu, { maxLength: 5 }), (own, others) => {
        const given: NetworkProps = {
          cidr: "192.168.200.0/24",
          nextHop: "192.168.200.252",
          ...(own === undefined ? {} : { mtu: own }),
          sites: others.map((value, i) => ({
            name: `site-${i}`,
            cidrs: [`10.${i}.0.0/16`],
            ...(value === undefined ? {} : { mtu: value }),
          })),
        };
        expect(plan(given).mtu).toBe(Math.min(own ?? 1500, ...others.map((value) => value ?? 1500)));
      }),
    );
  });
});
