import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { schemaFiles } from "../crds.js";
import { isJson, type Json } from "./json.js";
import { customMetadata } from "./metadata.js";
import { strict } from "./schema.js";

/** The part of a CustomResourceDefinition that is read here. */
interface Crd {
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema: { readonly openAPIV3Schema: Json };
    }[];
  };
}

/** Schema of a whole object, by its kind as in {@link kindKey}: every served version of every CRD of this package. */
export const CRD_SCHEMAS: ReadonlyMap<string, Json> = new Map(
  schemaFiles().flatMap(([, file]) => {
    const { spec } = load(readFileSync(file, "utf8")) as Crd;
    return spec.versions
      .filter((version) => version.served)
      .map(({ name, schema }): [string, Json] => [
        kindKey(`${spec.group}/${name}`, spec.names.kind),
        objectSchema(schema.openAPIV3Schema, spec.scope),
      ]);
  }),
);

/** Key of a kind in {@link CRD_SCHEMAS}. */
export function kindKey(apiVersion: string, kind: string): string {
  return `${apiVersion} ${kind}`;
}

function objectSchema(schema: Json, scope: string): Json {
  const root = strict(schema);
  const properties = isJson(root.properties) ? root.properties : {};
  // a CRD can only narrow what every object's metadata is
  const narrowed = isJson(schema.properties) ? (schema.properties.metadata ?? {}) : {};
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
