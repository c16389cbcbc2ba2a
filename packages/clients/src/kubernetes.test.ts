import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clusterAccess } from "./kubeconfig.js";
import { clusterReader } from "./kubernetes.js";

let server: Server;
let origin: string;
const seen: string[] = [];
const KINDS: Record<string, readonly object[]> = {
  "/api/v1": [
    { name: "secrets", kind: "Secret", namespaced: true },
    { name: "nodes/status", kind: "Node", namespaced: false },
    { name: "nodes", kind: "Node", namespaced: false },
  ],
};

beforeAll(async () => {
  server = createServer(({ url = "", headers }, response) => {
    seen.push(`${url} ${headers.authorization ?? "-"}`);
    const resources = KINDS[url];
    if (resources !== undefined) return response.end(JSON.stringify({ resources }));
    if (url === "/api/v1/nodes?limit=500") {
      return response.end(JSON.stringify({ metadata: { continue: "a b" }, items: [{ metadata: { name: "one" } }] }));
    }
    if (url === "/api/v1/nodes?limit=500&continue=a+b") {
      return response.end(JSON.stringify({ metadata: {}, items: [{ metadata: { name: "two" } }] }));
    }
    if (url === "/api/v1/secrets?limit=500") return response.writeHead(403).end("no");
    if (url.endsWith("/broken")) return response.writeHead(403).end("no");
    if (url.endsWith("/missing") || url.startsWith("/apis/")) return response.writeHead(404).end("{}");
    return response.end(JSON.stringify({ metadata: { name: url.split("/").at(-1), uid: "u" } }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const kubeconfig = (user: object, context: object = {}) =>
  JSON.stringify({
    "current-context": "here",
    contexts: [{ name: "here", context: { cluster: "c", user: "u", ...context } }],
    clusters: [{ name: "c", cluster: { server: origin, "certificate-authority-data": "Q0E=" } }],
    users: [{ name: "u", user }],
  });
const reader = async (user: object = { token: "t" }, context = {}) =>
  clusterReader(await clusterAccess({ kubeconfig: kubeconfig(user, context) }));

test("objects with and without a namespace, as the token's owner; a kind is looked up once", async () => {
  seen.length = 0;
  const cluster = await reader();
  const secret = { apiVersion: "v1", kind: "Secret", name: "s" };
  expect(await cluster.find({ ...secret, namespace: "n" })).toEqual({
    namespace: "n",
    metadata: { name: "s", uid: "u" },
  });
  expect(await cluster.find(secret)).toMatchObject({ namespace: "default" });
  expect(await cluster.find({ apiVersion: "v1", kind: "Node", name: "n" })).toEqual({
    metadata: { name: "n", uid: "u" },
  });
  expect(seen).toEqual([
    "/api/v1 Bearer t",
    "/api/v1/namespaces/n/secrets/s Bearer t",
    "/api/v1/namespaces/default/secrets/s Bearer t",
    "/api/v1/nodes/n Bearer t",
  ]);
});

test("what is not there, what is not served, and what may not be read", async () => {
  const cluster = await reader();
  expect(await cluster.find({ apiVersion: "v1", kind: "Secret", name: "missing" })).toBeUndefined();
  expect(await cluster.find({ apiVersion: "example.com/v1", kind: "Gone", name: "g" })).toBeUndefined();
  await expect(cluster.find({ apiVersion: "v1", kind: "Secret", name: "broken" })).rejects.toThrow("403 no");
});

test("all objects of a kind, page by page", async () => {
  const cluster = await reader();
  expect(await cluster.list({ apiVersion: "v1", kind: "Node" })).toEqual([
    { apiVersion: "v1", kind: "Node", metadata: { name: "one" } },
    { apiVersion: "v1", kind: "Node", metadata: { name: "two" } },
  ]);
  expect(await cluster.list({ apiVersion: "example.com/v1", kind: "Gone" })).toEqual([]);
  await expect(cluster.list({ apiVersion: "v1", kind: "Secret" })).rejects.toThrow("403 no");
});

test("who asks: certificates, a password, a program that gives a token", async () => {
  const access = (user: object, context = {}) => clusterAccess({ kubeconfig: kubeconfig(user, context) });
  expect(
    await access({ "client-certificate-data": "Qw==", "client-key-data": "Sw==" }, { namespace: "own" }),
  ).toMatchObject({ namespace: "own", trust: { ca: "CA", client: { cert: "C", key: "K" } } });
  expect(await access({ username: "u", password: "p" })).toMatchObject({ authorization: "Basic dTpw" });
  const args = ["-e", "console.log(JSON.stringify({ status: { token: process.env.WHO } }))"];
  const exec = { apiVersion: "client.authentication.k8s.io/v1", command: process.execPath, args };
  expect(await access({ exec: { ...exec, env: [{ name: "WHO", value: "me" }] } })).toMatchObject({
    authorization: "Bearer me",
  });
});

test("a kubeconfig that leads nowhere is refused", async () => {
  const refused = (settings: object, env = {}) =>
    expect(clusterAccess(settings, env)).rejects.toMatchObject({ code: "PL1103" });
  await refused({ kubeconfig: kubeconfig({}), context: "other" });
  await refused({ kubeconfig: kubeconfig({}, { cluster: "other" }) });
  await refused({}, { KUBECONFIG: "/nowhere" });
});
