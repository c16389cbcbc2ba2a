import { isJsonObject, type JsonObject, mapValues } from "./json.js";

/**
 * A CustomResourceDefinition in the form in which an API server gives it back: as they are published, server-side apply
 * refuses some and never stops to see a difference in others.
 *
 * @param object it is not changed
 * @returns the object itself when it is of another kind
 */
export function normalizeCrd<T extends { readonly apiVersion: string; readonly kind: string }>(object: T): T {
  if (object.kind !== "CustomResourceDefinition" || !object.apiVersion.startsWith("apiextensions.k8s.io/"))
    return object;
  // what code generators write there is the server's own field: it takes it from nobody
  const { status: _, ...rest } = object as T & { readonly spec?: unknown; readonly status?: unknown };
  if (!isJsonObject(rest.spec)) return rest as unknown as T;
  const spec = withoutZeros(rest.spec, { preserveUnknownFields: false });
  if (isJsonObject(spec.names)) spec.names = withoutZeros(spec.names, { shortNames: [], categories: [] });
  if (Array.isArray(spec.versions)) spec.versions = spec.versions.map(version);
  return { ...rest, spec } as unknown as T;
}

function version(value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  const result = withoutZeros(value, { deprecated: false, additionalPrinterColumns: [], selectableFields: [] });
  if (Array.isArray(result.additionalPrinterColumns)) {
    result.additionalPrinterColumns = result.additionalPrinterColumns.map((column: unknown) =>
      isJsonObject(column) ? withoutZeros(column, { description: "", format: "", priority: 0 }) : column,
    );
  }
  if (isJsonObject(result.schema)) {
    result.schema = { ...result.schema, openAPIV3Schema: schema(result.schema.openAPIV3Schema) };
  }
  return result;
}

/** Extensions that a structural schema may have; server-side apply refuses a definition with any other. */
const EXTENSIONS = new Set([
  "x-kubernetes-preserve-unknown-fields",
  "x-kubernetes-embedded-resource",
  "x-kubernetes-int-or-string",
  "x-kubernetes-list-map-keys",
  "x-kubernetes-list-type",
  "x-kubernetes-map-type",
  "x-kubernetes-validations",
]);

/**
 * Fields that the server leaves out when they have their zero value (`omitempty` of a field that is no pointer in
 * kubernetes/apiextensions-apiserver:pkg/apis/apiextensions/v1/types_jsonschema.go), so that sending them is a difference
 * for ever.
 */
const SCHEMA_ZEROS = {
  id: "",
  $schema: "",
  description: "",
  type: "",
  format: "",
  title: "",
  pattern: "",
  exclusiveMaximum: false,
  exclusiveMinimum: false,
  uniqueItems: false,
  nullable: false,
  enum: [],
  required: [],
  allOf: [],
  anyOf: [],
  oneOf: [],
  properties: {},
  patternProperties: {},
  dependencies: {},
  definitions: {},
  "x-kubernetes-embedded-resource": false,
  "x-kubernetes-int-or-string": false,
  "x-kubernetes-list-map-keys": [],
  "x-kubernetes-validations": [],
} as const;

/** Keywords whose value is a schema or a list of schemas, and those whose value is a map of schemas. */
const SCHEMAS = ["items", "allOf", "anyOf", "oneOf", "not", "additionalProperties", "additionalItems"];
const SCHEMA_MAPS = ["properties", "patternProperties", "definitions", "dependencies"];

function schema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(schema);
  if (!isJsonObject(value)) return value;
  const result = withoutZeros(value, SCHEMA_ZEROS);
  for (const key of Object.keys(result)) {
    if (key.startsWith("x-") && !EXTENSIONS.has(key)) delete result[key];
  }
  for (const key of SCHEMAS) if (key in result) result[key] = schema(result[key]);
  for (const key of SCHEMA_MAPS) {
    const map = result[key];
    if (isJsonObject(map)) result[key] = mapValues(map, schema);
  }
  return result;
}

type Zero = "" | 0 | false | readonly never[] | Readonly<Record<string, never>>;

/** A copy without the fields that have their zero value. */
function withoutZeros(map: JsonObject, zeros: Readonly<Record<string, Zero>>): Record<string, unknown> {
  const result = { ...map };
  for (const [key, zero] of Object.entries(zeros)) {
    const value = result[key];
    const isZero =
      typeof zero !== "object"
        ? value === zero
        : Array.isArray(zero)
          ? Array.isArray(value) && value.length === 0
          : isJsonObject(value) && Object.keys(value).length === 0;
    if (isZero) delete result[key];
  }
  return result;
}
