import { Address, Check, Cidr, type CidrText, Program } from "@plinth/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type NetworkPlan, type NetworkProps, planNetwork } from "./plan.js";

/** Ranges of 10.0.0.0/12, of which many meet. */
const range = fc
  .record({ at: fc.nat({ max: 255 }), prefix: fc.integer({ min: 14, max: 24 }) })
  .map(({ at, prefix }) => {
    const size = 1n << BigInt(32 - prefix);
    const first = (0x0a000000n + BigInt(at) * 4096n) / size;
    return new Cidr(new Address(4, first * size), prefix);
  });
const sites = fc.array(fc.record({ cidrs: fc.array(range, { minLength: 1, maxLength: 3 }), own: fc.boolean() }), {
  maxLength: 6,
});

/** Plans a network with these sites, in a program of its own. */
function program(given: readonly { readonly cidrs: readonly Cidr[]; readonly own: boolean }[]) {
  const check = new Check("net");
  const all = Program.of({});
  const props: NetworkProps = {
    cidr: "192.168.200.0/24",
    nextHop: "192.168.200.252",
    sites: given.map(({ cidrs, own }, i) => ({
      name: `site-${i}`,
      cidrs: cidrs.map((cidr) => cidr.toString() as CidrText) as [CidrText],
      hosts: own ? "own" : "managed",
    })),
  };
  const planned = planNetwork(props, check);
  all.take(check);
  all.claim(planned?.claims ?? []);
  return { plan: planned?.plan, refusals: all.refusals, addresses: all.addresses };
}

describe("random sets of sites", () => {
  it("have no two ranges that overlap, or are refused for it", () => {
    fc.assert(
      fc.property(sites, (given) => {
        const ranges = given.flatMap(({ cidrs }) => cidrs);
        const overlap = ranges.some((one, i) => ranges.slice(i + 1).some((other) => one.overlaps(other)));
        const { refusals, addresses } = program(given);
        // of two that are equal it is said that the second would be a route that is there already
        expect(refusals.some(({ code }) => code === "PL1005" || code === "PL3009")).toBe(overlap);
        const { claims } = addresses;
        const meeting = claims.filter((claim, i) => claims.slice(i + 1).some(({ cidr }) => cidr.overlaps(claim.cidr)));
        expect(meeting).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("have routes in both directions, for the same ranges", () => {
    fc.assert(
      fc.property(sites, (given) => {
        const { plan, refusals } = program(given);
        fc.pre(refusals.length === 0);
        const { routes, returnRoutes, cidr, nextHop } = plan as NetworkPlan;
        const owned = new Set(given.flatMap(({ own }, i) => (own ? [`site-${i}`] : [])));
        const there = routes.filter(({ site }) => site !== undefined && owned.has(site));
        expect(there.map(({ site, destination }) => `${site} ${destination}`).sort()).toEqual(
          returnRoutes.map(({ site, hostsIn }) => `${site} ${hostsIn}`).sort(),
        );
        expect(there.every((route) => route.nextHop.equals(nextHop))).toBe(true);
        expect(returnRoutes.every(({ destination }) => destination.equals(cidr))).toBe(true);
      }),
    );
  });
});
