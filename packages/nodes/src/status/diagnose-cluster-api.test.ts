import { expect, test } from "vitest";
import { recorded } from "../testing/recorded.js";
import { diagnose } from "./diagnose.js";
import { isFailing } from "./group-status.js";
import type { KubeObject } from "./kube-object.js";

const SOON = new Date("2026-11-24T10:01:30Z");
const LATE = new Date("2026-11-24T10:12:00Z");

/** The only group there is. */
function only(objects: readonly KubeObject[], now: Date, faults?: ReadonlyMap<string, string>) {
  const groups = diagnose(objects, { now, ...(faults === undefined ? {} : { faults }) });
  expect(groups).toHaveLength(1);
  const [group] = groups;
  if (group === undefined) throw new Error("no group");
  return group;
}

/** The objects with some of a kind changed. */
function changed(
  objects: readonly KubeObject[],
  kind: string,
  change: (object: never) => object,
): readonly KubeObject[] {
  return objects.map((object) => (object.kind === kind ? (change(object as never) as KubeObject) : object));
}

test("a quota that stands on the OpenStackServer only, while the Machine waits for bootstrap data", () => {
  const objects = recorded("quota");
  const stale = objects.find(({ kind, metadata }) => kind === "Machine" && metadata.name.endsWith("zvptl"));
  expect(JSON.stringify(stale)).not.toContain("uota");
  const group = only(objects, SOON);
  expect(group).toMatchObject({ name: "burst", engine: "clusterApi", wanted: 2, ready: 0, failing: 1, causes: [] });
  expect(group.machines).toMatchObject([
    { name: "burst-ru-3a-dlswr-qhd8c", state: "starting", server: "1b848d55-b9da-4e7f-99db-5cd8fbaec402" },
    {
      name: "burst-ru-3a-dlswr-zvptl",
      state: "failing",
      cause: {
        reason: "QuotaExceeded",
        message: "Quota exceeded for cores: Requested 1, but already used 1 of 1 cores",
        from: "OpenStackServer/burst-ru-3a-dlswr-zvptl, condition InstanceReady",
        fix: expect.stringMatching(
          /openstack quota set.*kubectl -n burst-cluster delete machine burst-ru-3a-dlswr-zvptl/,
        ),
      },
    },
  ]);
  expect(isFailing([group])).toBe(true);
});

test("a server in ERROR, whose reason only Nova knows", () => {
  const id = "739e12e9-e6aa-4956-8ddd-90d2a5fa6b83";
  const [unread] = only(recorded("server-error"), SOON).machines;
  expect(unread?.cause).toMatchObject({
    reason: "InstanceStateError",
    fix: expect.stringContaining(`openstack server show ${id} -c fault`),
  });
  const fault = "Quota exceeded for cores: Requested 1, but already used 1 of 1 cores";
  const [read] = only(recorded("server-error"), SOON, new Map([[id, fault]])).machines;
  expect(read?.cause).toMatchObject({
    reason: "QuotaExceeded",
    message: fault,
    from: `fault of the server ${id} in Nova`,
  });
});

test("a Node that has not joined is late when the health check says so, and not before", () => {
  const late = only(recorded("quota"), LATE).machines[0];
  expect(late?.cause).toMatchObject({
    reason: "NodeNotJoined",
    message: "Its server is there, and after 10m57s no Node has joined (time-out 10m0s)",
    fix: expect.stringContaining("openstack console log show 1b848d55-b9da-4e7f-99db-5cd8fbaec402"),
  });
  const patient = changed(recorded("quota"), "MachineHealthCheck", (check: object) => ({
    ...check,
    spec: { checks: { nodeStartupTimeoutSeconds: 1200 } },
  }));
  expect(only(patient, LATE).machines[0]).toMatchObject({ state: "starting" });
});

test("machines that the health check replaces again and again, and what the cloud said of the last", () => {
  const group = only(recorded("replaced"), new Date("2026-11-24T10:10:20Z"));
  expect(group.machines.map(({ state, cause }) => [state, cause?.reason, cause?.message])).toEqual([
    ["failing", "NodeStartupTimeout", "Node failed to report startup in 30s"],
    ["failing", "NodeStartupTimeout", "Node failed to report startup in 30s"],
  ]);
  expect(group.causes).toMatchObject([
    { reason: "ReplacedAgainAndAgain", message: "The health check has replaced 3 machines within 1m15s" },
  ]);
  // what the cloud said of the one that was replaced last is why the next will fail
  const ofFirst = recorded("replaced").filter(
    ({ kind, metadata }) => kind !== "Event" || /zvptl|qhd8c/.test(metadata.name),
  );
  expect(only(ofFirst, new Date("2026-11-24T10:03:40Z")).causes).toMatchObject([
    {
      reason: "QuotaExceeded",
      message: expect.stringMatching(
        /replaced 2 machines .* the cloud said of burst-ru-3a-dlswr-zvptl: Quota exceeded/,
      ),
    },
  ]);
  // hours later they tell nothing about now
  expect(only(recorded("replaced"), new Date("2026-11-24T12:10:20Z")).causes).toEqual([]);
});

test("nothing is wrong with Nodes that are Ready", () => {
  const group = only(recorded("healthy"), LATE);
  expect(group).toMatchObject({ wanted: 2, ready: 2, failing: 0, causes: [] });
  expect(group.machines.map(({ state, node }) => [state, node])).toEqual(
    group.machines.map(({ name }) => ["ready", name]),
  );
  expect(isFailing([group])).toBe(false);
});

test("a Node that has gone", () => {
  const objects = changed(
    recorded("healthy"),
    "Machine",
    ({ status, ...machine }: { status: { conditions: { type: string }[] } }) => ({
      ...machine,
      status: {
        ...status,
        conditions: status.conditions.map((condition) =>
          ["Ready", "NodeReady"].includes(condition.type)
            ? { type: condition.type, status: "False", reason: "NodeDeleted", message: "Node was deleted" }
            : condition,
        ),
      },
    }),
  );
  expect(only(objects, LATE).machines[0]).toMatchObject({
    state: "failing",
    cause: { reason: "NodeDeleted", message: "Node was deleted" },
  });
});

test("user data that is not made", () => {
  const condition = (type: string, rest: object) => ({ type, status: "False", reason: "x", message: "", ...rest });
  const without = changed(recorded("quota"), "Machine", ({ status, ...machine }: { status: object }) => ({
    ...machine,
    status: { ...status, conditions: [condition("BootstrapConfigReady", { reason: "NotReady" })] },
  })).filter(({ kind }) => kind !== "OpenStackServer" && kind !== "OpenStackMachine");
  expect(only(without, SOON).machines[0]).toMatchObject({ state: "starting" });
  expect(only(without, LATE).machines[0]?.cause).toMatchObject({ reason: "NotReady" });
  const broken = changed(without, "KubeadmConfig", (config: object) => ({
    ...config,
    status: {
      conditions: [
        condition("CertificatesAvailable", {
          reason: "InternalError",
          message: 'secrets "burst-cluster-ca" not found',
        }),
      ],
    },
  }));
  expect(only(broken, SOON).machines[0]?.cause).toMatchObject({
    reason: "InternalError",
    message: 'secrets "burst-cluster-ca" not found',
    from: expect.stringMatching(/^KubeadmConfig\/.*CertificatesAvailable$/),
  });
});

test("what keeps the whole group: a pause, a cloud that is not ready, a health check that holds back, templates that are gone", () => {
  const failing = (type: string, status: string, rest: object = {}) => ({
    status: { conditions: [{ type, status, reason: `${type}Reason`, message: `${type} message`, ...rest }] },
  });
  const reasons = (kind: string, status: object): readonly string[] =>
    only(
      changed(recorded("healthy"), kind, (object: object) => ({ ...object, ...status })),
      LATE,
    ).causes.map(({ reason }) => reason);
  expect(reasons("Cluster", failing("Paused", "True"))).toEqual(["PausedReason"]);
  expect(reasons("MachineDeployment", failing("Paused", "True"))).toEqual(["PausedReason"]);
  expect(reasons("OpenStackCluster", failing("NetworkReady", "False", { severity: "Error" }))).toEqual([
    "NetworkReadyReason",
  ]);
  expect(reasons("MachineHealthCheck", failing("RemediationAllowed", "False"))).toEqual(["RemediationAllowedReason"]);
  expect(
    reasons("MachineSet", failing("ScalingUp", "True", { message: "OpenStackMachineTemplate burst not found" })),
  ).toEqual(["ScalingUpReason"]);
  expect(reasons("MachineSet", failing("ScalingUp", "True"))).toEqual([]);
});

test("how one machine goes for good depends on who decides the number", () => {
  expect(only(recorded("healthy"), LATE).removeOne.join("\n")).toMatch(/delete-machine=yes[\s\S]*size.replicas/);
  const scaled = changed(recorded("healthy"), "MachineDeployment", ({ metadata, ...rest }: KubeObject) => ({
    ...rest,
    metadata: {
      ...metadata,
      annotations: {
        "cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size": "0",
        "cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size": "3",
      },
    },
  }));
  const group = only(scaled, LATE);
  expect(group).toMatchObject({ limits: { min: 0, max: 3 }, causes: [] });
  expect(group.removeOne.join("\n")).toMatch(/size.max[\s\S]*scale machinedeployment/);
});

test("fewer machines than the minimum, which no autoscaler has to see to", () => {
  const limits = ({ metadata, ...rest }: KubeObject): object => ({
    ...rest,
    metadata: {
      ...metadata,
      annotations: {
        "cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size": "3",
        "cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size": "5",
      },
    },
  });
  expect(only(changed(recorded("healthy"), "MachineDeployment", limits), LATE).causes).toMatchObject([
    { reason: "BelowMinimum", fix: expect.stringContaining("scale machinedeployment burst-ru-3a --replicas=3") },
  ]);
});

test("what is not of a group of ours is left out", () => {
  const foreign = changed(recorded("healthy"), "MachineDeployment", (deployment: { spec: object }) => ({
    ...deployment,
    spec: { ...deployment.spec, template: { metadata: { labels: { app: "x" } } } },
  }));
  expect(diagnose(foreign, { now: LATE })).toEqual([]);
});
