import { apiServer, waitFor } from "@plinth/lab";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Inventory, inventory } from "../support/inventory.js";
import { CLUSTER, MachineLab, type Port, type Settings } from "../support/machine-lab.js";

// pods' packets travel as they are: then the ports have to let the pods' addresses through
const settings: Settings = { size: { replicas: 1 }, cores: 1, podNetwork: { encapsulation: "none" } };
/** How long controllers may take to tell what is so already. */
const UNTIL_TOLD = { timeout: 120_000, interval: 500 };
let lab: MachineLab;
let before: Inventory;

const lastNumber = (address: string): number => Number(address.split(".")[3]);

/** Addresses of a port, and whether each is in one of the pools that were computed. */
async function inPools({ fixed_ips }: Port): Promise<boolean> {
  const pools = await lab.output<readonly (readonly [string, string])[]>("pools");
  return fixed_ips.every(({ ip_address }) => {
    const number = lastNumber(ip_address);
    return pools.some(([from, to]) => lastNumber(from) <= number && number <= lastNumber(to));
  });
}

beforeAll(async () => {
  lab = await MachineLab.open(["cluster-api", "kwok"], settings);
  before = await inventory(lab.admin);
});

afterAll(async () => {
  await lab?.close();
});

it("orders one machine, in the network, with key pair, server group and security group", async () => {
  await lab.changes();
  const [server] = await lab.untilServers(1);
  expect(server).toMatchObject({
    status: "ACTIVE",
    key_name: await lab.output("keyPairName"),
    security_groups: [{ name: await lab.output("securityGroupName") }],
    "OS-EXT-AZ:availability_zone": "ru-3a",
    "os-extended-volumes:volumes_attached": [],
  });
  expect(Object.keys(server?.addresses ?? {})).toEqual([await lab.output("networkName")]);
  expect(await lab.serverGroups()).toMatchObject([{ members: [server?.id], policies: ["soft-anti-affinity"] }]);
});

it("gives it one port, with an address of the pools and leave for the pods' addresses", async () => {
  const [server] = await lab.servers();
  const [port, ...others] = await lab.ports();
  expect(others).toEqual([]);
  expect(port).toMatchObject({
    device_id: server?.id,
    network_id: await lab.output("networkId"),
    security_groups: [await lab.output("securityGroupId")],
    allowed_address_pairs: [{ ip_address: "10.111.0.0/16" }],
    fixed_ips: [{ subnet_id: await lab.output("subnetId") }],
  });
  expect(port !== undefined && (await inPools(port))).toBe(true);
});

it("joins by what the bootstrap provider has computed of the cluster's certificate and endpoint", async () => {
  const { items } = await lab.api<{ items: { type: string; data: Record<string, string> }[] }>(
    `/api/v1/namespaces/${CLUSTER}/secrets`,
  );
  const data = items.flatMap(({ type, data }) =>
    type === "cluster.x-k8s.io/secret" && data.format !== undefined
      ? [Buffer.from(data.value ?? "", "base64").toString()]
      : [],
  );
  expect(data).toHaveLength(1);
  const { port } = new URL((await apiServer(lab.lab.dir))?.url ?? "");
  expect(data[0]).toContain(`apiServerEndpoint: 127.0.0.1:${port}`);
  expect(data[0]).toMatch(/caCertHashes:\n\s+- sha256:[0-9a-f]{64}/);
  expect(data[0]).toMatch(/token: [a-z0-9]{6}\.[a-z0-9]{16}/);
  expect(data[0]).toContain("plinth.dev/node-group=burst,team=infra");
});

it("is healthy as a whole: cluster, control plane, group, and its Node", async () => {
  const available = async (): Promise<boolean> => {
    await lab.join();
    return (await lab.deployment()).status.availableReplicas === 1;
  };
  await waitFor(available, { what: "the group's machine", seconds: 120, every: 500 });
  const states = async (): Promise<object> => {
    const { status } = await lab.api<{ status: { conditions: { type: string; status: string }[] } }>(
      `/apis/cluster.x-k8s.io/v1beta2/namespaces/${CLUSTER}/clusters/${CLUSTER}`,
    );
    return Object.fromEntries(status.conditions.map(({ type, status }) => [type, status]));
  };
  // controllers of their own sum it up
  await expect.poll(states, UNTIL_TOLD).toMatchObject({
    Available: "True",
    InfrastructureReady: "True",
    ControlPlaneInitialized: "True",
    ControlPlaneAvailable: "True",
    RemoteConnectionProbe: "True",
    WorkersAvailable: "True",
  });
  const [server] = await lab.servers();
  const nodes = async (): Promise<object> => (await lab.api<{ items: object[] }>("/api/v1/nodes")).items;
  await expect.poll(nodes, UNTIL_TOLD).toMatchObject([
    {
      metadata: { labels: { "node-role.kubernetes.io/burst": "", team: "infra" } },
      spec: {
        providerID: `openstack:///${server?.id}`,
        taints: [{ key: "dedicated", value: "burst", effect: "NoSchedule" }],
      },
    },
  ]);
});

it("changes nothing at a second up", async () => {
  expect(await lab.changes()).toEqual({});
});

it("replaces its machines when their shape changes", async () => {
  const [old] = await lab.servers();
  settings.cores = 2;
  await lab.changes();
  await waitFor(async () => (await lab.untilServers(1))[0]?.id !== old?.id, {
    what: "a server of the new shape",
    seconds: 240,
    every: 500,
  });
});

it("follows the number of machines up and down: 1, 3, 0", async () => {
  settings.size = { replicas: 3 };
  expect(await lab.changes()).toEqual({ update: 1 });
  const servers = await lab.untilServers(3);
  expect(await Promise.all((await lab.ports()).map(inPools))).toEqual([true, true, true]);
  const [group] = await lab.serverGroups();
  expect([...(group?.members ?? [])].sort()).toEqual(servers.map(({ id }) => id).sort());
  settings.size = { replicas: 0 };
  expect(await lab.changes()).toEqual({ update: 1 });
  await lab.untilServers(0);
  // a port goes after its server
  await expect.poll(() => lab.ports(), UNTIL_TOLD).toEqual([]);
});

it("leaves nothing behind when it is destroyed while it has a machine", async () => {
  settings.size = { replicas: 1 };
  await lab.changes();
  await lab.untilServers(1);
  await lab.stack.destroy();
  expect(await inventory(lab.admin)).toEqual(before);
  expect(await lab.ports()).toEqual([]);
  expect(await lab.serverGroups()).toEqual([]);
});
