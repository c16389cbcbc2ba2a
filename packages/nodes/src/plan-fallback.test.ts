import { Check } from "@plinth/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AutoscalerSettings, autoscalerSettings } from "./engines/cluster-api/autoscaler-settings.js";
import type { ClusterApiCloudPlan } from "./engines/cluster-api/plan.js";
import { type NodeGroupProps, planCloud, Together } from "./plan.js";
import type { ClusterAutoscaler } from "./props.js";
import { NODES } from "./rules.js";
import { CLUSTER_API_PROPS } from "./testing/cluster-api.js";
import { networkPlan, place, planGroup } from "./testing/refused.js";

const CLUSTER_API = { type: "clusterApi" } as const;

/** Plans a cloud named `cloud` whose autoscaler is described so, and groups of it, one after another. */
function planAll(autoscaler: ClusterAutoscaler | undefined, groups: Readonly<Record<string, Partial<NodeGroupProps>>>) {
  const check = new Check("cloud");
  const engine = { ...CLUSTER_API, ...(autoscaler === undefined ? {} : { autoscaler }) };
  const network = networkPlan({ cidr: "10.20.0.0/16", nextHop: "10.20.0.252" });
  const { plan } = planCloud({ ...CLUSTER_API_PROPS, engine }, { name: "net", plan: network }, check);
  const clusterApi = plan?.clusterApi as ClusterApiCloudPlan;
  const around = { engine, network, together: new Together(), autoscaler: clusterApi?.autoscaler };
  const planned = Object.entries(groups).map(([path, props]) => planGroup(props, around, path));
  return {
    clusterApi,
    together: around.together,
    refusals: [...check.refusals, ...planned.flatMap(({ refusals }) => refusals)],
  };
}

function settings(
  autoscaler: ClusterAutoscaler,
  groups: Readonly<Record<string, Partial<NodeGroupProps>>>,
): AutoscalerSettings {
  const { clusterApi, refusals, together } = planAll(autoscaler, groups);
  expect(refusals).toEqual([]);
  return autoscalerSettings(clusterApi, together.fallback("cloud").groups);
}

describe("the autoscaler of groups with priorities", () => {
  it("takes the highest first, and leaves one alone until all others have failed", () => {
    const groups = {
      last: { priority: 0 },
      first: { priority: 20, zones: ["a", "b"] },
      next: { priority: 10 },
    } as const;
    const { args, helmValues, priorities } = settings({}, groups);
    expect(args).toEqual([
      "--cloud-provider=clusterapi",
      "--node-group-auto-discovery=clusterapi:namespace=cloud,clusterName=cloud",
      "--namespace=kube-system",
      "--expander=priority",
      "--max-node-provision-time=15m0s",
      "--initial-node-group-backoff-duration=1h0m0s",
      "--max-node-group-backoff-duration=1h0m0s",
      "--node-group-backoff-reset-timeout=3h0m0s",
    ]);
    expect(helmValues).toEqual({
      cloudProvider: "clusterapi",
      autoDiscovery: { clusterName: "cloud", namespace: "cloud" },
      extraArgs: {
        expander: "priority",
        "max-node-provision-time": "15m0s",
        "initial-node-group-backoff-duration": "1h0m0s",
        "max-node-group-backoff-duration": "1h0m0s",
        "node-group-backoff-reset-timeout": "3h0m0s",
      },
    });
    expect(priorities).toBe(
      [
        "20:",
        "  - ^MachineDeployment/cloud/first-a$",
        "  - ^MachineDeployment/cloud/first-b$",
        "10:",
        "  - ^MachineDeployment/cloud/next-ru-3a$",
        "0:",
        "  - ^MachineDeployment/cloud/last-ru-3a$",
        "",
      ].join("\n"),
    );
  });

  it("is told what is given of it, and its own defaults where nothing needs more", () => {
    const given = { namespace: "autoscaler", maxNodeProvisionTime: "20m", initialNodeGroupBackoffDuration: "25m" };
    const groups = { first: { priority: 2 }, next: { priority: 1 }, metal: { size: { replicas: 1 } } };
    expect(settings(given, groups).args.slice(2)).toEqual([
      "--namespace=autoscaler",
      "--expander=priority",
      "--max-node-provision-time=20m0s",
      "--initial-node-group-backoff-duration=25m0s",
      "--max-node-group-backoff-duration=30m0s",
      "--node-group-backoff-reset-timeout=3h0m0s",
    ]);
    expect(settings({}, {}).priorities).toBe("{}\n");
  });

  it("comes to the last group: a model of it, with every group failing, for any groups", () => {
    const zones = fc.integer({ min: 1, max: 3 }).map((count) => ["a", "b", "c"].slice(0, count) as [string]);
    const groups = fc.uniqueArray(fc.record({ priority: fc.nat({ max: 50 }), zones }), {
      selector: ({ priority }) => priority,
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(groups, fc.integer({ min: 10, max: 30 }), (all, minutes) => {
        const named = Object.fromEntries(all.map((group, i) => [`group-${i}`, group]));
        const { args } = settings({ maxNodeProvisionTime: `${minutes}m` }, named);
        const backoff = args.find((arg) => arg.startsWith("--initial-node-group-backoff-duration="))?.split("=")[1];
        const order = [...all].sort((a, b) => b.priority - a.priority).flatMap((group) => group.zones.map(() => group));
        expect(new Set(tried(order.length, minutes, toMinutes(`${backoff}`)))).toEqual(new Set(order.keys()));
        // by the defaults it comes to the second at best
        expect(new Set(tried(order.length, 15, 5)).size).toBeLessThanOrEqual(2);
      }),
      { numRuns: 50 },
    );
  });
});

/** Which of so many groups an autoscaler orders from, one after another, when none gives a node. */
function tried(count: number, provision: number, backoff: number): number[] {
  const free = Array.from({ length: count }, () => 0);
  const all: number[] = [];
  for (let now = 0; all.length < 3 * count; now += provision) {
    const next = free.findIndex((from) => from <= now);
    // all are left alone: it waits
    if (next < 0) continue;
    all.push(next);
    free[next] = now + provision + backoff;
  }
  return all;
}

function toMinutes(go: string): number {
  const [, hours = "0", minutes = "0"] = /^(?:(\d+)h)?(\d+)m0s$/.exec(go) ?? [];
  return Number(hours) * 60 + Number(minutes);
}

describe("a fallback order is refused", () => {
  it.each([[-1], [1.5], [Number.NaN]])("with the priority %d", (priority) => {
    expect(planAll({}, { burst: { priority } }).refusals.map(place)).toEqual([
      {
        code: NODES.priority.code,
        path: "burst",
        property: "priority",
        value: Number.isNaN(priority) ? "null" : `${priority}`,
        fix: "use for example 20 for the group that comes first, and 10 for the next",
      },
    ]);
  });

  it("with two groups of one priority, of either engine; not of two clouds", () => {
    const twice = {
      code: NODES.priorityTwice.code,
      path: "two",
      property: "priority",
      value: "5",
      fix: "give the one that comes first a higher number",
    };
    expect(planAll({}, { one: { priority: 5 }, two: { priority: 5 } }).refusals.map(place)).toEqual([twice]);
    const together = new Together();
    expect(planGroup({ priority: 5 }, { together }, "one").refusals).toEqual([]);
    expect(planGroup({ priority: 5 }, { together }, "two").refusals.map(place)).toEqual([twice]);
    expect(planGroup({ priority: 5 }, { together, cloud: "other" }, "three").refusals).toEqual([]);
  });

  it("with a group that has no place in it, in whatever order they are made", () => {
    const missing = (path: string, value: string | undefined) => ({
      code: NODES.priorityMissing.code,
      path,
      property: "priority",
      value,
      fix: "give each group of the cloud a priority, or none",
    });
    expect(planAll({}, { one: {} }).refusals.map(place)).toEqual([missing("one", undefined)]);
    expect(planAll(undefined, { one: {}, two: {} }).refusals).toEqual([]);
    const together = new Together();
    const summaries = [
      ...planGroup({ priority: 5 }, { together }, "one").refusals,
      ...planGroup({}, { together }, "two").refusals,
      ...planGroup({ priority: 4 }, { together }, "three").refusals,
      ...planGroup({ size: { replicas: 2 } }, { together }, "fixed").refusals,
    ].map(({ summary }) => summary);
    expect(summaries).toEqual(["two has no priority, and one has one", "three has a priority, and two has none"]);
  });

  it("with a group that comes when the order has been sent", () => {
    const together = new Together();
    planGroup({ priority: 5 }, { together }, "one");
    together.fallback("cloud").close();
    expect(planGroup({ priority: 4 }, { together }, "two").refusals.map(place)).toEqual([
      {
        code: NODES.priorityMissing.code,
        path: "two",
        property: "priority",
        value: "4",
        fix: "make all groups before the program waits for a value of a resource",
      },
    ]);
  });

  it("with a group of a fixed size", () => {
    const { refusals } = planAll({}, { burst: { priority: 1, size: { replicas: 2 } } });
    expect(refusals.map(({ code, property }) => [code, property])).toEqual([[NODES.priorityOfFixed.code, "priority"]]);
  });

  it("of Cluster API where nothing is said of an autoscaler; Deckhouse brings its own", () => {
    const { refusals } = planAll(undefined, { burst: { priority: 1 } });
    expect(refusals.map(place)).toEqual([
      {
        code: NODES.autoscalerMissing.code,
        path: "burst",
        property: "priority",
        value: "1",
        fix: 'set engine: { type: "clusterApi", autoscaler: {} } of cloud, and give the autoscaler its arguments',
      },
    ]);
    expect(planGroup({ priority: 1 }).refusals).toEqual([]);
  });

  it("whose back-off ends before its last group has failed, once", () => {
    const groups = { one: { priority: 3 }, two: { priority: 2 }, three: { priority: 1 }, four: { priority: 0 } };
    const { refusals } = planAll({ initialNodeGroupBackoffDuration: "30m" }, groups);
    expect(refusals.map(place)).toEqual([
      {
        code: NODES.backoff.code,
        path: "three",
        property: "priority",
        value: "30m0s",
        fix: "leave engine.autoscaler.initialNodeGroupBackoffDuration out, or set it to more than 30m0s, as in the autoscaler's own arguments",
      },
    ]);
    expect(refusals[0]?.summary).toBe(
      "one 1 + two 1 + three 1 zones, of which all but the first take 15m0s to fail, are 30m0s, and a group is left alone for 30m0s",
    );
    expect(planAll({ initialNodeGroupBackoffDuration: "46m" }, groups).refusals).toEqual([]);
  });

  it("whose autoscaler gives a machine up that the health check still lets start", () => {
    expect(planAll({ maxNodeProvisionTime: "9m" }, {}).refusals.map(place)).toEqual([
      {
        code: NODES.provisionTime.code,
        path: "cloud",
        property: "engine.autoscaler.maxNodeProvisionTime",
        value: "9m",
        fix: "leave it out, set it to 10m0s or more, or lower engine.provisioningTimeout",
      },
    ]);
    expect(planAll({ maxNodeProvisionTime: "10m" }, {}).refusals).toEqual([]);
    expect(planAll({ namespace: "Kube" }, {}).refusals.map(({ code }) => code)).toEqual(["PL1008"]);
  });
});
