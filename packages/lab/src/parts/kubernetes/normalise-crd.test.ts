import { expect, it } from "vitest";
import { type JsonObject, normaliseCrd } from "./normalise-crd.js";

function crd(schema: JsonObject): JsonObject {
  return {
    kind: "CustomResourceDefinition",
    metadata: { name: "things.example.com" },
    spec: { group: "example.com", versions: [{ name: "v1", schema: { openAPIV3Schema: schema } }, { name: "v0" }] },
  };
}

it("keeps the seven extensions of structural schemas and drops all others, at any depth", () => {
  const kept = {
    "x-kubernetes-embedded-resource": true,
    "x-kubernetes-int-or-string": true,
    "x-kubernetes-list-map-keys": ["name"],
    "x-kubernetes-list-type": "map",
    "x-kubernetes-map-type": "atomic",
    "x-kubernetes-preserve-unknown-fields": true,
    "x-kubernetes-validations": [{ rule: "self.x > 0" }],
  };
  const dropped = { "x-doc-default": "1", "x-doc-examples": [{}], "x-kubernetes-patch-strategy": "merge" };
  const leaf = (extra: JsonObject) => ({ type: "object", ...extra });
  const tree = (extra: JsonObject): JsonObject => ({
    ...leaf(extra),
    properties: {
      a: { type: "array", items: leaf(extra) },
      b: { oneOf: [leaf(extra)], additionalProperties: leaf(extra) },
    },
  });
  expect(normaliseCrd(crd(tree({ ...kept, ...dropped })))).toEqual(crd(tree(kept)));
});

it("drops an empty `required`, and keeps one that names something", () => {
  const schema = { required: ["a"], properties: { a: { type: "object", required: [] } } };
  expect(normaliseCrd(crd(schema))).toEqual(crd({ required: ["a"], properties: { a: { type: "object" } } }));
});

it("takes names for names and data for data", () => {
  const schema = {
    properties: {
      required: { type: "array", items: { type: "string" } },
      "x-token": { type: "string" },
      properties: { type: "object", properties: { default: { type: "string" } } },
    },
    default: { required: [], "x-doc-y": 1 },
    enum: [{ "x-doc-z": 1 }],
  };
  expect(normaliseCrd(crd(schema))).toEqual(crd(schema));
});

it("drops the status, which is the server's, and does not change what it was given", () => {
  const given = { ...crd({ "x-doc-a": 1 }), status: { conditions: [] } };
  const before = structuredClone(given);
  expect(normaliseCrd(given)).toEqual(crd({}));
  expect(given).toEqual(before);
});
