import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PlinthError, PlinthReport, Program } from "@plinth/core";
import * as pulumi from "@pulumi/pulumi";
import { ApiObject, App, Chart } from "cdk8s";
import { loadAll } from "js-yaml";
import { describe, expect, it } from "vitest";
import { registerChart } from "./register.js";
import { type RenderOptions, renderFiles, renderObjects, renderYaml } from "./render.js";
import { BRIDGE } from "./rules.js";
import { captureProgram } from "./testing.js";
import { OutputTokens } from "./tokens.js";
import type { Reference, WithheldLeaf } from "./withhold.js";

const object = (scope: Chart, id: string, fields: object = {}, metadata: object = {}) =>
  new ApiObject(scope, id, { apiVersion: "v1", kind: "ConfigMap", metadata: { name: id, ...metadata }, ...fields });

function app(build: (chart: Chart, tokens: OutputTokens) => void): App {
  const tokens = new OutputTokens();
  const made = new App({ resolvers: [tokens] });
  build(new Chart(made, "c"), tokens);
  return made;
}
function refused(root: App, options?: RenderOptions): (string | undefined)[][] {
  try {
    renderObjects(root, options);
  } catch (error) {
    if (PlinthReport.isInstance(error)) return error.errors.map(({ code, path, property }) => [code, path, property]);
    throw error;
  }
  return [];
}

/** As Flux substitutes it. */
const variable = (name: string): string => `\${${name}}`;
const output = pulumi.output("x");
const plain = (chart: Chart): void => {
  object(chart, "settings", { data: { b: "2", a: "yes" } }, { namespace: "ns" });
  object(chart, "ns", { kind: "Namespace" });
};

/** A registered object without the one annotation that is for Pulumi's provider. */
function withoutOwnership(inputs: object): object {
  const { metadata } = inputs as { metadata: { annotations?: object } };
  expect(metadata.annotations).toEqual({ "pulumi.com/patchForce": "true" });
  const { annotations: _, ...others } = metadata;
  return { ...inputs, metadata: others };
}

describe("renderObjects", () => {
  it("gives plain objects in order", () => {
    expect(renderObjects(app(plain))).toEqual([
      { apiVersion: "v1", kind: "Namespace", metadata: { name: "ns" } },
      {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "settings", namespace: "ns" },
        data: { a: "yes", b: "2" },
      },
    ]);
  });

  it("gives the objects that registerChart registers", async () => {
    const build = (chart: Chart): void => {
      plain(chart);
      object(chart, "crd", {
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        spec: {
          group: "example.org",
          names: { kind: "Thing" },
          versions: [{ schema: { openAPIV3Schema: { required: [], "x-doc-a": 1 } } }],
        },
      });
      object(chart, "thing", {
        apiVersion: "example.org/v1",
        kind: "Thing",
        spec: { deep: [{ n: 1.5, no: false }, [null]] },
      });
    };
    const edit: RenderOptions["edit"] = ({ value, type, name }) => ({
      ...value,
      edited: `${type} ${name.replace("comp-", "")}`,
    });
    const program = await captureProgram(() => {
      registerChart(
        new pulumi.ComponentResource("test:index:Component", "comp"),
        (scope) => build(new Chart(scope, "c")),
        { edit },
      );
    });
    const registered = program.resources.filter(({ custom }) => custom).map(({ inputs }) => withoutOwnership(inputs));
    const rendered = renderObjects(app(build), { edit });
    // the engine is told as soon as the dependencies allow, so in another order
    const named = (objects: readonly object[]) =>
      Object.fromEntries(objects.map((each) => [(each as { metadata: { name: string } }).metadata.name, each]));
    expect(named(rendered)).toEqual(named(registered));
    expect(Object.keys(named(rendered))).toEqual(["ns", "settings", "crd", "thing"]);
    expect(named(rendered).crd).toMatchObject({ spec: { versions: [{ schema: { openAPIV3Schema: {} } }] } });
  });

  it("of one chart leaves out the others and does not miss their tokens", () => {
    const made = app((chart, tokens) => object(chart, "a", { data: { x: tokens.text(output) } }));
    const other = new Chart(made, "other");
    object(other, "b").addDependency(made.node.findChild("c"));
    expect(renderObjects(other)).toMatchObject([{ metadata: { name: "b" } }]);
  });

  it("reports all at once: the program's refusals, the tree's, the leaves'", () => {
    const made = app((chart) => object(chart, "a", { data: { x: output } }));
    Program.of(made).refuse(new PlinthError(BRIDGE.validation, { path: "plan", message: "no", fix: "yes" }));
    expect(refused(made)).toEqual([
      ["PL2001", "plan", undefined],
      ["PL2011", "c/a", "data.x"],
    ]);
    made.node.addValidation({ validate: () => ["no"] });
    expect(refused(made)).toEqual([
      ["PL2001", "plan", undefined],
      ["PL2001", "", undefined],
    ]);
  });
});

describe("a leaf that must not be rendered", () => {
  const leaves = (chart: Chart, tokens: OutputTokens): void => {
    const embedded = `http://${tokens.text(output)}:${tokens.number(pulumi.output(1))}`;
    object(chart, "a", {
      data: {
        raw: pulumi.secret("s3cret"),
        deep: [{ embedded }],
        number: tokens.number(pulumi.output(1)),
        list: tokens.list(pulumi.output(["l"])),
      },
    });
    object(chart, "s", {
      kind: "Secret",
      type: "Opaque",
      data: { plain: "czNjcmV0" },
      stringData: { of: tokens.text(output) },
    });
  };
  const all = ["data.raw", "data.deep[0].embedded", "data.deep[0].embedded", "data.number", "data.list[0]"];

  it("is refused by its path, without its value", () => {
    expect(refused(app(leaves))).toEqual([
      ...all.sort().map((property) => ["PL2011", "c/a", property]),
      ["PL2011", "c/s", "data.plain"],
      ["PL2011", "c/s", "stringData.of"],
    ]);
    try {
      renderYaml(app(leaves));
    } catch (error) {
      expect(String(error)).not.toMatch(/s3cret|czNjcmV0|plinth\.unresolved/);
      expect(String(error)).toContain("data.plain of Secret s is secret");
    }
  });

  it("takes a reference", () => {
    const seen: Pick<WithheldLeaf, "path" | "property" | "reason">[] = [];
    const reference: Reference = ({ path, property, reason, object: of }) => {
      seen.push({ path, property, reason });
      return property === "data.number" ? 7 : variable(`${of.metadata.name}_${property.replace(/\W+/g, "_")}`);
    };
    expect(renderObjects(app(leaves), { reference })).toEqual([
      {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "a" },
        data: {
          raw: variable("a_data_raw"),
          deep: [{ embedded: `http://${variable("a_data_deep_0_embedded")}:${variable("a_data_deep_0_embedded")}` }],
          number: 7,
          list: [variable("a_data_list_0_")],
        },
      },
      {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "s" },
        type: "Opaque",
        data: { plain: variable("s_data_plain") },
        stringData: { of: variable("s_stringData_of") },
      },
    ]);
    expect(seen).toContainEqual({ path: "c/s", property: "data.plain", reason: "secret" });
    expect(seen).toContainEqual({ path: "c/s", property: "stringData.of", reason: "unresolved" });
  });

  it("is still refused where the reference gives nothing", () => {
    expect(
      refused(app(leaves), { reference: ({ reason, value }) => (reason === "secret" ? value : undefined) }),
    ).toHaveLength(6);
  });

  it("is refused when an edit puts it there", () => {
    const made = app((chart) => object(chart, "a"));
    expect(refused(made, { edit: ({ value }) => ({ ...value, data: { x: output } }) })).toEqual([
      ["PL2011", "c/a", "data.x"],
    ]);
  });
});

describe("renderYaml", () => {
  const text = [
    "apiVersion: v1",
    "kind: Namespace",
    "metadata:",
    "  name: ns",
    "---",
    "apiVersion: v1",
    "kind: ConfigMap",
    "metadata:",
    "  name: settings",
    "  namespace: ns",
    "data:",
    "  a: 'yes'",
    "  b: '2'",
    "",
  ].join("\n");

  it("gives one document an object, the same each time", () => {
    const made = app(plain);
    expect(renderYaml(made)).toBe(text);
    expect(renderYaml(made)).toBe(text);
    expect(renderYaml(app(plain))).toBe(text);
    expect(renderYaml(new App())).toBe("");
  });

  it("writes parts that are shared out each time", () => {
    const shared = { deep: [1] };
    const made = app((chart) => object(chart, "a"));
    const yaml = renderYaml(made, { edit: ({ value }) => ({ ...value, data: { a: shared, b: shared } }) });
    expect(yaml).not.toContain("&");
    expect(loadAll(yaml)).toMatchObject([{ data: { a: shared, b: shared } }]);
  });
});

describe("renderFiles", () => {
  it("writes a file an object, named after it", () => {
    const folder = join(mkdtempSync(join(tmpdir(), "plinth-render-")), "new");
    try {
      const made = app((chart) => {
        plain(chart);
        object(
          chart,
          "role",
          { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole" },
          { name: "system:x" },
        );
      });
      const names = [
        "namespace_ns.yaml",
        "configmap_ns_settings.yaml",
        "clusterrole.rbac.authorization.k8s.io_system%3Ax.yaml",
      ];
      expect(renderFiles(made, folder)).toEqual(names);
      expect(readdirSync(folder).sort()).toEqual([...names].sort());
      expect(names.map((name) => readFileSync(join(folder, name), "utf8")).join("---\n")).toBe(renderYaml(made));
    } finally {
      rmSync(join(folder, ".."), { recursive: true });
    }
  });
});
