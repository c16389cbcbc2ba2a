import { isJsonObject, type JsonObject, mapValues } from "../json.js";

/**
 * The JSON Schema that says what the API server says about a structural schema with `fieldValidation: Strict`:
 * unknown fields are refused unless the schema preserves them. Keywords inside `oneOf` and its kin only look at values
 * and stay as they are. Rules in CEL (`x-kubernetes-validations`) and list types are not evaluated.
 */
export function strict(schema: JsonObject): JsonObject {
  const out: Record<string, unknown> = { ...schema };
  if (isJsonObject(schema.properties)) out.properties = mapValues(schema.properties, below);
  if (schema.items !== undefined) out.items = below(schema.items);
  if (schema.additionalProperties !== undefined) {
    out.additionalProperties = below(schema.additionalProperties);
  } else if (schema.type === "object" && schema["x-kubernetes-preserve-unknown-fields"] !== true) {
    out.additionalProperties = false;
  }
  if (schema["x-kubernetes-int-or-string"] === true) out.type = ["integer", "string"];
  return out;
}

function below(schema: unknown): unknown {
  return isJsonObject(schema) ? strict(schema) : schema;
}

/** The value with the defaults of its schema, which the API server sets before it validates. */
export function defaulted(value: unknown, schema: unknown): unknown {
  if (!isJsonObject(schema)) return value;
  if (Array.isArray(value)) return value.map((item) => defaulted(item, schema.items));
  if (!isJsonObject(value)) return value;
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const out: Record<string, unknown> = mapValues(value, (field, key) =>
    defaulted(field, properties[key] ?? schema.additionalProperties),
  );
  for (const [key, property] of Object.entries(properties)) {
    if (out[key] === undefined && isJsonObject(property) && property.default !== undefined) {
      out[key] = defaulted(property.default, property);
    }
  }
  return out;
}
