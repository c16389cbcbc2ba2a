import { describe, expect, it } from "vitest";
import { normalizeCrd } from "./normalize-crd.js";

const crd = (schema: object, spec: object = {}, version: object = {}) => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "things.example.org" },
  spec: {
    group: "example.org",
    names: { kind: "Thing", plural: "things" },
    scope: "Namespaced",
    versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: schema }, ...version }],
    ...spec,
  },
});
const schema = (from: object) =>
  (normalizeCrd(crd(from)).spec as { versions: { schema: { openAPIV3Schema: unknown } }[] }).versions[0]?.schema
    .openAPIV3Schema;

describe("a schema", () => {
  it("loses the extensions that server-side apply refuses, at every depth", () => {
    const node = (inner: object) => ({
      type: "object",
      "x-doc-required": true,
      "x-kubernetes-patch-strategy": "merge",
      "x-kubernetes-preserve-unknown-fields": true,
      ...inner,
    });
    const clean = (inner: object) => ({ type: "object", "x-kubernetes-preserve-unknown-fields": true, ...inner });
    const deep = (wrap: (inner: object) => object) =>
      wrap({
        properties: { a: wrap({ items: wrap({}) }), b: wrap({ additionalProperties: wrap({}) }) },
        allOf: [wrap({ not: wrap({}) })],
        anyOf: [wrap({}), { required: ["x"] }],
      });
    expect(schema(deep(node))).toEqual(deep(clean));
  });

  it("keeps the seven that structural schemas allow", () => {
    const kept = {
      type: "object",
      "x-kubernetes-preserve-unknown-fields": false,
      "x-kubernetes-embedded-resource": true,
      "x-kubernetes-int-or-string": true,
      "x-kubernetes-list-map-keys": ["a"],
      "x-kubernetes-list-type": "map",
      "x-kubernetes-map-type": "atomic",
      "x-kubernetes-validations": [{ rule: "true" }],
    };
    expect(schema(kept)).toEqual(kept);
  });

  it("keeps properties that are called like extensions, and values as they are", () => {
    const kept = {
      type: "object",
      properties: { "x-doc-a": { type: "string" }, required: { type: "array", items: {} } },
      default: { required: [], description: "", "x-doc-a": false },
      enum: ["", false, { "x-doc-b": [] }],
      example: { properties: {} },
      additionalProperties: {},
    };
    expect(schema(kept)).toEqual(kept);
  });

  it("loses fields that the server leaves out", () => {
    expect(
      schema({ type: "object", required: [], description: "", nullable: false, properties: {}, minLength: 0 }),
    ).toEqual({ type: "object", minLength: 0 });
    expect(schema({ properties: { a: { required: [], oneOf: [] } } })).toEqual({ properties: { a: {} } });
  });
});

describe("a definition", () => {
  it("loses its status and fields that the server leaves out", () => {
    const version = {
      deprecated: false,
      additionalPrinterColumns: [{ name: "a", priority: 0, description: "", type: "string", jsonPath: ".a" }],
    };
    const before = {
      ...crd(
        { type: "object" },
        { preserveUnknownFields: false, names: { kind: "Thing", plural: "things", shortNames: [] } },
        version,
      ),
      status: { storedVersions: [] },
    };
    const columns = [{ name: "a", type: "string", jsonPath: ".a" }];
    expect(normalizeCrd(before)).toEqual(crd({ type: "object" }, {}, { additionalPrinterColumns: columns }));
    expect(before.status).toBeDefined();
  });

  it("is left alone when it is of another group or kind", () => {
    const other = {
      apiVersion: "example.org/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "a" },
      status: {},
    };
    expect(normalizeCrd(other)).toBe(other);
  });
});
