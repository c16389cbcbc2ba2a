import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Json, JsonObject } from "@plinth/core";
import type { KubeObject } from "../kubernetes/apply.js";

/** Where the webhooks of a manager answer, and which authority vouches for it. */
export interface WebhookServer {
  /** For example `https://127.0.0.1:20001`. */
  readonly url: string;
  /** Certificate authority, PEM. */
  readonly ca: string;
}

/**
 * What an API server must hold for a manager: its kinds, its webhooks, its account and roles, as its makers' own
 * configuration has them, with the webhooks at a URL instead of a Service.
 *
 * @param name name of the manager
 */
export async function manifestsOf(name: string, server: WebhookServer): Promise<KubeObject[]> {
  const text = await readFile(dataFile(name), "utf8");
  return (JSON.parse(text) as KubeObject[]).map((object) => pointed(object, server));
}

/** Names of all CRDs that the managers bring. */
export function kindsOfClusterApi(): string[] {
  return JSON.parse(readFileSync(dataFile("kinds"), "utf8")) as string[];
}

function dataFile(name: string): URL {
  return new URL(`../../../data/cluster-api/${name}.json`, import.meta.url);
}

function pointed(object: KubeObject, server: WebhookServer): KubeObject {
  if (object.kind === "CustomResourceDefinition") {
    const spec = object.spec as JsonObject;
    const conversion = spec.conversion as JsonObject | undefined;
    if (conversion === undefined) return object;
    const webhook = withClient(conversion.webhook as JsonObject, server);
    return { ...object, spec: { ...spec, conversion: { ...conversion, webhook } } };
  }
  if (!object.kind.endsWith("WebhookConfiguration")) return object;
  const webhooks = (object.webhooks as readonly JsonObject[]).map((webhook) => withClient(webhook, server));
  return { ...object, webhooks };
}

function withClient(webhook: JsonObject, { url, ca }: WebhookServer): JsonObject {
  const { service } = webhook.clientConfig as { readonly service: { readonly path: string } };
  const clientConfig: Json = { url: url + service.path, caBundle: Buffer.from(ca).toString("base64") };
  return { ...webhook, clientConfig };
}
