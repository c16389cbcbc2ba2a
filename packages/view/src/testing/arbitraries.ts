import type { CidrText, Described } from "@plinth/core";
import type { NetworkProps } from "@plinth/network/plan";
import type { NodeGroupProps } from "@plinth/nodes/plan";
import fc from "fast-check";
import { describe } from "./hybrid-case.js";

/** A program with what must be seen of it. */
export interface ArbitraryProgram {
  readonly described: readonly Described[];
  readonly sites: readonly { readonly name: string; readonly cidrs: readonly string[] }[];
  readonly groups: readonly string[];
}

const label = (maxLength: number) =>
  fc
    .stringMatching(new RegExp(`^[a-z0-9]([-a-z0-9]{0,${maxLength - 2}}[a-z0-9])?$`))
    .filter((text) => text.length <= maxLength);

/** Names as OpenStack takes them: anything; without corners, of which a test counts those of boxes. */
const anyName = fc
  .oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }),
    fc.string({ unit: "binary", minLength: 1, maxLength: 40 }),
    fc.constantFrom(
      "k8s_l3vpn",
      "<&\"'>]]>",
      "\u001b[31mred\u0007",
      "two\nlines",
      "網路".repeat(20),
      " ",
      "\u2003\u00a0",
    ),
  )
  .map((name) => name.replace(/[┌┘]/g, "+"));

const group: fc.Arbitrary<NodeGroupProps> = fc
  .record({
    cores: fc.integer({ min: 1, max: 128 }),
    min: fc.integer({ min: 0, max: 20 }),
    more: fc.integer({ min: 0, max: 300 }),
    surge: fc.integer({ min: 0, max: 4 }),
    zones: fc.uniqueArray(label(63), { minLength: 1, maxLength: 4 }),
    labels: fc.dictionary(label(63), label(63), { maxKeys: 3 }),
    taint: fc.option(label(63)),
  })
  .map(({ cores, min, more, surge, zones, labels, taint }) => ({
    machine: { cores, memory: "1536Mi", disk: "50Gi", image: { existing: true, name: "an-image" } },
    size: { min, max: min + more },
    surge,
    zones: zones as [string, ...string[]],
    labels,
    ...(taint === null ? {} : { taints: [{ key: "dedicated", value: taint, effect: "NoSchedule" as const }] }),
  }));

interface Shape {
  readonly name: string;
  readonly counts: readonly number[];
  readonly siteNames: readonly string[];
  readonly managed: readonly boolean[];
  readonly six: boolean;
  readonly router: boolean;
  readonly extra: boolean;
}

function networkProps({ name, counts, siteNames, managed, six, router, extra }: Shape): NetworkProps {
  const range = (i: number, j: number): CidrText =>
    six
      ? `2001:db8:${(i + 4096).toString(16)}:${(j + 4096).toString(16)}:1111:2222:3333:4444/128`
      : `10.${100 + i}.${100 + j}.0/24`;
  const sites = siteNames.map((siteName, i) => ({
    name: siteName,
    cidrs: Array.from({ length: counts[i] ?? 1 }, (_, j) => range(i, j)),
    hosts: managed[i] === true ? ("managed" as const) : ("own" as const),
  }));
  const external = { externalNetwork: { name: "outside" }, accessNetwork: { name, cidr: "172.31.255.0/24" } } as const;
  return {
    cidr: six ? "2001:db8:ffff:ffff::/64" : "172.16.0.0/12",
    nextHop: six ? "2001:db8:ffff:ffff:1234:5678:9abc:def0" : "172.31.254.252",
    sites,
    network: { name },
    ...(router ? { router: { ...external, name } } : {}),
    ...(extra
      ? { routes: [{ destination: range(99, 0), nextHop: six ? "2001:db8:ffff:ffff::7" : "172.16.0.7" }] }
      : {}),
  };
}

/** Programs of one to `networks` networks, each with up to so many sites and groups, of IPv4 or IPv6. */
export function arbitraryProgram(limits: {
  readonly networks: number;
  readonly sites: number;
  readonly groups: number;
}): fc.Arbitrary<ArbitraryProgram> {
  const one = fc
    .record({
      name: anyName,
      // together below the 20 routes that Neutron takes
      siteNames: fc.uniqueArray(label(63), { minLength: 1, maxLength: limits.sites }),
      counts: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
      managed: fc.array(fc.boolean(), { minLength: limits.sites, maxLength: limits.sites }),
      six: fc.boolean(),
      router: fc.boolean(),
      extra: fc.boolean(),
      groupNames: fc.uniqueArray(label(42), { maxLength: limits.groups }),
      groups: fc.array(group, { minLength: limits.groups, maxLength: limits.groups }),
    })
    .filter(({ siteNames, counts, extra }) => {
      const ranges = siteNames.reduce((sum, _, i) => sum + (counts[i] ?? 1), extra ? 1 : 0);
      return ranges <= 20;
    });
  return fc.array(one, { minLength: 1, maxLength: limits.networks }).map((shapes) => {
    const made = shapes.map((shape, i) => {
      const props = networkProps(shape);
      const groups = shape.groupNames.flatMap((name, j) => {
        const props = shape.groups[j];
        return props === undefined ? [] : [[name, props] as const];
      });
      return { props, groups, described: describe(`network-${i}`, props, Object.fromEntries(groups)) };
    });
    return {
      described: made.flatMap(({ described }) => described),
      sites: made.flatMap(({ props }) => props.sites.map(({ name, cidrs }) => ({ name, cidrs }))),
      groups: made.flatMap(({ groups }) => groups.map(([name]) => name)),
    };
  });
}
