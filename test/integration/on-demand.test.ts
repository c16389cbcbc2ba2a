import { waitFor } from "@plinth/lab";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Inventory, inventory } from "../support/inventory.js";
import { MachineLab } from "../support/machine-lab.js";

let lab: MachineLab;
let before: Inventory;

interface Pod {
  readonly spec: { readonly nodeName?: string };
  readonly status: { readonly phase: string; readonly conditions?: readonly { readonly reason?: string }[] };
}

const PODS = "/api/v1/namespaces/default/pods";

const pod = (name: string): Promise<Pod> => lab.api(`${PODS}/${name}`);

/** Makes a Pod that lands on the group's machines as their `placement` says, but for what is changed. */
async function makePod(name: string, change: object = {}, cpu = "500m"): Promise<void> {
  const placement = await lab.output<object>("placement");
  const containers = [{ name: "pause", image: "pause", resources: { requests: { cpu } } }];
  const body = JSON.stringify({ metadata: { name }, spec: { ...placement, containers, ...change } });
  await lab.api(PODS, { method: "POST", contentType: "application/json", body });
}

beforeAll(async () => {
  lab = await MachineLab.open(["cluster-autoscaler"], { size: { min: 0, max: 2 }, cores: 1 });
  before = await inventory(lab.admin);
  await lab.changes();
  // its controller makes the account without which no Pod is taken
  await waitFor(() => lab.api("/api/v1/namespaces/default/serviceaccounts/default"), {
    what: "an account",
    seconds: 60,
  });
});

afterAll(async () => {
  await lab?.close();
});

it("begins without a machine", async () => {
  expect((await lab.deployment()).spec.replicas).toBe(0);
  expect(await lab.servers()).toEqual([]);
});

it("orders a server for a Pod that waits, and none for Pods that it would not take", async () => {
  await makePod("without-toleration", { tolerations: [] });
  await makePod("for-other-nodes", { nodeSelector: { team: "other" } });
  await makePod("too-large", {}, "1500m");
  const others = ["without-toleration", "for-other-nodes", "too-large"];
  const unschedulable = async (): Promise<boolean> => {
    const all = await Promise.all(others.map(pod));
    return all.every(({ status }) => status.conditions?.some(({ reason }) => reason === "Unschedulable"));
  };
  await waitFor(unschedulable, { what: "the scheduler to refuse three Pods", seconds: 60 });

  await makePod("wanted");
  await waitFor(async () => (await pod("wanted")).status.phase === "Running", { what: "the Pod to run", seconds: 240 });
  const [server, ...more] = await lab.servers();
  expect([server?.status, more]).toEqual(["ACTIVE", []]);
  expect((await pod("wanted")).spec.nodeName).toBe(server?.name);
  // by the time that the one Pod had its machine, the others had been looked at as often
  expect((await lab.deployment()).spec.replicas).toBe(1);
  expect((await Promise.all(others.map(pod))).map(({ status }) => status.phase)).toEqual(Array(3).fill("Pending"));
});

it("has a Node of the shape that the annotations promise", async () => {
  const { nodeName } = (await pod("wanted")).spec;
  expect(await lab.api(`/api/v1/nodes/${nodeName}`)).toMatchObject({
    metadata: { labels: { team: "infra", "plinth.dev/node-group": "burst" } },
    spec: { taints: [{ key: "dedicated", value: "burst", effect: "NoSchedule" }] },
    status: { allocatable: { cpu: "1", memory: "512Mi" } },
  });
});

it("lets the port send with its own address only, where pods' packets are encapsulated", async () => {
  expect(await lab.ports()).toMatchObject([{ allowed_address_pairs: [] }]);
});

it("is left alone by up and refresh, whose number of machines it is not", async () => {
  expect(await lab.changes()).toEqual({});
  await lab.stack.refresh();
  expect(await lab.changes()).toEqual({});
  expect(await lab.servers()).toHaveLength(1);
});

it("is gone when the Pod has gone", async () => {
  await lab.api(`${PODS}/wanted?gracePeriodSeconds=0`, { method: "DELETE" });
  await waitFor(async () => (await lab.servers()).length === 0, { what: "the idle server to go", seconds: 240 });
  const nodes = async (): Promise<boolean> => (await lab.api<{ items: object[] }>("/api/v1/nodes")).items.length === 0;
  await waitFor(nodes, { what: "its Node to go", seconds: 60 });
  expect((await lab.deployment()).spec.replicas).toBe(0);
  expect(await lab.ports()).toEqual([]);
});

it("leaves nothing behind", async () => {
  await lab.api(`${PODS}?gracePeriodSeconds=0`, { method: "DELETE" });
  await lab.stack.destroy();
  expect(await inventory(lab.admin)).toEqual(before);
  expect(await lab.serverGroups()).toEqual([]);
});
