/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/**
 * The extensions that a structural schema may hold.
 *
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
const EXTENSIONS = new Set([
  "x-kubernetes-embedded-resource",
  "x-kubernetes-int-or-string",
  "x-kubernetes-list-map-keys",
  "x-kubernetes-list-type",
  "x-kubernetes-map-type",
  "x-kubernetes-preserve-unknown-fields",
  "x-kubernetes-validations",
]);

/** Keys of a schema whose values are named by the author: there, a name such as `required` is not a keyword. */
const NAMED = new Set(["properties", "patternProperties", "definitions", "dependencies"]);

/** Keys of a schema whose values are data, not schemas. */
const DATA = new Set(["default", "enum", "example"]);

/**
 * A CustomResourceDefinition that server-side apply takes and that comes back as it was sent: schemas without the keys that
 * their schema does not know (Deckhouse's carry `x-doc-*` and `x-kubernetes-patch-*`) and without `required: []`, which the
 * API server drops, so that it would be a difference for ever. A status is dropped, it is the server's.
 *
 * @param crd object of `apiextensions.k8s.io/v1`; it is not changed
 */
export function normaliseCrd(crd: JsonObject): JsonObject {
  const { status: _, ...rest } = crd;
  const spec = objectOf(rest.spec);
  const versions = Array.isArray(spec.versions) ? spec.versions : [];
  return { ...rest, spec: { ...spec, versions: versions.map((version) => normaliseVersion(objectOf(version))) } };
}

function normaliseVersion(version: JsonObject): JsonObject {
  const schema = objectOf(version.schema);
  if (schema.openAPIV3Schema === undefined) return version;
  return { ...version, schema: { ...schema, openAPIV3Schema: normaliseSchema(schema.openAPIV3Schema) } };
}

function normaliseSchema(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(normaliseSchema);
  if (!isObject(schema)) return schema;
  const entries = Object.entries(schema).flatMap(([key, value]): [string, Json][] => {
    if (key.startsWith("x-") && !EXTENSIONS.has(key)) return [];
    if (key === "required" && Array.isArray(value) && value.length === 0) return [];
    if (DATA.has(key) || EXTENSIONS.has(key)) return [[key, value]];
    if (NAMED.has(key) && isObject(value)) return [[key, mapValues(value, normaliseSchema)]];
    return [[key, normaliseSchema(value)]];
  });
  return Object.fromEntries(entries);
}

function mapValues(object: JsonObject, change: (value: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

function objectOf(value: Json | undefined): JsonObject {
  return value !== undefined && isObject(value) ? value : {};
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
