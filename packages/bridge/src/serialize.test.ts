import * as pulumi from "@pulumi/pulumi";
import { ApiObject, App, Chart, JsonPatch, Lazy } from "cdk8s";
import { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import { collect } from "./collect.js";
import type { Edit } from "./edit.js";
import { IntOrString, KubeService, type ServiceSpec } from "./generated.fixture.js";
import type { Manifest } from "./manifest.js";
import { restore } from "./restore.js";
import { OutputTokens } from "./tokens.js";

const text = pulumi.output("10.0.0.1");
const number = pulumi.output(6443);
const list = pulumi.output(["10.0.0.1", "10.0.0.2"]);
const map = pulumi.output({ app: "x" });
/** What Pulumi puts into a template literal when it does not throw. */
const prose = "Calling [toString] on an [Output<T>] is not supported.\n\nTo get the value ...";

type Build = (chart: Chart, tokens: OutputTokens) => unknown;

function collected(build: Build, edit?: Edit) {
  const tokens = new OutputTokens();
  const app = new App({ resolvers: [tokens] });
  build(new Chart(app, "c"), tokens);
  return collect(app, { restore, edit, name: (path) => path });
}
/** The only object of a chart that is as it should be. */
function only(build: Build): Manifest {
  const { manifests, refusals } = collected(build);
  expect(refusals.map((refusal) => refusal.message)).toEqual([]);
  return [...manifests.values()][0] as Manifest;
}
/** Codes, places and messages of a chart that is not. */
function refused(build: Build, edit?: Edit): (string | undefined)[][] {
  return collected(build, edit).refusals.map(({ code, path, property, summary }) => [code, path, property, summary]);
}

/** Codes and places only. */
const places = (...args: Parameters<typeof refused>) => refused(...args).map((fault) => fault.slice(0, 3));

const object = (chart: Construct, fields: object, metadata: object = {}, id = "o") =>
  new ApiObject(chart, id, { apiVersion: "v1", kind: "ConfigMap", metadata: { name: id, ...metadata }, ...fields });
const service = (chart: Chart, spec: object) => new KubeService(chart, "s", { spec: spec as ServiceSpec });
const value = (output: unknown) => new Promise((resolve) => (output as pulumi.Output<unknown>).apply(resolve));

describe("an Output as it is, in an untyped object", () => {
  it("comes back as the same Output from any leaf", () => {
    const { data, metadata } = only((chart) =>
      object(
        chart,
        { data: { a: text, b: [number, { c: list }], d: map, lazy: Lazy.any({ produce: () => text }) } },
        { labels: { l: text } },
      ),
    ) as unknown as { data: Record<string, unknown>; metadata: { labels: object } };
    expect(data.a).toBe(text);
    expect((data.b as unknown[])[0]).toBe(number);
    expect((data.b as { c: unknown }[])[1]?.c).toBe(list);
    expect(data.d).toBe(map);
    expect(data.lazy).toBe(text);
    expect((metadata.labels as { l: unknown }).l).toBe(text);
  });

  it("comes back also when the object has been serialised before", () => {
    const { data } = only((chart) => {
      const first = object(chart, { data: { a: text } });
      first.toJson();
      first.addJsonPatch(JsonPatch.add("/data/b", "x"));
    });
    expect(data).toEqual({ a: text, b: "x" });
  });

  it("is caught in an App that nobody prepared", () => {
    const app = new App();
    object(new Chart(app, "c"), { data: { a: text } });
    const [manifest] = collect(app, { restore, name: (path) => path }).manifests.values();
    expect(manifest).toMatchObject({ data: { a: text } });
  });
});

describe("a token", () => {
  it("embedded in text is concatenated", async () => {
    const { data } = only((chart, tokens) =>
      object(chart, { data: { url: `http://${tokens.text(text)}:${tokens.number(number)}/${tokens.text(text)}` } }),
    );
    expect(await value((data as { url: unknown }).url)).toBe("http://10.0.0.1:6443/10.0.0.1");
  });

  it("of a number goes through a union class", () => {
    const { spec } = only((chart, tokens) =>
      service(chart, {
        ports: [{ port: tokens.number(number), targetPort: IntOrString.fromNumber(tokens.number(number)) }],
      }),
    );
    expect(spec).toEqual({ ports: [{ port: number, targetPort: number }] });
    expect((spec as { ports: { targetPort: unknown }[] }).ports[0]?.targetPort).toBe(number);
  });

  it("of a list goes through a generated class and is the list", () => {
    const { spec } = only((chart, tokens) => service(chart, { externalIPs: tokens.list(list) }));
    expect((spec as { externalIPs: unknown }).externalIPs).toBe(list);
  });

  it("of a list may be spread among others", async () => {
    const { data } = only((chart, tokens) =>
      object(chart, { data: { all: ["first", ...tokens.list(list), { a: tokens.text(text) }] } }),
    );
    expect(await value((data as { all: unknown }).all)).toEqual(["first", "10.0.0.1", "10.0.0.2", { a: "10.0.0.1" }]);
  });

  it("in a JSON patch comes back", () => {
    const { data } = only((chart, tokens) =>
      object(chart, {}).addJsonPatch(JsonPatch.add("/data", { a: tokens.text(text) })),
    );
    expect((data as { a: unknown }).a).toBe(text);
  });
});

describe("an Output that a generated class drops or takes apart", () => {
  const lost = (property: string) => [
    "PL2003",
    "c/s",
    property,
    `The Output given as ${property} is not in the object that c/s emits`,
  ];

  it("is refused with its place", () => {
    expect(refused((chart) => service(chart, { ports: [{ port: 1, targetPort: number }] }))).toEqual([
      lost("spec.ports[0].targetPort"),
    ]);
    expect(refused((chart) => service(chart, { selector: map }))).toEqual([lost("spec.selector")]);
    expect(refused((chart) => new KubeService(chart, "s", { spec: pulumi.output({}) as ServiceSpec }))).toEqual([
      lost("spec"),
    ]);
    expect(refused((chart) => service(chart, { unknown: text }))).toEqual([lost("spec.unknown")]);
  });

  it("is refused when the class throws", () => {
    expect(refused((chart) => service(chart, { externalIPs: list }))).toEqual([
      ["PL2002", "c/s", undefined, expect.stringContaining("map is not a function")],
    ]);
  });

  it("is refused when a token comes back nowhere", () => {
    expect(refused((chart, tokens) => service(chart, { unknown: tokens.text(text, "args.endpoint") }))).toEqual([
      ["PL2003", "(root)", "args.endpoint", "The Output given as args.endpoint is in no object"],
    ]);
  });
});

describe("an Output where the value must be known", () => {
  it("is refused in keys", () => {
    expect(refused((chart, tokens) => object(chart, { data: { nested: { [tokens.text(text)]: 1 } } }))).toEqual([
      ["PL2005", "c/o", "data.nested", "A key of data.nested is an Output"],
    ]);
  });

  it("is refused in names, namespaces, kinds and versions", () => {
    const fault = (property: string) => [["PL2006", "c/o", property, `${property} is not a plain text`]];
    expect(refused((chart) => object(chart, {}, { name: text }))).toEqual(fault("metadata.name"));
    expect(refused((chart, tokens) => object(chart, {}, { name: `a-${tokens.text(text)}` }))).toEqual(
      fault("metadata.name"),
    );
    expect(refused((chart, tokens) => object(chart, {}, { namespace: tokens.text(text) }))).toEqual(
      fault("metadata.namespace"),
    );
    expect(refused((chart, tokens) => object(chart, { kind: tokens.text(text) }))).toEqual(fault("kind"));
    expect(refused((chart, tokens) => object(chart, { apiVersion: tokens.text(text) }))).toEqual(fault("apiVersion"));
  });

  it("is refused in ids of constructs", () => {
    const [fault] = refused((chart, tokens) => object(new Construct(chart, tokens.text(text, "args.zone")), {}));
    expect(fault?.[0]).toBe("PL2007");
  });
});

describe("an Output that became something else", () => {
  it("is refused as Pulumi's help text, in values and keys", () => {
    expect(refused((chart) => object(chart, { data: { a: `http://${prose}` } }))).toEqual([
      ["PL2008", "c/o", "data.a", "data.a has Pulumi's help text instead of the value of an Output"],
    ]);
    expect(refused((chart) => object(chart, { data: { [prose]: "a" } }))).toEqual([
      ["PL2008", "c/o", "data", "A key of data has Pulumi's help text instead of the value of an Output"],
    ]);
  });

  it("is refused when the placeholder was changed, computed with or is another chart's", () => {
    const strange = "data.a has a placeholder that stands for no Output of this chart";
    const others = new OutputTokens();
    for (const change of [
      (tokens: OutputTokens) => tokens.text(text).slice(0, -2),
      (tokens: OutputTokens) => tokens.number(number) + 1,
      () => others.text(text),
      () => others.number(number),
    ]) {
      expect(refused((chart, tokens) => object(chart, { data: { a: change(tokens) } }))).toEqual([
        ["PL2004", "c/o", "data.a", strange],
      ]);
    }
  });

  it("is refused when a list stands in a text", () => {
    expect(places((chart, tokens) => object(chart, { data: { a: `x${tokens.list(list)}` } }))).toEqual([
      ["PL2015", "c/o", "data.a"],
    ]);
    expect(places((chart, tokens) => object(chart, { data: { a: tokens.list(list)[0] } }))).toEqual([
      ["PL2015", "c/o", "data.a"],
    ]);
  });
});

describe("what is no JSON", () => {
  it("is refused", () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, () => 1, Symbol("x"), 10n]) {
      expect(places((chart) => object(chart, { data: { a: [bad] } }))).toEqual([["PL2014", "c/o", "data.a[0]"]]);
    }
    expect(refused((chart) => object(chart, { data: { a: new Date(0) } }))).toEqual([
      ["PL2002", "c/o", undefined, "ConfigMap c/o cannot be serialised: can't render non-simple object of type 'Date'"],
    ]);
    expect(places((chart) => object(chart, { data: { a: Promise.resolve(1) } }))).toEqual([
      ["PL2002", "c/o", undefined],
    ]);
  });

  it("becomes null in a list and is left out of a map, as in JSON", () => {
    expect(only((chart) => object(chart, { data: { a: [undefined, null, 1], b: undefined } })).data).toEqual({
      a: [null, null, 1],
    });
  });
});

describe("a tree", () => {
  it("reports the validations of its constructs together with all else", () => {
    const found = refused((chart) => {
      chart.node.addValidation({ validate: () => ["no storage class", "no zone"] });
      object(chart, {}, { name: text });
      object(chart, {}, { name: "same" }, "a");
      object(chart, {}, { name: "same" }, "b");
    });
    expect(found).toEqual([
      ["PL2001", "c", undefined, "no storage class"],
      ["PL2001", "c", undefined, "no zone"],
      ["PL2006", "c/o", "metadata.name", "metadata.name is not a plain text"],
      ["PL2012", "c/b", "metadata.name", "ConfigMap same is emitted by c/a and by c/b"],
    ]);
  });

  it("may have equal names in different namespaces, kinds and groups", () => {
    expect(
      refused((chart) => {
        object(chart, {}, { name: "same" }, "a");
        object(chart, {}, { name: "same", namespace: "x" }, "b");
        object(chart, { kind: "Service" }, { name: "same" }, "d");
        object(chart, { apiVersion: "example.org/v1" }, { name: "same" }, "e");
      }),
    ).toEqual([]);
  });
});

describe("an edit", () => {
  const build: Build = (chart) => object(chart, { data: { a: text } });

  it("is told type, name and value with Outputs, and has the last word", () => {
    const { manifests, refusals } = collected(build, ({ type, name, value: { data } }) => ({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "other" },
      data: { ...(data as object), type, name, output: number },
    }));
    expect(refusals).toEqual([]);
    const [manifest] = manifests.values();
    expect(manifest?.metadata).toEqual({ name: "other" });
    expect(manifest?.data).toEqual({ a: text, type: "kubernetes:core/v1:ConfigMap", name: "c/o", output: number });
  });

  it("that returns nothing leaves the object, or what it changed in place", () => {
    expect([...collected(build, () => undefined).manifests.values()][0]?.data).toEqual({ a: text });
    const inPlace: Edit = ({ value: object }) => {
      object.immutable = true;
      return undefined;
    };
    expect([...collected(build, inPlace).manifests.values()][0]?.immutable).toBe(true);
  });

  it("that changes what the object is, or loses its name, is refused", () => {
    expect(refused(build, ({ value: object }) => ({ ...object, kind: "Secret" }))).toEqual([
      ["PL2013", "c/o", undefined, "The edit makes v1 Secret of v1 ConfigMap"],
    ]);
    expect(refused(build, ({ value: object }) => ({ ...object, metadata: {} }))).toEqual([
      ["PL2013", "c/o", "metadata.name", "metadata.name is missing"],
    ]);
    expect(places(build, ({ value: object }) => ({ ...object, metadata: { name: "a", namespace: text } }))).toEqual([
      ["PL2013", "c/o", "metadata.namespace"],
    ]);
  });
});
