import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { descendants, parseXml } from "../testing/xml.js";
import { layOut } from "./layout.js";
import { essentialEdges, type GraphRelease } from "./model.js";
import { releaseGraph } from "./release-graph.js";

const PHASES = ["host", "cni", "core", "rest"] as const;

/** Releases that wait for earlier ones, with the levels that follow. */
const graphs = fc.array(fc.array(fc.nat(1000), { maxLength: 4 }), { maxLength: 80 }).map((picks) => {
  const made: GraphRelease[] = [];
  for (const [i, pick] of picks.entries()) {
    const needed = [...new Set(made.length === 0 ? [] : pick.map((n) => made[n % made.length] as GraphRelease))];
    made.push({
      name: `release-${i}`,
      note: `chart ${i}.0.0`,
      phase: PHASES[i % 4] ?? "rest",
      level: Math.max(-1, ...needed.map(({ level }) => level)) + 1,
      dependsOn: needed.map(({ name }) => name),
    });
  }
  return made;
});

function reach(edges: ReadonlyMap<string, readonly string[]>, name: string): Set<string> {
  return new Set((edges.get(name) ?? []).flatMap((other) => [other, ...reach(edges, other)]));
}

describe("any graph", () => {
  it("loses edges only that follow from others", () => {
    fc.assert(
      fc.property(graphs, (releases) => {
        const all = new Map(releases.map(({ name, dependsOn }) => [name, dependsOn]));
        const kept = essentialEdges(releases);
        for (const { name } of releases) expect(reach(kept, name)).toEqual(reach(all, name));
        for (const [name, needed] of kept) {
          for (const other of needed) {
            const rest = new Map([...kept, [name, needed.filter((each) => each !== other)]]);
            expect(reach(rest, name).has(other)).toBe(false);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it("has each release once, right of what it waits for, and none on top of another", () => {
    fc.assert(
      fc.property(graphs, (releases) => {
        const { releases: placed, edges } = layOut(releases);
        expect(placed.map(({ release }) => release.name).sort()).toEqual(releases.map(({ name }) => name).sort());
        for (const { release, column } of placed) expect(column).toBe(release.level);
        for (const one of placed) {
          const close = placed.filter((other) => other.column === one.column && Math.abs(other.row - one.row) < 0.999);
          expect(close).toEqual([one]);
        }
        for (const { from, to, rows } of edges) expect(rows.length).toBe(to.level - from.level + 1);
      }),
      { numRuns: 40 },
    );
  });

  it("is well-formed, and names every release", () => {
    fc.assert(
      fc.property(graphs, (releases) => {
        const svg = parseXml(releaseGraph(releases, { title: "A <platform> & more" }));
        const texts = descendants(svg).filter(({ name }) => name === "text");
        const names = new Set(texts.map(({ text }) => text));
        for (const { name } of releases) expect(names.has(name)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});

it("is the same for the same releases in any order", () => {
  const releases: GraphRelease[] = ["a", "b", "c"].map((name) => ({
    name,
    note: "",
    phase: "rest",
    level: name === "a" ? 0 : 1,
    dependsOn: name === "a" ? [] : ["a"],
  }));
  const options = { title: "t" };
  const drawn = (each: readonly GraphRelease[]) => releaseGraph(each, options).replace(/<desc.*<\/desc>/, "");
  expect(drawn([...releases].reverse())).toBe(drawn(releases));
});

it("draws an edge through the columns that it passes, not across their cards", () => {
  const release = (name: string, level: number, dependsOn: string[]): GraphRelease => ({
    ...{ name, level, dependsOn, note: "", phase: "rest" },
  });
  const { edges, releases } = layOut([
    release("a", 0, []),
    release("b", 0, []),
    release("c", 1, ["b"]),
    release("d", 2, ["a", "c"]),
  ]);
  const passing = edges.find(({ from, to }) => from.name === "a" && to.name === "d");
  const other = releases.find(({ release: { name } }) => name === "c");
  expect(Math.abs((passing?.rows[1] ?? 0) - (other?.row ?? 0))).toBeGreaterThan(0.5);
});
