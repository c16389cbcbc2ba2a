import { parseDuration } from "@plinth/core";
import type { HybridNodeGroupArgs } from "plinth";
import { describe, expect, it } from "vitest";
import { DECKHOUSE, type Outcome, run } from "./program.js";

const ENGINE = { type: "clusterApi", autoscaler: {} } as const;
const GROUPS = {
  first: { priority: 30 },
  second: { priority: 20, zones: ["one-a", "one-b"] },
  third: { priority: 10 },
} as const satisfies Readonly<Record<string, Partial<HybridNodeGroupArgs>>>;

/** The groups, in the autoscaler's own sense, by priority: as it reads its ConfigMap. */
function order(outcome: Outcome): readonly string[] {
  const map = outcome
    .objects("ConfigMap")
    .find(({ metadata }) => metadata.name === "cluster-autoscaler-priority-expander") as unknown as {
    readonly data: { readonly priorities: string };
  };
  const priorities = map.data.priorities.split(/^(?=\d+:$)/m).map((part) => ({
    priority: Number.parseInt(part, 10),
    names: [...part.matchAll(/\^MachineDeployment\/cloud\/(.*)\$/g)].map(([, name]) => name ?? ""),
  }));
  return priorities.sort((a, b) => b.priority - a.priority).flatMap(({ names }) => names);
}

/**
 * The groups that an autoscaler tries when none of them gives a node: the first that it does not leave alone, which fails after
 * the time-out and is left alone then. Source: kubernetes/autoscaler:cluster-autoscaler/utils/backoff/exponential_backoff.go
 */
function tried(groups: readonly string[], flags: Readonly<Record<string, string>>, times: number): readonly string[] {
  const waits = parseDuration(flags["max-node-provision-time"] ?? "15m") ?? 0;
  const shortest = parseDuration(flags["initial-node-group-backoff-duration"] ?? "5m") ?? 0;
  const longest = parseDuration(flags["max-node-group-backoff-duration"] ?? "30m") ?? 0;
  const alone = new Map<string, { until: number; next: number }>();
  const all: string[] = [];
  for (let now = 0; all.length < times; ) {
    const group = groups.find((name) => (alone.get(name)?.until ?? 0) <= now);
    if (group === undefined) {
      now = Math.min(...[...alone.values()].map(({ until }) => until));
      continue;
    }
    all.push(group);
    now += waits;
    const duration = alone.get(group)?.next ?? shortest;
    alone.set(group, { until: now + duration, next: Math.min(longest, 2 * duration) });
  }
  return all;
}

describe("a group that gives no node", () => {
  it("kubernetes/autoscaler#5903: is left alone until all others have been tried", async () => {
    const outcome = await run({ cloud: { engine: ENGINE }, groups: GROUPS });
    const groups = order(outcome);
    expect(groups).toEqual(["first-one-a", "second-one-a", "second-one-b", "third-one-a"]);
    expect(tried(groups, outcome.autoscalerArgs, 4)).toEqual(groups);
    // by the autoscaler's own times it never comes to the last
    const { "max-node-provision-time": waits = "" } = outcome.autoscalerArgs;
    expect(tried(groups, { "max-node-provision-time": waits }, 4)).not.toContain("third-one-a");
  });

  it("kubernetes/autoscaler#5903: a back-off that is too short for that is refused", async () => {
    const autoscaler = { initialNodeGroupBackoffDuration: "15m" } as const;
    const { refusals } = await run({ cloud: { engine: { ...ENGINE, autoscaler } }, groups: GROUPS });
    expect(refusals).toEqual([["PL4046", "second", "priority"]]);
  });

  it("gardener/autoscaler#340: has a next one, whatever has no place in the order is refused", async () => {
    const cloud = { engine: ENGINE } as const;
    const twice = await run({ cloud, groups: { ...GROUPS, third: { priority: 20 } } });
    expect(twice.refusals).toEqual([["PL4042", "third", "priority"]]);
    const without = await run({ cloud, groups: { ...GROUPS, third: {} } });
    expect(without.refusals).toEqual([["PL4043", "third", "priority"]]);
    const unread = await run({ groups: GROUPS });
    expect(unread.refusals.map(([code]) => code)).toEqual(["PL4045", "PL4045", "PL4045"]);
    const nodeGroups = (await run({ cloud: DECKHOUSE, groups: GROUPS })).objects("NodeGroup");
    expect(nodeGroups).toMatchObject([30, 20, 10].map((priority) => ({ spec: { cloudInstances: { priority } } })));
  });

  it("kubernetes/autoscaler#4142: is given up after a time, though its controller tries for ever", async () => {
    const outcome = await run({ cloud: { engine: ENGINE }, groups: GROUPS });
    expect(outcome.autoscalerArgs).toMatchObject({ expander: "priority", "max-node-provision-time": "15m0s" });
    // and of a quota it does not even try
    const beyond = await run({ cloud: { engine: ENGINE, quota: { cores: 16 } }, groups: GROUPS });
    expect(beyond.refusals).toEqual([["PL4024", "second", "size"]]);
  });

  it("kubernetes/autoscaler#4142: is given up also by an autoscaler that nobody has told anything", async () => {
    const [deployment] = (await run()).objects("MachineDeployment");
    expect(deployment?.metadata.annotations).toMatchObject({
      "cluster.x-k8s.io/autoscaling-options-maxnodeprovisiontime": "15m0s",
    });
  });
});
