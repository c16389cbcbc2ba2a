import { apiServer, call, connect, isUp, joinMachines, openLab, readCloud, type Session, waitFor } from "@plinth/lab";
import { L3VPNNetwork } from "@plinth/network";
import { CloudProvider, HybridNodeGroup, type HybridNodeGroupArgs } from "@plinth/nodes";
import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, expect, it } from "vitest";

const PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMdNMRssur3CQz1xbjKPtZj3d6UEvKlpZpRPM9URZ8yj plinth-test";
const NAMESPACE = "burst-cluster";

const lab = openLab({ name: process.env.PLINTH_CAPI_LAB ?? "cluster-api-nodes" });
let env: Record<string, string>;
let admin: Session;
let stack: Stack;
let size: HybridNodeGroupArgs["size"] = { replicas: 1 };
let cores = 1;

interface Named {
  readonly id: string;
  readonly name: string;
}
interface Server extends Named {
  readonly status: string;
  readonly key_name: string;
  readonly flavor: { readonly id: string };
  readonly addresses: Readonly<Record<string, readonly { readonly addr: string }[]>>;
  readonly security_groups: readonly { readonly name: string }[];
  readonly "OS-EXT-AZ:availability_zone": string;
}

async function api<T>(path: string, options: Parameters<typeof call>[2] = {}): Promise<T> {
  const server = await apiServer(lab.dir);
  if (server === undefined) throw new Error("no API server");
  const { status, text } = await call(server, path, options);
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
  return JSON.parse(text) as T;
}

async function program(): Promise<object> {
  const server = await apiServer(lab.dir);
  if (server === undefined) throw new Error("no API server");
  const { gitVersion } = await api<{ gitVersion: `v${number}.${number}.${number}` }>("/version");
  const { port } = new URL(server.url);
  const network = new L3VPNNetwork("net", {
    cidr: "192.168.210.0/24",
    nextHop: "192.168.210.252",
    sites: [{ name: "racks", cidrs: ["10.13.1.0/24"] }],
  });
  const kubeconfig = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name: "lab",
        cluster: { server: server.url, "certificate-authority-data": Buffer.from(server.ca).toString("base64") },
      },
    ],
    users: [{ name: "lab", user: { token: server.token } }],
    contexts: [{ name: "lab", context: { cluster: "lab", user: "lab" } }],
    "current-context": "lab",
  };
  const cloud = new CloudProvider("cloud", {
    network,
    engine: { type: "clusterApi", clusterName: NAMESPACE },
    cluster: {
      podCidr: "10.111.0.0/16",
      serviceCidr: "10.222.0.0/16",
      endpoint: `127.0.0.1:${Number(port)}`,
      version: gitVersion,
      kubeconfig: pulumi.secret(JSON.stringify(kubeconfig)),
      caCertificate: server.ca,
    },
    user: { password: pulumi.secret("not-a-secret") },
    keyPair: { publicKey: PUBLIC_KEY },
  });
  const group = new HybridNodeGroup("burst", {
    cloud,
    machine: {
      cores,
      memory: "512Mi",
      disk: "1Gi",
      image: { existing: true, name: "ubuntu-22-04-cloud-amd64" },
    },
    size,
    zones: ["ru-3a"],
    labels: { "node-role.kubernetes.io/burst": "", team: "infra" },
    taints: [{ key: "dedicated", value: "burst", effect: "NoSchedule" }],
    serverGroup: {},
  });
  return {
    networkName: network.networkName,
    keyPairName: cloud.keyPairName,
    securityGroupName: network.securityGroupName,
    flavorName: group.flavorName,
    pools: network.plan.pools.map(({ first, last }) => [`${first}`, `${last}`]),
  };
}

const servers = async (): Promise<readonly Server[]> =>
  (await admin.get<{ servers: Server[] }>("compute", "/servers/detail?all_tenants=1")).servers;

const ports = async (): Promise<readonly { readonly device_owner: string }[]> =>
  (await admin.get<{ ports: { device_owner: string }[] }>("network", "/ports")).ports.filter((port) =>
    port.device_owner.startsWith("compute"),
  );

/** Waits until so many servers are ACTIVE and none is left beside them, playing the machines' kubelets meanwhile. */
async function untilServers(count: number): Promise<readonly Server[]> {
  await waitFor(
    async () => {
      const server = await apiServer(lab.dir);
      if (server !== undefined) await joinMachines(server, NAMESPACE);
      const now = await servers();
      return now.length === count && now.every(({ status }) => status === "ACTIVE");
    },
    { what: `${count} servers`, seconds: 240, every: 1000 },
  );
  return servers();
}

const lastNumber = (address: string): number => Number(address.split(".")[3]);

/** Runs `up`. @returns how many resources it did something with, by what it did */
async function changes(): Promise<Record<string, number>> {
  const { summary } = await stack.up();
  const { same: _, ...rest } = summary.resourceChanges ?? {};
  return rest;
}

beforeAll(async () => {
  const results = await lab.up(["pulumi", "openstack", "cluster-api", "kwok"], {
    confirm: async () => process.env.CI === "true",
  });
  const absent = results.filter((result) => !isUp(result));
  if (absent.length > 0) throw new Error(JSON.stringify(absent));
  env = await lab.env();
  process.env.PATH = env.PATH;
  admin = await connect(await readCloud(env.OS_CLIENT_CONFIG_FILE ?? "", "lab"));
  stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "capi", projectName: "capi", program },
    { envVars: env, ...(env.PULUMI_HOME === undefined ? {} : { pulumiHome: env.PULUMI_HOME }) },
  );
});

afterAll(async () => {
  await lab.down();
});

it("orders one machine, in the network, with the key pair and the flavor", async () => {
  await changes();
  const [server] = await untilServers(1);
  const outputs = await stack.outputs();
  expect(server?.key_name).toBe(outputs.keyPairName?.value);
  expect(Object.keys(server?.addresses ?? {})).toEqual([outputs.networkName?.value]);
  const address = lastNumber(server?.addresses[outputs.networkName?.value]?.[0]?.addr ?? "");
  const pools = outputs.pools?.value as readonly (readonly [string, string])[];
  expect(pools.some(([from, to]) => lastNumber(from) <= address && address <= lastNumber(to))).toBe(true);
  expect(server?.["OS-EXT-AZ:availability_zone"]).toBe("ru-3a");
  const { server_groups } = await admin.get<{ server_groups: { members: string[]; policies: string[] }[] }>(
    "compute",
    "/os-server-groups?all_projects=true",
  );
  expect(server_groups).toMatchObject([{ members: [server?.id], policies: ["soft-anti-affinity"] }]);
  expect(server?.security_groups).toEqual([{ name: outputs.securityGroupName?.value }]);
});

it("joins by what the bootstrap provider has computed of the cluster's certificate and endpoint", async () => {
  const { items } = await api<{ items: { type: string; data: Record<string, string> }[] }>(
    `/api/v1/namespaces/${NAMESPACE}/secrets`,
  );
  const data = items.flatMap(({ type, data }) =>
    type === "cluster.x-k8s.io/secret" && data.format !== undefined
      ? [Buffer.from(data.value ?? "", "base64").toString()]
      : [],
  );
  expect(data).toHaveLength(1);
  const { port } = new URL((await apiServer(lab.dir))?.url ?? "");
  expect(data[0]).toContain(`apiServerEndpoint: 127.0.0.1:${port}`);
  expect(data[0]).toMatch(/caCertHashes:\n\s+- sha256:[0-9a-f]{64}/);
  expect(data[0]).toMatch(/token: [a-z0-9]{6}\.[a-z0-9]{16}/);
  expect(data[0]).toContain("plinth.dev/node-group=burst,team=infra");
});

it("is healthy as a whole: cluster, control plane, group, and its Node", async () => {
  const path = `/apis/cluster.x-k8s.io/v1beta2/namespaces/${NAMESPACE}`;
  await waitFor(
    async () => {
      const server = await apiServer(lab.dir);
      if (server !== undefined) await joinMachines(server, NAMESPACE);
      const { status } = await api<{ status: { availableReplicas?: number } }>(
        `${path}/machinedeployments/burst-ru-3a`,
      );
      return status.availableReplicas === 1;
    },
    { what: "the group's machine", seconds: 120, every: 1000 },
  );
  const cluster = await api<{ status: { conditions: { type: string; status: string }[] } }>(
    `${path}/clusters/${NAMESPACE}`,
  );
  const states = Object.fromEntries(cluster.status.conditions.map(({ type, status }) => [type, status]));
  expect(states).toMatchObject({
    Available: "True",
    InfrastructureReady: "True",
    ControlPlaneInitialized: "True",
    ControlPlaneAvailable: "True",
    RemoteConnectionProbe: "True",
    WorkersAvailable: "True",
  });
  const [server] = await servers();
  const { items } = await api<{ items: { metadata: { labels: object }; spec: object }[] }>("/api/v1/nodes");
  expect(items).toMatchObject([
    {
      metadata: { labels: { "node-role.kubernetes.io/burst": "" } },
      spec: { providerID: `openstack:///${server?.id}` },
    },
  ]);
});

it("changes nothing at a second up", async () => {
  expect(await changes()).toEqual({});
});

it("replaces its machines when their shape changes", async () => {
  const [old] = await servers();
  cores = 2;
  await changes();
  await waitFor(
    async () => {
      const now = await untilServers(1);
      return now[0]?.id !== old?.id;
    },
    { what: "a server of the new shape", seconds: 240, every: 1000 },
  );
});

it("follows the number of machines up and down", async () => {
  size = { replicas: 2 };
  expect(await changes()).toEqual({ update: 1 });
  await untilServers(2);
  size = { replicas: 0 };
  expect(await changes()).toEqual({ update: 1 });
  await untilServers(0);
  expect(await ports()).toEqual([]);
});

it("leaves the number to the autoscaler where there are limits", async () => {
  size = { min: 0, max: 3 };
  await changes();
  await api(`/apis/cluster.x-k8s.io/v1beta2/namespaces/${NAMESPACE}/machinedeployments/burst-ru-3a/scale`, {
    method: "PATCH",
    contentType: "application/merge-patch+json",
    body: JSON.stringify({ spec: { replicas: 2 } }),
  });
  await untilServers(2);
  expect(await changes()).toEqual({});
  expect(await servers()).toHaveLength(2);
  await stack.refresh();
  expect(await changes()).toEqual({});
  expect(await servers()).toHaveLength(2);
});

it("leaves nothing behind", async () => {
  await stack.destroy();
  expect(await servers()).toEqual([]);
  expect(await ports()).toEqual([]);
});
