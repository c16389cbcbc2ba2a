import type { JsonObject } from "@plinth/core";
import { describe, expect, it } from "vitest";
import type { KubeObject } from "../kubernetes/apply.js";
import { MANAGERS } from "./managers.js";
import { kindsOfClusterApi, manifestsOf } from "./manifests.js";

const SERVER = { url: "https://127.0.0.1:20001", ca: "CA" };

async function objectsOf(name: string): Promise<KubeObject[]> {
  return manifestsOf(name, SERVER);
}

/** How the API server comes to the webhooks of an object. */
function clientsOf({ kind, spec, webhooks }: KubeObject): unknown[] {
  if (kind.endsWith("WebhookConfiguration")) return (webhooks as JsonObject[]).map(({ clientConfig }) => clientConfig);
  const { conversion } = (spec ?? {}) as { conversion?: { webhook: JsonObject } };
  return conversion === undefined ? [] : [conversion.webhook.clientConfig];
}

const named = (objects: readonly KubeObject[], kind: string) =>
  objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name);

describe.each(MANAGERS)("$name", ({ name, account }) => {
  it("calls its webhooks on the loopback, trusting the lab's authority only", async () => {
    const clients = (await objectsOf(name)).flatMap(clientsOf);
    expect(clients.length).toBeGreaterThan(0);
    for (const client of clients) {
      expect(client).toEqual({ url: expect.stringMatching(/^https:\/\/127\.0\.0\.1:20001\/.+/), caBundle: "Q0E=" });
    }
  });

  it("converts where there is more than one version, and serves all that it stores", async () => {
    const crds = (await objectsOf(name)).filter(({ kind }) => kind === "CustomResourceDefinition");
    for (const { spec } of crds) {
      const { versions, conversion } = spec as unknown as { versions: { served: boolean }[]; conversion?: object };
      expect(versions.every(({ served }) => served)).toBe(true);
      expect(conversion !== undefined).toBe(versions.length > 1);
    }
  });

  it("works as an account of its own, with a role that is not the administrator's", async () => {
    const objects = await objectsOf(name);
    expect(objects.find(({ kind }) => kind === "ServiceAccount")?.metadata).toMatchObject(account);
    const bindings = objects.filter(({ kind }) => kind === "ClusterRoleBinding");
    expect(bindings.map(({ subjects }) => subjects)).toEqual([[{ kind: "ServiceAccount", ...account }]]);
    for (const { roleRef } of bindings) expect(named(objects, "ClusterRole")).toContain((roleRef as JsonObject).name);
  });
});

it("the core's role takes in what is labelled for it", async () => {
  const roles = (await objectsOf("core")).filter(({ kind }) => kind === "ClusterRole");
  const aggregated = roles.find(({ aggregationRule }) => aggregationRule !== undefined);
  expect(aggregated?.aggregationRule).toEqual({
    clusterRoleSelectors: [{ matchLabels: { "cluster.x-k8s.io/aggregate-to-manager": "true" } }],
  });
  // a controller of the API server fills them in: naming them here would empty them at each apply
  expect(aggregated).not.toHaveProperty("rules");
});

it("the OpenStack provider finds the kind of another project that it watches", async () => {
  const names = named(await objectsOf("infrastructure-openstack"), "CustomResourceDefinition");
  expect(names).toContain("images.openstack.k-orc.cloud");
});

it("the list of kinds holds those of all managers", async () => {
  const objects = await Promise.all(MANAGERS.map(({ name }) => objectsOf(name)));
  expect(kindsOfClusterApi()).toEqual(named(objects.flat(), "CustomResourceDefinition").sort());
});
