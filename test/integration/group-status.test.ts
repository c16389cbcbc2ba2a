import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { waitFor } from "@plinth/lab";
import { type GroupStatus, isFailing, status } from "plinth";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CLUSTER, GROUP, MachineLab, type Settings } from "../support/machine-lab.js";

const PLINTH = fileURLToPath(new URL("../../packages/plinth/bin/plinth.js", import.meta.url));
const MACHINES = `/apis/cluster.x-k8s.io/v1beta2/namespaces/${CLUSTER}/machines`;

const settings: Settings = {
  size: { replicas: 2 },
  cores: 1,
  wait: { nodes: "minimum", timeout: "3m" },
  port: { allowedAddressPairs: [{ ipAddress: "192.168.210.240" }], tags: ["burst"] },
};
let lab: MachineLab;
let env: Readonly<Record<string, string>>;

/** Does something while machines join as their servers come. */
async function joining<T>(work: () => Promise<T>): Promise<T> {
  let done = false;
  const join = waitFor(
    async () => {
      if (!done) await lab.join();
      return done;
    },
    { what: "the machines", seconds: 1200, every: 500 },
  );
  try {
    return await work();
  } finally {
    done = true;
    await join;
  }
}

async function burst(): Promise<GroupStatus> {
  const [group] = await status({ group: "burst", env });
  if (group === undefined) throw new Error("no group");
  return group;
}

function setQuota(cores: number): Promise<unknown> {
  return lab.admin.put("compute", `/os-quota-sets/${lab.admin.projectId}`, { quota_set: { cores } });
}

const ids = async (): Promise<readonly string[]> => (await lab.servers()).map(({ id }) => id).sort();

function patch(path: string, body: object): Promise<unknown> {
  return lab.api(path, { method: "PATCH", contentType: "application/merge-patch+json", body: JSON.stringify(body) });
}

/** Marks the second of the machines by name, as the recipe says. @returns the ids of the servers that shall stay */
async function markOne(): Promise<readonly string[]> {
  // a machine goes a moment after its server: one that is going is none to mark
  const { machines, removeOne } = await waitFor(
    async () => {
      const group = await burst();
      const servers = group.machines.map(({ server }) => server).sort();
      return servers.join() === (await ids()).join() && group;
    },
    { what: "just the machines whose servers are there", seconds: 60 },
  );
  const victim = machines[1];
  const [key = "", value = ""] = removeOne[0]?.match(/annotate machine MACHINE (\S+)=(\S+)$/)?.slice(1) ?? [];
  await patch(`${MACHINES}/${victim?.name}`, { metadata: { annotations: { [key]: value } } });
  return (await ids()).filter((id) => id !== victim?.server);
}

beforeAll(async () => {
  lab = await MachineLab.open(["cluster-api", "kwok"], settings);
  env = await lab.lab.env();
  // the program runs in this process: as with `pulumi up`, its kubeconfig is that of the environment
  process.env.KUBECONFIG = env.KUBECONFIG;
});

afterAll(async () => {
  if (lab === undefined) return;
  // other files use this cloud too
  await setQuota(20).finally(() => lab.close());
});

it("up comes back when the group has its minimum of Ready nodes", async () => {
  await joining(() => lab.changes());
  expect(await burst()).toMatchObject({ wanted: 2, ready: 2, failing: 0, causes: [] });
  const { items } = await lab.api<{ items: { status: { conditions: { type: string; status: string }[] } }[] }>(
    "/api/v1/nodes",
  );
  const ready = items.filter(({ status }) =>
    status.conditions.some(({ type, status }) => type === "Ready" && status === "True"),
  );
  expect(ready).toHaveLength(2);
});

it("gives each machine its ports as the program says, one of them in another network of it", async () => {
  const { networkId, securityGroupId } = await lab.output<{ networkId: string; securityGroupId: string }>("storage");
  const [first, further] = [await lab.output("networkId"), networkId].map(async (network) =>
    (await lab.ports()).filter(({ network_id }) => network_id === network),
  );
  const address = (network: string) => [
    { ip_address: expect.stringMatching(new RegExp(`^192\\.168\\.${network}\\.`)) },
  ];
  const ofFirst = {
    tags: ["burst"],
    allowed_address_pairs: [{ ip_address: "192.168.210.240" }],
    security_groups: [await lab.output("securityGroupId")],
    fixed_ips: address("210"),
  };
  expect(await first).toMatchObject([ofFirst, ofFirst]);
  const ofFurther = { tags: ["disks"], security_groups: [securityGroupId], fixed_ips: address("211") };
  expect(await further).toMatchObject([ofFurther, ofFurther]);
});

it("up fails when they do not come in time, and names the machine and the quota, as status does", async () => {
  await setQuota(2);
  settings.size = { replicas: 3 };
  settings.wait = { nodes: "none" };
  await lab.changes();
  const failing = await waitFor(
    async () => {
      const failed = (await burst()).machines.filter(({ state }) => state === "failing");
      return failed.length > 0 && failed;
    },
    { what: "the cloud to refuse", seconds: 120, every: 500 },
  );
  expect(failing).toMatchObject([
    { cause: { reason: "QuotaExceeded", message: expect.stringMatching(/^Quota exceeded for cores/) } },
  ]);
  const [machine] = failing;
  settings.wait = { nodes: "minimum", timeout: "15s" };
  const failure = await lab.changes().then(
    () => "",
    (error: Error) => error.message,
  );
  expect(failure).toContain("PL4072  After 15s burst has 2 of the 3 Ready Nodes");
  expect(failure).toContain(`- ${machine?.name}: QuotaExceeded: Quota exceeded for cores`);
  // the Machine itself does not know
  const { status: stale } = await lab.api<{ status: object }>(`${MACHINES}/${machine?.name}`);
  expect(JSON.stringify(stale)).not.toMatch(/quota/i);
  const command = promisify(execFile)(process.execPath, [PLINTH, "status", "burst"], {
    env: { ...process.env, ...env },
  });
  await expect(command).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringMatching(new RegExp(`failing +${machine?.name}[\\s\\S]*cause  QuotaExceeded`)),
  });
});

it("goes on waiting at the next up, when what status said has been done", async () => {
  await setQuota(20);
  const machine = (await burst()).machines.find(({ state }) => state === "failing");
  expect(machine?.cause?.fix).toContain(`kubectl -n ${CLUSTER} delete machine ${machine?.name}`);
  await lab.api(`${MACHINES}/${machine?.name}`, { method: "DELETE" });
  settings.wait = { nodes: "minimum", timeout: "3m" };
  expect(await joining(() => lab.changes())).toEqual({ update: 1 });
  const groups = await status({ env });
  expect(groups).toMatchObject([{ wanted: 3, ready: 3 }]);
  expect(isFailing(groups)).toBe(false);
});

it("removes one machine by the recipe, and no other comes: of a fixed size", async () => {
  const staying = await markOne();
  settings.size = { replicas: 2 };
  await lab.changes();
  await lab.untilServers(2);
  expect(await ids()).toEqual(staying);
  expect(await lab.changes()).toEqual({});
});

it("removes one machine by the recipe, and no other comes: of an autoscaled size", async () => {
  settings.size = { min: 0, max: 2 };
  await lab.changes();
  const staying = await markOne();
  settings.size = { min: 0, max: 1 };
  await lab.changes();
  await patch(`/apis/cluster.x-k8s.io/v1beta2/namespaces/${CLUSTER}/machinedeployments/${GROUP}/scale`, {
    spec: { replicas: 1 },
  });
  await lab.untilServers(1);
  expect(await ids()).toEqual(staying);
  settings.size = { min: 0, max: 2 };
  await lab.changes();
  expect(await burst()).toMatchObject({ wanted: 1, ready: 1, limits: { min: 0, max: 2 }, causes: [] });
  expect(await ids()).toEqual(staying);
});

it("leaves nothing behind", async () => {
  await lab.stack.destroy();
  expect(await lab.servers()).toEqual([]);
  expect(await lab.ports()).toEqual([]);
});
