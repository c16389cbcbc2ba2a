import { dump } from "js-yaml";

/** Keys of a schema that a CRD takes over as they are. */
const KEPT = new Set(["type", "description", "required", "enum", "pattern", "maxLength", "minItems", "default"]);
/** Keys that say something about the schema itself. */
const DROPPED = new Set(["$schema", "$comment", "title"]);

/**
 * The CRD (YAML, cluster-scoped) of a kind whose `spec` is described by a JSON Schema.
 *
 * @param {typeof import("./kinds.mjs").OWN_CRDS[number]} own
 * @param {object} specSchema
 * @returns {string}
 */
export function ownCrd(own, specSchema) {
  const crd = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${own.plural}.${own.group}` },
    spec: {
      group: own.group,
      scope: "Cluster",
      names: { kind: own.kind, listKind: `${own.kind}List`, plural: own.plural, singular: own.singular },
      versions: own.versions.map((name) => ({
        name,
        served: true,
        storage: name === own.versions.at(-1),
        schema: {
          openAPIV3Schema: {
            type: "object",
            description: specSchema.description,
            required: ["spec"],
            properties: { spec: structural(specSchema, "spec") },
          },
        },
      })),
    },
  };
  const header = own.header.map((line) => `# ${line}\n`).join("");
  return header + dump(crd, { noRefs: true, lineWidth: 120 });
}

/** A structural schema: what apiextensions.k8s.io/v1 accepts. An unknown keyword is an error, so that nothing gets lost. */
function structural(schema, path) {
  if (schema.oneOf !== undefined) return intOrString(schema, path);
  const out = {};
  for (const [key, value] of Object.entries(schema)) {
    if (DROPPED.has(key)) continue;
    if (KEPT.has(key)) out[key] = value;
    else if (key === "items") out.items = structural(value, `${path}[]`);
    else if (key === "properties") {
      out.properties = Object.fromEntries(
        Object.entries(value).map(([name, property]) => [name, structural(property, `${path}.${name}`)]),
      );
    } else if (key === "additionalProperties") {
      // beside properties the API server forbids `false`; it prunes or refuses unknown fields by itself
      if (value !== false) out.additionalProperties = structural(value, `${path}{}`);
    } else throw new Error(`${path}: a CRD cannot carry the keyword ${key}`);
  }
  return out;
}

/** The API server allows a type inside anyOf in this one form only. */
function intOrString({ oneOf, ...rest }, path) {
  const [integer, string] = oneOf;
  if (oneOf.length !== 2 || integer.type !== "integer" || string.type !== "string") {
    throw new Error(`${path}: oneOf must be an integer or a string`);
  }
  const { type, ...limits } = string;
  return {
    ...structural({ ...rest, ...limits }, path),
    "x-kubernetes-int-or-string": true,
    anyOf: [{ type: "integer" }, { type }],
  };
}
