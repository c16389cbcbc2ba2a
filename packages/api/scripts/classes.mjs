import { describe, summary } from "./describe.mjs";
import { types } from "./types.mjs";

/** Base class and type of the metadata, by the scope of the CRD. */
const SCOPES = {
  Cluster: { base: "ClusterScopedObject", metadata: "ClusterScopedMetadata", text: "cluster-scoped" },
  Namespaced: { base: "ApiObject", metadata: "ApiObjectMetadata", text: "namespaced" },
};

/**
 * Types and class of one version of one CRD.
 *
 * @param {object} crd
 * @param {string} version
 * @param {boolean} emitted whether the class carries its CRD, for programs that emit that too
 * @param {readonly string[]} open names of properties that get no types of their own, see `GROUPS`
 * @returns {Promise<string>}
 */
export async function kind(crd, version, emitted = false, open = []) {
  const { group, scope, names, versions } = crd.spec;
  const found = versions.find((one) => one.name === version);
  if (found === undefined) throw new Error(`${crd.metadata.name} has no version ${version}`);
  const root = found.schema.openAPIV3Schema;
  const { base, metadata, text } = SCOPES[scope];
  const { apiVersion, kind, metadata: limits, ...rest } = root.properties;
  // where there is a subresource the status is a controller's: the API server ignores it in an object that is applied
  if (found.subresources?.status !== undefined) delete rest.status;
  const props = {
    type: "object",
    doc: `Properties of {@link ${names.kind}}.`,
    required: (root.required ?? []).filter((key) => key in rest),
    properties: { metadata: { tsType: metadata, doc: metadataDoc(limits) }, ...rest },
  };
  const source = await types(opened(props, open), `${names.kind}Props`, names.kind);
  return `${source}
/**
 * ${(summary(root) || names.kind).replaceAll("\n", "\n * ")}
 *
 * CRD: \`${crd.metadata.name}\`, ${text}.
 */
export class ${names.kind} extends ${base} {
  /** API version and kind of every object of this class. */
  static readonly gvk = { apiVersion: "${group}/${version}", kind: "${names.kind}" } as const;
${emitted ? definition(crd) : ""}
  constructor(scope: Construct, id: string, props: ${names.kind}Props) {
    super(scope, id, { ...props, ...${names.kind}.gvk });
  }
}
`;
}

/** The schema with nothing said about what is in the properties of these names. */
function opened(schema, names) {
  if (Array.isArray(schema) || typeof schema !== "object" || schema === null) return schema;
  const below = Object.entries(schema).map(([key, value]) => {
    if (key !== "properties") return [key, opened(value, names)];
    const properties = Object.entries(value).map(([name, property]) => [
      name,
      names.includes(name) ? { doc: describe(property), tsType: "object" } : opened(property, names),
    ]);
    return [key, Object.fromEntries(properties)];
  });
  return Object.fromEntries(below);
}

function definition(crd) {
  const json = JSON.stringify(crd, null, 2).replaceAll("\n", "\n  ");
  return `
  /** Its definition, which must be there before its objects. */
  static readonly crd: ApiObjectProps = ${json};
`;
}

function metadataDoc(schema) {
  const name = schema?.properties?.name;
  const limits = name === undefined ? "" : `\n\nThe name: ${describe(name)}`;
  return `Name, labels, annotations.${limits}\n\n@default - a name that cdk8s makes from the path of the construct`;
}
