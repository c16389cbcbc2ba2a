import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { status } from "./status.js";
import { describeRemoval, describeStatus } from "./table.js";

const CORE = "/apis/cluster.x-k8s.io/v1beta2";
const SERVERS = "/apis/infrastructure.cluster.x-k8s.io/v1alpha1";
const meta = (name: string, labels = {}) => ({ name, namespace: "burst", labels });
const own = { "plinth.dev/node-group": "burst" };

/** Answers of an API server, and of a cloud beside it. */
const ANSWERS: Readonly<Record<string, object>> = {
  [CORE]: {
    resources: ["MachineDeployment", "Machine"].map((kind) => ({
      kind,
      name: `${kind.toLowerCase()}s`,
      namespaced: true,
    })),
  },
  [SERVERS]: { resources: [{ kind: "OpenStackServer", name: "openstackservers", namespaced: true }] },
  [`${CORE}/machinedeployments`]: {
    items: [
      {
        metadata: meta("burst-a"),
        spec: { clusterName: "c", replicas: 1, template: { metadata: { labels: own } } },
      },
    ],
  },
  [`${CORE}/machines`]: { items: [{ metadata: meta("burst-a-1", own), spec: { clusterName: "c" } }] },
  [`${SERVERS}/openstackservers`]: {
    items: [
      {
        metadata: meta("burst-a-1"),
        status: {
          instanceID: "s-1",
          instanceState: "ERROR",
          conditions: [{ type: "InstanceReady", status: "False", severity: "Error", reason: "InstanceStateError" }],
        },
      },
    ],
  },
  "/nova/servers/s-1": { server: { fault: { message: "No valid host was found." } } },
};

let server: Server;
let origin: string;
beforeAll(async () => {
  server = createServer(({ url = "", method }, response) => {
    if (method === "POST") {
      const endpoints = [{ interface: "public", region: "r", url: `${origin}/nova` }];
      const token = { user: { id: "u" }, project: { id: "p" }, catalog: [{ type: "compute", endpoints }] };
      return response.writeHead(201, { "x-subject-token": "t" }).end(JSON.stringify({ token }));
    }
    const answer = ANSWERS[url.split("?")[0] ?? ""];
    return response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const kubeconfig = () =>
  JSON.stringify({
    "current-context": "c",
    contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
    clusters: [{ name: "c", cluster: { server: origin } }],
    users: [{ name: "u", user: { token: "t" } }],
  });
const cloud = () => ({
  OS_AUTH_URL: `${origin}/keystone/v3`,
  OS_USERNAME: "u",
  OS_PASSWORD: "p",
  OS_PROJECT_NAME: "p",
});

test("what the cluster does not say is asked of the cloud, where there is one", async () => {
  const [unknown] = await status({ kubeconfig: kubeconfig(), env: {} });
  expect(unknown?.machines[0]?.cause).toMatchObject({ reason: "InstanceStateError" });
  const groups = await status({ kubeconfig: kubeconfig(), env: cloud() });
  expect(groups[0]?.machines[0]?.cause).toMatchObject({ reason: "NoValidHost", message: "No valid host was found." });
  expect(describeStatus(groups).split("\n").slice(0, 4)).toEqual([
    "burst: 1 wanted, 0 ready, 1 failing; engine clusterApi, namespace burst",
    "  failing   burst-a-1, server s-1, no Node",
    "      cause  NoValidHost: No valid host was found.",
    "      from   fault of the server s-1 in Nova",
  ]);
  expect(describeRemoval(groups)).toMatch(
    /^To remove one machine of burst for good:\n {2}1. mark it: kubectl -n burst/,
  );
});

test("a group that is not there is refused, with those that are", async () => {
  await expect(status({ kubeconfig: kubeconfig(), env: {}, group: "burts" })).rejects.toMatchObject({
    code: "PL7101",
    fix: "use one of burst",
  });
  expect(await status({ kubeconfig: kubeconfig(), env: {}, group: "burst" })).toHaveLength(1);
});

test("no group at all", () => {
  expect(describeStatus([])).toBe("There is no group of nodes in this cluster.");
});
