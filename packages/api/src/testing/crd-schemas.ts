import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { schemaFiles } from "../crds.js";
import { isJsonObject, type JsonObject } from "../json.js";
import { customMetadata } from "./metadata.js";
import { strict } from "./schema.js";

/** The part of a CustomResourceDefinition that is read here. */
interface Crd {
  readonly spec: {
    readonly scope: string;
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema: { readonly openAPIV3Schema: JsonObject };
    }[];
  };
}

/** Files by `group kind`. All are short to read and long to parse, and a test wants few of them. */
const FILES: ReadonlyMap<string, string> = new Map(
  schemaFiles().map(([, file]): [string, string] => {
    const text = readFileSync(file, "utf8");
    const [, group] = /^ {2}group: (\S+)$/m.exec(text) ?? [];
    const [, kind] = /^ {4}kind: (\S+)$/m.exec(text) ?? [];
    if (group === undefined || kind === undefined) throw new Error(`${file} is not laid out as a CRD is`);
    return [`${group} ${kind}`, file];
  }),
);

/** What was parsed, by file: schemas of the served versions, by their names. */
const parsed = new Map<string, ReadonlyMap<string, JsonObject>>();

/**
 * Schema of a whole object of a kind.
 * @returns `undefined` when no CRD of this package serves the kind in this version
 */
export function crdSchema(apiVersion: string, kind: string): JsonObject | undefined {
  const [group = "", version = ""] = apiVersion.split("/");
  const file = FILES.get(`${group} ${kind}`);
  if (file === undefined) return undefined;
  const schemas = parsed.get(file) ?? schemasOf(file);
  parsed.set(file, schemas);
  return schemas.get(version);
}

function schemasOf(file: string): ReadonlyMap<string, JsonObject> {
  const { spec } = load(readFileSync(file, "utf8")) as Crd;
  const served = spec.versions.filter((version) => version.served);
  return new Map(served.map(({ name, schema }) => [name, objectSchema(schema.openAPIV3Schema, spec.scope)]));
}

function objectSchema(schema: JsonObject, scope: string): JsonObject {
  const root = strict(schema);
  const properties = isJsonObject(root.properties) ? root.properties : {};
  // a CRD can only narrow what every object's metadata is
  const narrowed = isJsonObject(schema.properties) ? (schema.properties.metadata ?? {}) : {};
  return {
    ...root,
    required: [...(Array.isArray(root.required) ? root.required : []), "metadata"],
    properties: {
      ...properties,
      apiVersion: { type: "string" },
      kind: { type: "string" },
      metadata: { ...customMetadata(scope), allOf: [narrowed] },
    },
  };
}
