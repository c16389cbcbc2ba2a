import { ApiObject, App, Chart } from "cdk8s";
import { Construct, DependencyGroup } from "constructs";
import { describe, expect, it } from "vitest";
import { collect } from "./collect.js";
import type { Unit } from "./dependencies.js";

const object = (scope: Construct, id: string, more: object = {}) =>
  new ApiObject(scope, id, { apiVersion: "v1", kind: "ConfigMap", metadata: { name: id }, ...more });

function units(build: (app: App) => void): { units: readonly Unit[]; refusals: string[] } {
  const app = new App();
  build(app);
  const collected = collect(app, { name: (path) => path });
  return { units: collected.units, refusals: collected.refusals.map(({ code, summary }) => `${code} ${summary}`) };
}

/** Each unit with what it depends on. */
function edges(build: (app: App) => void): Record<string, string[]> {
  const result = units(build);
  expect(result.refusals).toEqual([]);
  const made = new Set<string>();
  for (const unit of result.units) {
    for (const { path } of unit.dependencies.keys()) expect(made, `${path} before ${unit.path}`).toContain(path);
    made.add(unit.path);
  }
  return Object.fromEntries(
    result.units.map(({ path, dependencies }) => [path, [...dependencies.keys()].map((unit) => unit.path)]),
  );
}

describe("dependencies that the program declares", () => {
  it("between objects are edges, and the rest keeps the tree's order", () => {
    const found = edges((app) => {
      const chart = new Chart(app, "c");
      const [a, b] = [object(chart, "a"), object(chart, "b")];
      object(chart, "x");
      a.addDependency(b);
    });
    expect(found).toEqual({ "c/b": [], "c/a": ["c/b"], "c/x": [] });
    expect(Object.keys(found)).toEqual(["c/b", "c/a", "c/x"]);
  });

  it("between sets go through one barrier", () => {
    expect(
      edges((app) => {
        const [first, second] = [new Chart(app, "z"), new Chart(app, "a")];
        for (const id of ["1x", "2x"]) object(first, id);
        for (const id of ["3x", "4x"]) object(second, id);
        second.addDependency(first);
      }),
    ).toEqual({
      "z/1x": [],
      "z/2x": [],
      "z/done": ["z/1x", "z/2x"],
      "a/3x": ["z/done"],
      "a/4x": ["z/done"],
    });
  });

  it("on several sets are gathered before a set", () => {
    expect(
      edges((app) => {
        const [a, b, c] = [new Chart(app, "a"), new Chart(app, "b"), new Chart(app, "c")];
        for (const chart of [a, b, c]) for (const id of ["1x", "2x"]) object(chart, `${chart.node.id}${id}`);
        c.node.addDependency(new DependencyGroup(a, b));
      }),
    ).toMatchObject({ "c/start": ["a/done", "b/done"], "c/c1x": ["c/start"], "c/c2x": ["c/start"] });
  });

  it("of an outer construct hold for inner ones that have their own", () => {
    const found = edges((app) => {
      const [chart, base] = [new Chart(app, "c"), new Chart(app, "base")];
      const [x, y] = [object(base, "x"), object(base, "y")];
      const inner = new Construct(chart, "inner");
      for (const id of ["1x", "2x"]) object(inner, id);
      object(chart, "3x");
      chart.addDependency(x);
      inner.node.addDependency(y);
    });
    expect(found["c/3x"]).toEqual(["base/x"]);
    expect(found["c/inner/start"]).toEqual(["base/x", "base/y"]);
    expect(found["c/inner/1x"]).toEqual(["c/inner/start"]);
  });

  it("of a construct on a part of itself make the rest come after it", () => {
    expect(
      edges((app) => {
        const chart = new Chart(app, "c");
        const inner = new Construct(chart, "inner");
        const [first] = [object(inner, "first"), object(inner, "second"), object(chart, "third")];
        chart.addDependency(first);
      }),
    ).toEqual({ "c/inner/first": [], "c/inner/second": ["c/inner/first"], "c/third": ["c/inner/first"] });
  });

  it("of a part on its whole make it come last", () => {
    expect(
      edges((app) => {
        const chart = new Chart(app, "c");
        const last = object(chart, "last");
        for (const id of ["1x", "2x"]) object(chart, id);
        last.addDependency(chart);
      }),
    ).toEqual({ "c/1x": [], "c/2x": [], "c/last": ["c/1x", "c/2x"] });
  });

  it("on an object with objects below it are told from those on the object alone", () => {
    const found = edges((app) => {
      const chart = new Chart(app, "c");
      const outer = object(chart, "outer");
      const inner = object(outer, "inner");
      outer.addDependency(inner);
      object(chart, "after").addDependency(outer);
    });
    expect(found).toEqual({
      "c/outer/inner": [],
      "c/outer": ["c/outer/inner"],
      "c/outer/done": ["c/outer", "c/outer/inner"],
      "c/after": ["c/outer/done"],
    });
  });

  it("on nothing and on itself are none", () => {
    expect(
      edges((app) => {
        const chart = new Chart(app, "c");
        const a = object(chart, "a");
        a.addDependency(new Construct(chart, "empty"), a);
      }),
    ).toEqual({ "c/a": [] });
  });

  it("are as many as constructs and declarations, not as pairs", () => {
    const count = (size: number, layers: number): number => {
      const result = units((app) => {
        let previous: Chart | undefined;
        for (let layer = 0; layer < layers; layer++) {
          const chart = new Chart(app, `c${layer}`);
          for (let i = 0; i < size; i++) object(chart, `o${layer}-${i}`);
          if (previous !== undefined) chart.addDependency(previous);
          previous = chart;
        }
      });
      expect(result.units).toHaveLength(size * layers + layers - 1);
      return result.units.reduce((sum, unit) => sum + unit.dependencies.size, 0);
    };
    expect(count(1000, 2)).toBe(2000);
    expect(count(3, 16)).toBe(2 * 3 * 15);
  });

  it("in a nest of sets that all depend and are all depended on stay linear", () => {
    const depth = 50;
    const result = units((app) => {
      const [base, after] = [new Chart(app, "base"), new Chart(app, "after")];
      for (let i = 0; i < 2; i++) object(base, `base${i}`);
      let scope: Construct = new Chart(app, "c");
      for (let level = 0; level < depth; level++) {
        scope.node.addDependency(base);
        object(after, `after${level}`).addDependency(scope);
        object(scope, `o${level}`);
        scope = new Construct(scope, "n");
      }
      object(scope, "last");
    });
    expect(result.refusals).toEqual([]);
    const sum = result.units.reduce((total, unit) => total + unit.dependencies.size, 0);
    // a level: its object, its barrier with two parts, and what comes after it
    expect(sum).toBeLessThanOrEqual(5 * depth + 5);
  });

  it("make a chain of 10,000 without overflow", () => {
    const result = units((app) => {
      const chart = new Chart(app, "c");
      let previous: ApiObject | undefined;
      for (let i = 0; i < 10_000; i++) {
        const next = object(chart, `o${i}`);
        if (previous !== undefined) previous.addDependency(next);
        previous = next;
      }
    });
    expect(result.units[0]?.path).toBe("c/o9999");
    expect(result.units).toHaveLength(10_000);
  });

  it("in a circle are refused with the way round", () => {
    const result = units((app) => {
      const chart = new Chart(app, "c");
      const [a, b, x] = [object(chart, "a"), object(chart, "b"), object(chart, "x")];
      a.addDependency(b);
      b.addDependency(x);
      x.addDependency(b);
    });
    expect(result.refusals).toEqual(["PL2009 Objects depend on each other in a circle: c/b -> c/x -> c/b"]);
    expect(result.units).toEqual([]);
  });

  it("on a construct of another App are refused", () => {
    const other = object(new Chart(new App(), "other"), "o");
    const result = units((app) => object(new Chart(app, "c"), "a").addDependency(other));
    expect(result.refusals).toEqual(["PL2010 c/a depends on other/o, a construct of another App"]);
  });
});

describe("dependencies that objects imply", () => {
  const namespace = (scope: Construct, name: string) => object(scope, name, { kind: "Namespace" });
  const definition = (scope: Construct) =>
    object(scope, "crd", {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      spec: { group: "example.org", names: { kind: "Thing" } },
    });

  it("put a namespace before what is in it and a definition before its kind", () => {
    expect(
      edges((app) => {
        const chart = new Chart(app, "c", { namespace: "ns" });
        object(chart, "thing", { apiVersion: "example.org/v1", kind: "Thing" });
        object(chart, "other", {
          apiVersion: "example.com/v1",
          kind: "Thing",
          metadata: { name: "x", namespace: "elsewhere" },
        });
        definition(chart);
        namespace(new Chart(app, "d"), "ns");
      }),
    ).toEqual({ "d/ns": [], "c/crd": ["d/ns"], "c/thing": ["d/ns", "c/crd"], "c/other": [] });
  });

  it("that contradict a declared one are refused", () => {
    const result = units((app) => {
      const chart = new Chart(app, "c");
      const inside = object(chart, "inside", { metadata: { name: "x", namespace: "ns" } });
      namespace(chart, "ns").addDependency(inside);
    });
    expect(result.refusals).toEqual([
      "PL2009 Objects depend on each other in a circle: c/inside -> c/ns (its namespace) -> c/inside",
    ]);
  });
});
