import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { isJsonObject, type JsonObject } from "../json.js";
import { crdSchema } from "./crd-schemas.js";
import { findings } from "./findings.js";
import { METADATA } from "./metadata.js";
import { defaulted } from "./schema.js";
import { WELL_KNOWN_KINDS } from "./well-known.js";

const BUILT_IN: JsonObject = { type: "object", properties: { metadata: METADATA }, required: ["metadata"] };

/** What the ModuleConfig of a module may have in `settings`, and the version of the settings that this describes. */
const SETTINGS: Readonly<Record<string, { readonly version: number; readonly schema: JsonObject }>> = {
  "cloud-provider-openstack": {
    version: 1,
    schema: JSON.parse(
      readFileSync(
        new URL("../../data/schemas/deckhouse/cloud-provider-openstack.settings.schema.json", import.meta.url),
        "utf8",
      ),
    ),
  },
};

const ajv = new Ajv2020({
  allErrors: true,
  verbose: true,
  strict: false, // a CRD carries keywords that only Kubernetes knows
  unicodeRegExp: false, // the API server reads patterns as RE2, which knows no such flag
  logger: false, // of the formats that are not given below
  formats: {
    int32: { type: "number", validate: (value: number) => value >= -(2 ** 31) && value < 2 ** 31 },
    int64: { type: "number", validate: (value: number) => value >= -(2 ** 63) && value < 2 ** 63 },
  },
});

/**
 * Checks an object as an API server with its CRD would, with strict field validation.
 *
 * - A kind with a CRD in this package: `metadata`, and the CRD's schema with defaults set and unknown fields refused.
 *   Not checked: CEL rules, list types, admission webhooks, formats other than int32 and int64.
 * - A ModuleConfig named `cloud-provider-openstack`: its `settings` too.
 * - A kind of `WELL_KNOWN_KINDS`: its `metadata` only.
 * - Any other kind is a finding.
 *
 * Stricter than the server where that only drops what it is given: a null, and a namespace of a cluster-scoped object.
 *
 * @returns What is wrong, one line each: `/spec/cloudInstances/minPerZone: must be >= 0`. Empty when nothing is.
 */
export function validateObject(object: unknown): string[] {
  if (!isJsonObject(object)) return ["/: must be an object"];
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== "string") return ["/apiVersion: must be a string"];
  if (typeof kind !== "string") return ["/kind: must be a string"];
  const schema = crdSchema(apiVersion, kind);
  if (schema !== undefined) {
    const settings = apiVersion.startsWith("deckhouse.io/") && kind === "ModuleConfig" ? checkSettings(object) : [];
    return [...check(schema, object), ...settings];
  }
  if (WELL_KNOWN_KINDS[apiVersion]?.includes(kind)) return check(BUILT_IN, object);
  return [`/: no schema for ${apiVersion} ${kind}`];
}

function check(schema: JsonObject, value: unknown, root = ""): string[] {
  const validate = ajv.compile(schema); // ajv remembers what it has compiled
  return validate(defaulted(value, schema)) ? [] : findings(validate.errors ?? [], root);
}

function checkSettings({ metadata, spec }: JsonObject): string[] {
  if (!isJsonObject(metadata) || !isJsonObject(spec) || spec.settings === undefined) return [];
  const known = SETTINGS[String(metadata.name)];
  if (known === undefined) return [];
  if (spec.version !== known.version) return [`/spec/version: must be ${known.version}, the version of the settings`];
  return check(known.schema, spec.settings, "/spec/settings");
}
