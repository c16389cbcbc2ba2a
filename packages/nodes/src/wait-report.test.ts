import { expect, test } from "vitest";
import { NODES } from "./rules.js";
import type { GroupStatus, MachineStatus } from "./status.js";
import { waitReport } from "./wait-report.js";

const WAITED = { path: "workers", group: "burst", nodes: 7, seconds: 900 };

const quota = (name: string): MachineStatus => ({
  name,
  state: "failing",
  cause: {
    reason: "QuotaExceeded",
    message: "Quota exceeded for cores: Requested 1, but already used 2 of 2 cores",
    from: `OpenStackServer/${name}, condition InstanceReady`,
    fix: "raise the project's quota",
  },
});

const STATUS: GroupStatus = {
  name: "burst",
  engine: "clusterApi",
  namespace: "burst-cluster",
  wanted: 8,
  ready: 1,
  failing: 4,
  machines: [
    { name: "burst-0", state: "ready", node: "burst-0", server: "s-0" },
    { name: "burst-1", state: "starting", server: "s-1" },
    { name: "burst-2", state: "leaving", server: "s-2" },
    quota("burst-3"),
    { name: "burst-4", state: "starting" },
    { name: "burst-5", state: "starting", server: "s-5", node: "burst-5" },
    ...["burst-6", "burst-7", "burst-8"].map(quota),
  ],
  causes: [],
  removeOne: [],
};

const lines = (status: GroupStatus): readonly string[] => waitReport(WAITED, status).summary.split("\n");

test("machines that are not ready are named with their causes, those that fail first, and no more than a handful", () => {
  const error = waitReport(WAITED, STATUS);
  expect(error.code).toBe(NODES.waitedInVain.code);
  expect(error.summary.split("\n")).toEqual([
    "After 15m0s burst has 1 of the 7 Ready Nodes that up waits for",
    ...["burst-3", "burst-6", "burst-7", "burst-8"].map(
      (name) =>
        `  - ${name}: QuotaExceeded: Quota exceeded for cores: Requested 1, but already used 2 of 2 cores (OpenStackServer/${name}, condition InstanceReady)`,
    ),
    "  - burst-1: starting, its server is s-1, no Node has joined yet",
    "  - and 2 machines more",
  ]);
  expect(error.fix).toBe("raise the project's quota. Or see all machines and what to do: plinth status burst");
  expect(error.message).toContain("where  workers: wait");
});

test("of those that start it is told how far they are", () => {
  const starting = STATUS.machines.filter(({ state }) => state === "starting");
  expect(lines({ ...STATUS, machines: starting }).slice(1)).toEqual([
    "  - burst-1: starting, its server is s-1, no Node has joined yet",
    "  - burst-4: starting, it has no server yet, no Node has joined yet",
    "  - burst-5: starting, its server is s-5, its Node burst-5 is not Ready yet",
  ]);
});

test("what keeps the group as a whole from its machines comes first", () => {
  const cause = { reason: "Paused", message: "Cluster c is paused", from: "Cluster/c, condition Paused", fix: "go on" };
  const error = waitReport(WAITED, { ...STATUS, machines: [quota("burst-3")], causes: [cause] });
  expect(error.summary.split("\n").slice(1)).toEqual([
    "  - the group: Paused: Cluster c is paused (Cluster/c, condition Paused)",
    expect.stringContaining("burst-3: QuotaExceeded"),
  ]);
  expect(error.fix).toMatch(/^go on\. /);
});

test("a cluster that cannot be read", () => {
  const error = waitReport({ ...WAITED, nodes: 1 }, "There is no kubeconfig");
  expect(error.summary).toBe(
    "After 15m0s burst has not its 1 Ready Node, and how its machines are is not known: There is no kubeconfig",
  );
  expect(error.fix).toMatch(/plinth status burst/);
});
