import { validateObject } from "@plinth/api/testing";
import { expect, test } from "vitest";
import { diagnose } from "./diagnose.js";
import type { KubeObject } from "./kube-object.js";

const NOW = new Date("2026-11-24T10:30:00Z");
const NAMESPACE = "d8-cloud-instance-manager";
const QUOTA = `failed to create server "worker-ru-3a-1": Expected HTTP response code [201 202] when accessing [POST https://nova/servers], but got 403 instead {"forbidden": {"code": 403, "message": "Quota exceeded for instances: Requested 1, but already used 10 of 10 instances"}}`;
const SAID = "Quota exceeded for instances: Requested 1, but already used 10 of 10 instances";

function nodeGroup(status: object, nodeType = "CloudEphemeral"): KubeObject {
  const group = {
    apiVersion: "deckhouse.io/v1",
    kind: "NodeGroup",
    metadata: { name: "worker" },
    spec: {
      nodeType,
      ...(nodeType === "CloudEphemeral"
        ? {
            cloudInstances: {
              classReference: { kind: "OpenStackInstanceClass", name: "worker" },
              minPerZone: 1,
              maxPerZone: 3,
              zones: ["ru-3a"],
            },
          }
        : {}),
    },
    status: { engine: "MCM", desired: 2, ready: 1, nodes: 1, instances: 2, min: 1, max: 3, ...status },
  };
  expect(validateObject(group)).toEqual([]);
  return group;
}

function machine(name: string, phase: string, rest: object = {}): KubeObject {
  return {
    apiVersion: "machine.sapcloud.io/v1alpha1",
    kind: "Machine",
    metadata: { name, namespace: NAMESPACE, labels: { "instance-group": "worker-ru-3a" } },
    spec: { providerID: `openstack:///ru-3/${name}-id` },
    status: { currentStatus: { phase }, ...rest },
  } as KubeObject;
}

const event = (name: string, message: string, time: string, type = "Warning"): KubeObject =>
  ({
    apiVersion: "v1",
    kind: "Event",
    metadata: { name: `${name}.${time}`, namespace: NAMESPACE },
    type,
    reason: "FailedCreate",
    message,
    lastTimestamp: time,
    involvedObject: { kind: "Machine", name, namespace: NAMESPACE },
  }) as KubeObject;

const only = (objects: readonly KubeObject[]) => {
  const [group, ...others] = diagnose(objects, { now: NOW });
  expect(others).toEqual([]);
  return group;
};

test("what the machine controller says of its last operation", () => {
  const group = only([
    nodeGroup({}),
    machine("worker-0", "Running", { node: "worker-0" }),
    machine("worker-1", "CrashLoopBackOff", { lastOperation: { description: QUOTA, state: "Failed", type: "Create" } }),
  ]);
  expect(group).toMatchObject({
    name: "worker",
    engine: "deckhouse",
    wanted: 2,
    ready: 1,
    failing: 1,
    limits: { min: 1, max: 3 },
  });
  expect(group?.machines).toEqual([
    { name: "worker-0", state: "ready", server: "worker-0-id", node: "worker-0" },
    {
      name: "worker-1",
      state: "failing",
      server: "worker-1-id",
      cause: {
        reason: "QuotaExceeded",
        message: SAID,
        from: "Machine/worker-1, status.lastOperation",
        fix: expect.stringContaining("openstack quota set"),
      },
    },
  ]);
});

test("what stands in its events only", () => {
  const group = only([
    nodeGroup({}),
    machine("worker-1", "Pending"),
    event("worker-1", "something older", "2026-11-24T10:00:00Z"),
    event("worker-1", QUOTA, "2026-11-24T10:20:00Z"),
    event("worker-1", "Machine is being created", "2026-11-24T10:25:00Z", "Normal"),
  ]);
  expect(group?.machines).toMatchObject([
    { state: "failing", cause: { message: SAID, from: "Machine/worker-1, event FailedCreate" } },
  ]);
});

test("a machine that starts, and one that leaves, do not fail", () => {
  const group = only([nodeGroup({}), machine("worker-1", "Pending"), machine("worker-2", "Terminating")]);
  expect(group?.machines.map(({ state }) => state)).toEqual(["starting", "leaving"]);
  expect(group?.failing).toBe(0);
});

test("a machine that is gone already stands in the group's lastMachineFailures", () => {
  const failure = {
    name: "worker-9",
    providerID: "",
    lastOperation: { description: QUOTA, state: "Failed", type: "Create" },
  };
  expect(only([nodeGroup({ lastMachineFailures: [failure] })])?.machines).toMatchObject([
    {
      name: "worker-9",
      state: "failing",
      cause: { message: SAID, from: "NodeGroup/worker, status.lastMachineFailures" },
    },
  ]);
});

test("what is wrong with the group is said once", () => {
  const conditions = [{ type: "Error", status: "True", message: "Wrong classReference: there is no worker" }];
  expect(only([nodeGroup({ conditions })])?.causes).toMatchObject([
    { reason: "Error", message: "Wrong classReference: there is no worker", from: "NodeGroup/worker, condition Error" },
  ]);
  const failed = machine("worker-1", "Failed", { lastOperation: { description: QUOTA, state: "Failed" } });
  expect(only([nodeGroup({ error: QUOTA }), failed])?.causes).toEqual([]);
});

test("machines of its newer engine are those of Cluster API", () => {
  const labels = { "node-group": "worker" };
  const meta = { name: "worker-c", namespace: NAMESPACE, labels, creationTimestamp: "2026-11-24T10:25:00Z" };
  const ordered = {
    apiVersion: "cluster.x-k8s.io/v1beta2",
    kind: "Machine",
    metadata: meta,
    spec: { clusterName: "main" },
    status: { conditions: [] },
  } as KubeObject;
  const server = {
    apiVersion: "infrastructure.cluster.x-k8s.io/v1alpha1",
    kind: "OpenStackServer",
    metadata: meta,
    status: {
      conditions: [
        { type: "InstanceReady", status: "False", severity: "Error", reason: "InstanceCreateFailed", message: QUOTA },
      ],
    },
  } as KubeObject;
  const group = only([nodeGroup({ engine: "CAPI" }), ordered, server]);
  expect(group?.machines).toMatchObject([{ state: "failing", cause: { reason: "QuotaExceeded", message: SAID } }]);
  expect(group?.removeOne[0]).toContain("cluster.x-k8s.io/delete-machine");
});

test("nodes that nobody orders are no group of ours", () => {
  expect(diagnose([nodeGroup({}, "Static")], { now: NOW })).toEqual([]);
});
