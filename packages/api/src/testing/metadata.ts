import type { JsonObject } from "../json.js";

const string = { type: "string" };
const NAME = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
const SUBDOMAIN = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
/** A qualified name: `name` or `prefix.example/name`. */
const key = { pattern: `^(${SUBDOMAIN}/)?${NAME}$` };

/** ObjectMeta of meta/v1: the fields that a client may send. What the API server sets itself is refused. */
const PROPERTIES: JsonObject = {
  name: string,
  namespace: string,
  labels: { type: "object", propertyNames: key, additionalProperties: { type: "string", pattern: `^(${NAME})?$` } },
  annotations: { type: "object", propertyNames: key, additionalProperties: string },
  finalizers: { type: "array", items: string },
  ownerReferences: {
    type: "array",
    items: {
      type: "object",
      required: ["apiVersion", "kind", "name", "uid"],
      additionalProperties: false,
      properties: {
        apiVersion: string,
        kind: string,
        name: string,
        uid: string,
        controller: { type: "boolean" },
        blockOwnerDeletion: { type: "boolean" },
      },
    },
  },
  // generators of CRDs write `creationTimestamp: null`
  creationTimestamp: { type: "null" },
};

/** Schema of `metadata` for an object of a built-in kind. */
export const METADATA: JsonObject = {
  type: "object",
  required: ["name"],
  additionalProperties: false,
  properties: PROPERTIES,
};

/** Schema of `metadata` for a custom resource, whose name must be a DNS subdomain. */
export function customMetadata(scope: string): JsonObject {
  const name = { type: "string", maxLength: 253, pattern: `^${SUBDOMAIN}$` };
  const { namespace, ...unscoped } = PROPERTIES;
  const scoped = scope === "Namespaced" ? { namespace } : {};
  return { ...METADATA, properties: { ...unscoped, ...scoped, name } };
}
