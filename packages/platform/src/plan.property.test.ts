import fc from "fast-check";
import { expect, it } from "vitest";
import { fluxcd } from "./catalogue/index.js";
import type { AnyComponent, Requirement } from "./definition.js";
import { kinds } from "./kinds.js";
import { component, plan, preset } from "./testing/planned.js";

/** What a component needs of another: its kind, or itself by reference. */
type Need = readonly [from: number, to: number, by: "kind" | "component"];

/** Each component owns a kind of its own. */
const kindOf = (i: number): Requirement[] => kinds("test.example.com", `Kind${i}`);

/** Components in their own order; those that are referred to must be made first, so references go down only. */
function build(size: number, needs: readonly Need[]): AnyComponent[] {
  const made: AnyComponent[] = [];
  for (let i = 0; i < size; i++) {
    const requires = needs
      .filter(([from]) => from === i)
      .flatMap(([, to, by]): Requirement[] => {
        const other = made[to];
        return by === "component" && other !== undefined ? [other] : kindOf(to);
      });
    made.push(component(`c${i}`, { phase: "host", provides: kinds("test.example.com", `Kind${i}`), requires }));
  }
  return made;
}

const needs = (size: number, down: boolean): fc.Arbitrary<Need[]> =>
  fc.array(
    fc
      .tuple(
        fc.nat({ max: size - 1 }),
        fc.nat({ max: size - 1 }),
        fc.constantFrom("kind" as const, "component" as const),
      )
      .map(([a, b, by]): Need => (down ? [Math.max(a, b), Math.min(a, b), by] : [a, b, by]))
      .filter(([a, b]) => a !== b),
    { maxLength: size * 3 },
  );

const any = (down: boolean): fc.Arbitrary<{ size: number; list: Need[] }> =>
  fc.integer({ min: 2, max: 25 }).chain((size) => needs(size, down).map((list) => ({ size, list })));

it("every platform without circles is ordered: each release after all that it requires, with the reason", () => {
  fc.assert(
    fc.property(any(true), fc.nat(), ({ size, list }, seed) => {
      const components = build(size, list);
      const shuffled = components.map((one, i) => ({ one, at: (i * 7919 + seed) % 101 })).sort((a, b) => a.at - b.at);
      const { plan: planned, refusals } = plan({ preset: preset(fluxcd, ...shuffled.map(({ one }) => one)) });
      expect(refusals).toEqual([]);
      const releases = new Map(planned?.releases.map((release) => [release.name, release]));
      expect(releases.size).toBe(size + 1);
      for (const [from, to] of list) {
        const release = releases.get(`c${from}`);
        const edge = release?.dependsOn.find(({ name }) => name === `c${to}`);
        expect(edge?.reasons.length).toBeGreaterThan(0);
        expect(release?.level).toBeGreaterThan(releases.get(`c${to}`)?.level ?? Number.POSITIVE_INFINITY);
      }
      const edges = [...releases.values()].flatMap(({ dependsOn }) => dependsOn).length;
      // one edge a pair, and one to Flux each
      expect(edges).toBe(new Set(list.map(([from, to]) => `${from} ${to}`)).size + size);
    }),
  );
});

it("every circle is refused by the paths on it, and every way named is one that was required", () => {
  fc.assert(
    fc.property(any(false), ({ size, list }) => {
      const components = build(size, list);
      const { plan: planned, refusals } = plan({ preset: preset(fluxcd, ...components) });
      const required = new Set(list.map(([from, to]) => `platform/c${from} platform/c${to}`));
      const codes = new Set(refusals.map(({ code }) => code));
      expect([...codes]).toEqual(planned === undefined ? ["PL5002"] : []);
      for (const { path, summary } of refusals) {
        const way = summary.split("circle: ")[1]?.split(" -> ") ?? [];
        expect(way[0]).toBe(path);
        expect(way.at(-1)).toBe(path);
        way.slice(1).forEach((to, i) => {
          expect(required.has(`${way[i]} ${to}`)).toBe(true);
        });
      }
    }),
  );
});
