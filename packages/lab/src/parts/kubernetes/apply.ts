import { createHash } from "node:crypto";
import { call, type Endpoint } from "@plinth/clients";
import type { JsonObject } from "@plinth/core";
import { LabError } from "../../errors.js";
import { waitFor } from "../../wait.js";

/** An object of an API server, as far as applying it needs to know. */
export type KubeObject = JsonObject & {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: JsonObject & { readonly name: string; readonly namespace?: string };
};

/** What the lab reads of a CRD that the API server holds. */
export interface StoredCrd {
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** What one applies as, and with what others see that it is there already. */
export interface Applier {
  /** Field manager of server-side apply. */
  readonly manager: string;
  /** Annotation that holds a digest of what was applied. */
  readonly annotation: string;
}

/** Resource names of the kinds that the lab applies. */
const RESOURCES: Readonly<Record<string, string>> = {
  ClusterRole: "clusterroles",
  ClusterRoleBinding: "clusterrolebindings",
  CustomResourceDefinition: "customresourcedefinitions",
  MutatingWebhookConfiguration: "mutatingwebhookconfigurations",
  Namespace: "namespaces",
  Node: "nodes",
  ServiceAccount: "serviceaccounts",
  ValidatingWebhookConfiguration: "validatingwebhookconfigurations",
};

/** Only names and annotations: a list of whole CRDs is megabytes. */
const METADATA_ONLY = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * Applies an object on the server's side; other fields of it that others manage stay.
 *
 * @throws LabError when the API server refuses it, with its words
 */
export async function apply(
  endpoint: Endpoint,
  object: KubeObject,
  manager: string,
  signal?: AbortSignal,
): Promise<void> {
  const { status, text } = await call(endpoint, `${pathOf(object)}?fieldManager=${manager}&force=true`, {
    method: "PATCH",
    contentType: "application/apply-patch+yaml",
    body: JSON.stringify(object),
    signal,
  });
  if (status < 300) return;
  const { kind, metadata } = object;
  throw new LabError(`The API server refuses the ${kind} ${metadata.name} (${status}): ${text.slice(0, 1000)}`);
}

/**
 * Applies objects, in the given order, and waits until the kinds of CRDs among them are served. What is there unchanged is
 * left alone.
 *
 * @returns names of those that were applied
 * @throws LabError when the API server refuses one
 */
export async function applyAll(
  endpoint: Endpoint,
  objects: readonly KubeObject[],
  applier: Applier,
  signal?: AbortSignal,
): Promise<string[]> {
  const absent = await absentOf(endpoint, objects, applier);
  for (const object of absent) {
    await apply(endpoint, marked(object, applier), applier.manager, signal);
  }
  for (const object of absent.filter(({ kind }) => kind === "CustomResourceDefinition")) {
    const served = async () => isEstablished(JSON.parse((await call(endpoint, pathOf(object))).text));
    await waitFor(served, { what: `the kind of ${object.metadata.name} to be served`, seconds: 60, signal });
  }
  return absent.map(({ metadata }) => metadata.name);
}

/** Which of the objects the API server does not have as they are, in words; undefined when it has all. */
export async function lackOf(
  endpoint: Endpoint,
  objects: readonly KubeObject[],
  applier: Applier,
): Promise<string | undefined> {
  const absent = await absentOf(endpoint, objects, applier);
  const names = absent.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  return names.length === 0 ? undefined : `the API server lacks ${names.join(", ")}`;
}

/** Those of the objects that the API server does not have as they are. */
async function absentOf(
  endpoint: Endpoint,
  objects: readonly KubeObject[],
  { annotation }: Applier,
): Promise<KubeObject[]> {
  const there = new Map<string, string | undefined>();
  for (const path of new Set(objects.map(collectionOf))) {
    const { status, text } = await call(endpoint, path, { accept: METADATA_ONLY });
    if (status !== 200) throw new LabError(`The API server does not list ${path} (${status}): ${text.slice(0, 500)}`);
    // a list of metadata without any has null there
    const { items } = JSON.parse(text) as { items: readonly { readonly metadata: Metadata }[] | null };
    for (const { metadata } of items ?? []) there.set(`${path}/${metadata.name}`, metadata.annotations?.[annotation]);
  }
  return objects.filter((object) => there.get(pathOf(object)) !== digestOf(object));
}

/** Whether the API server serves the kind of a CRD. */
export function isEstablished(crd: StoredCrd): boolean {
  return crd.status?.conditions?.some(({ type, status }) => type === "Established" && status === "True") ?? false;
}

/** Path of an object in the API. */
export function pathOf(object: KubeObject): string {
  return `${collectionOf(object)}/${object.metadata.name}`;
}

function collectionOf({ apiVersion, kind, metadata }: KubeObject): string {
  const resource = RESOURCES[kind];
  if (resource === undefined) throw new LabError(`The lab does not know the resource of the kind ${kind}.`);
  const api = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${api}${metadata.namespace === undefined ? "" : `/namespaces/${metadata.namespace}`}/${resource}`;
}

/** An object with the digest of itself, so that one that is there unchanged can be told. */
export function marked(object: KubeObject, { annotation }: Applier): KubeObject {
  const annotations = { ...(object.metadata.annotations as JsonObject), [annotation]: digestOf(object) };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** Digest of an object, as it is applied. */
export function digestOf(object: KubeObject): string {
  return createHash("sha256").update(JSON.stringify(object)).digest("hex").slice(0, 16);
}
