import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findCycles, findLevels } from "./plan-levels.js";

/** A graph: for each node, by its number, what it waits for. */
type Edges = readonly (readonly number[])[];

const numbers = (edges: Edges): number[] => edges.map((_, i) => i);
const nextIn =
  (edges: Edges) =>
  (node: number): readonly number[] =>
    edges[node] ?? [];

/** Any graph, with circles or without. */
const graph: fc.Arbitrary<Edges> = fc
  .integer({ min: 1, max: 30 })
  .chain((size) =>
    fc.array(fc.uniqueArray(fc.nat({ max: size - 1 }), { maxLength: 4 }), { minLength: size, maxLength: size }),
  );

/** A graph without circles: nodes wait for smaller ones, and are then given in any order. */
const acyclic: fc.Arbitrary<{ readonly edges: Edges; readonly order: readonly number[] }> = graph.chain((edges) => {
  const down = edges.map((needed, i) => needed.filter((other) => other < i));
  return fc.shuffledSubarray(numbers(down), { minLength: down.length }).map((order) => ({ edges: down, order }));
});

describe("levels", () => {
  it("respect every edge, and are as low as they can be", () => {
    fc.assert(
      fc.property(acyclic, ({ edges, order }) => {
        const levels = findLevels(order, nextIn(edges));
        expect(levels.size).toBe(edges.length);
        edges.forEach((needed, node) => {
          const below = needed.map((other) => levels.get(other) ?? Number.NaN);
          expect(levels.get(node)).toBe(below.length === 0 ? 0 : Math.max(...below) + 1);
        });
      }),
    );
  });

  it("are of every node exactly when there is no circle; no node waiting for a circle has one", () => {
    fc.assert(
      fc.property(graph, (edges) => {
        const levels = findLevels(numbers(edges), nextIn(edges));
        const cycles = findCycles(numbers(edges), nextIn(edges));
        expect(levels.size === edges.length).toBe(cycles.length === 0);
        for (const node of cycles.flat()) expect(levels.has(node)).toBe(false);
        edges.forEach((needed, node) => {
          expect(levels.has(node)).toBe(needed.every((other) => levels.has(other)));
        });
      }),
    );
  });
});

describe("circles", () => {
  it("are real: each node waits for the following, the last for the first, none twice", () => {
    fc.assert(
      fc.property(graph, (edges) => {
        for (const cycle of findCycles(numbers(edges), nextIn(edges))) {
          expect(new Set(cycle).size).toBe(cycle.length);
          cycle.forEach((node, i) => {
            expect(edges[node]).toContain(cycle[(i + 1) % cycle.length]);
          });
        }
      }),
    );
  });

  it("that are put into a graph are found", () => {
    fc.assert(
      fc.property(acyclic, fc.integer({ min: 1, max: 6 }), fc.nat(), ({ edges, order }, length, seed) => {
        const size = Math.min(length, edges.length);
        const ring = order.slice(seed % (edges.length - size + 1)).slice(0, size);
        const closed = edges.map((needed, node) => {
          const at = ring.indexOf(node);
          const following = ring[(at + 1) % ring.length];
          return at < 0 || following === undefined ? needed : [...new Set([...needed, following])];
        });
        const levels = findLevels(order, nextIn(closed));
        for (const node of ring) expect(levels.has(node)).toBe(false);
        expect(findCycles(order, nextIn(closed)).length).toBeGreaterThan(0);
      }),
    );
  });

  it("come one from each knot", () => {
    fc.assert(
      fc.property(graph, (edges) => {
        const knotOf = (node: number): string =>
          numbers(edges)
            .filter((other) => other === node || (reaches(node, other, edges) && reaches(other, node, edges)))
            .join();
        const knots = new Set(
          numbers(edges)
            .filter((node) => reaches(node, node, edges))
            .map(knotOf),
        );
        const found = findCycles(numbers(edges), nextIn(edges)).map(([first = -1]) => knotOf(first));
        expect(found.length).toBe(knots.size);
        expect(new Set(found)).toEqual(knots);
      }),
      { numRuns: 50 },
    );
  });
});

it("every node is asked a constant number of times, however deep the graph is", () => {
  const size = 5_000;
  const nodes = Array.from({ length: size }, (_, i) => i);
  let asked = 0;
  const next = (node: number): number[] => {
    asked++;
    return node === 0 ? [] : [node - 1, node >> 1].filter((other, i, all) => all.indexOf(other) === i);
  };
  expect(findLevels(nodes, next).get(size - 1)).toBe(size - 1);
  expect(asked).toBe(size);
  expect(findCycles(nodes, next)).toEqual([]);
  expect(asked).toBeLessThanOrEqual(3 * size);
});

/** Whether there is a way of at least one edge. */
function reaches(from: number, to: number, edges: Edges): boolean {
  const seen = new Set<number>();
  const queue = [...(edges[from] ?? [])];
  for (const node of queue) {
    if (node === to) return true;
    if (seen.has(node)) continue;
    seen.add(node);
    queue.push(...(edges[node] ?? []));
  }
  return false;
}
