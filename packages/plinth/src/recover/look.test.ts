import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ownerText } from "@plinth/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Checkpoint, Operation, ResourceState } from "./checkpoint.js";
import { Lookout } from "./look.js";

let server: Server;
let origin: string;
const logins: string[] = [];
const owner = ownerText({ project: "shop", stack: "dev", urn: "urn:pulumi:dev::shop::t::n" });
const PULUMI = { manager: "pulumi-kubernetes-0a1b2c3d", operation: "Apply" };

/** Plays Keystone, Neutron, Nova and an API server: what is not here may not be read. */
function answer(path: string, body: string): object | undefined {
  const endpoint = (type: string) => ({
    type,
    endpoints: [{ interface: "public", region: "R", url: `${origin}/${type}/v2` }],
  });
  if (path === "/v3/auth/tokens") {
    logins.push(JSON.parse(body).auth.identity.password.user.name);
    const catalog = ["network", "compute", "identity", "image"].map(endpoint);
    return { token: { user: { id: "u" }, project: { id: "p" }, catalog } };
  }
  const object = (managedFields: readonly object[]) => ({ metadata: { name: "c", uid: "u", managedFields } });
  const answers: Readonly<Record<string, object>> = {
    "/network/v2/networks": { networks: [{ id: "n1", name: "net", description: owner }] },
    "/api/v1": { resources: [{ name: "configmaps", kind: "ConfigMap", namespaced: true }] },
    "/api/v1/namespaces/ours/configmaps/c": object([PULUMI, { manager: "kubectl", operation: "Update" }]),
    "/api/v1/namespaces/theirs/configmaps/c": object([{ manager: "kubectl", operation: "Update" }]),
  };
  return answers[path];
}

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const found = answer(request.url ?? "", body);
    response.setHeader("X-Subject-Token", "t");
    if (found !== undefined) response.end(JSON.stringify(found));
    else response.writeHead(request.url?.startsWith("/api") ? 404 : 403).end("{}");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const resource = (type: string, name: string, more: Partial<ResourceState> = {}): ResourceState => ({
  urn: `urn:pulumi:dev::shop::${type}::${name}`,
  type,
  custom: true,
  ...more,
});
const mark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

/** A state with a provider for each system, whose settings are partly secret. */
function lookout(operations: readonly Operation[]): Lookout {
  const kubeconfig = {
    "current-context": "c",
    contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
    clusters: [{ name: "c", cluster: { server: origin } }],
    users: [{ name: "u", user: { token: "t" } }],
  };
  const secret = (value: string) => ({ ...mark, plaintext: JSON.stringify(value) });
  const cloud = { authUrl: `${origin}/v3`, userName: "by-provider", password: secret("p"), region: "R" };
  const resources = [
    resource("pulumi:providers:openstack", "cloud", { id: "1", inputs: cloud }),
    resource("pulumi:providers:kubernetes", "cluster", {
      id: "2",
      inputs: { kubeconfig: secret(JSON.stringify(kubeconfig)) },
    }),
  ];
  const checkpoint: Checkpoint = {
    version: 3,
    deployment: { manifest: { time: "" }, resources, pending_operations: operations },
  };
  return new Lookout(checkpoint, {}, "/");
}

const NETWORK = "openstack:networking/network:Network";
const openstack = { provider: "urn:pulumi:dev::shop::pulumi:providers:openstack::cloud::1" };
const network = resource(NETWORK, "net", { ...openstack, inputs: { description: owner } });
const configMap = (namespace: string, name = "c"): ResourceState =>
  resource("kubernetes:core/v1:ConfigMap", namespace + name, {
    provider: "urn:pulumi:dev::shop::pulumi:providers:kubernetes::cluster::2",
    inputs: { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace } },
  });

test("a cloud is read as the resource's own provider, once for all of it", async () => {
  logins.length = 0;
  const gone = { type: "deleting", resource: { ...network, id: "n1" } } as const;
  const operations: readonly Operation[] = [
    { type: "creating", resource: network },
    { type: "creating", resource: network },
  ];
  const findings = await lookout(operations).findings();
  expect([...findings.values()]).toEqual([[{ id: "n1", isOurs: true }], [{ id: "n1", isOurs: true }]]);
  expect(logins).toEqual(["by-provider"]);
  // this cloud does not let anybody read one network
  await expect(lookout([gone]).findings()).rejects.toMatchObject({ code: "PL7010", path: "Network net" });
});

test("objects that say an owner are listed; what may not be listed is left out", async () => {
  const listed = await lookout([{ type: "creating", resource: network }]).objects();
  expect(listed).toEqual([{ type: NETWORK, id: "n1", name: "net", owner }]);
});

test("an object of Kubernetes was made when Pulumi has applied it, and keeps its field manager", async () => {
  const created = ["ours", "theirs", "nobodys"].map(
    (each): Operation => ({ type: "creating", resource: configMap(each) }),
  );
  const deleted = ["theirs", "nobodys"].map((each): Operation => ({ type: "deleting", resource: configMap(each) }));
  const findings = await lookout([...created, ...deleted]).findings();
  expect([...findings.values()]).toEqual([
    [{ id: "ours/c", isOurs: true, outputs: { __fieldManager: PULUMI.manager } }],
    [],
    [],
    [{ id: "theirs/c", isOurs: true }],
    [],
  ]);
});

test("nobody can look for other types", async () => {
  const operation: Operation = { type: "creating", resource: resource("aws:s3/bucket:Bucket", "b") };
  expect([...(await lookout([operation]).findings()).values()]).toEqual([undefined]);
});
