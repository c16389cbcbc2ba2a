import { describe, expect, test } from "vitest";
import { enginePlan } from "./engines/plans.js";
import { NODES } from "./rules.js";
import { runCloud, sent } from "./testing/captured-cloud.js";
import { CLUSTER_API_ARGS } from "./testing/cluster-api.js";
import { GROUP_PROPS, place, planGroup } from "./testing/refused.js";
import { waitFor } from "./wait.js";

type Change = NonNullable<Parameters<typeof runCloud>[0]["group"]>;

/** Annotations of the group's objects of a type, as they are sent. */
async function annotations(type: string, cloud: object, group: Change): Promise<readonly unknown[]> {
  const attempt = await runCloud({ cloud, group: { ...GROUP_PROPS, ...group } });
  expect(attempt.errors).toEqual([]);
  const objects = Object.values(sent(attempt, "burst")).filter((resource) => resource.type.endsWith(`:${type}`));
  return objects.map(({ inputs }) => (inputs as { metadata: { annotations: object } }).metadata.annotations);
}

const wait = { nodes: "minimum" } as const;
const force = { "pulumi.com/patchForce": "true" };

describe("what up waits for", () => {
  test("each zone's minimum, with Cluster API", async () => {
    const zones = ["ru-3a", "ru-3b"] as const;
    expect(
      await annotations("MachineDeployment", CLUSTER_API_ARGS, { size: { replicas: 2 }, zones: [...zones], wait }),
    ).toEqual(
      zones.map(() => ({
        ...force,
        "pulumi.com/waitFor": "jsonpath={$[?@.readyReplicas > 1]}",
      })),
    );
  });

  test("the minimum of all zones, with Deckhouse", async () => {
    const group = { size: { min: 2, max: 5 }, zones: ["ru-3a", "ru-3b"] as ["ru-3a", "ru-3b"] };
    expect(await annotations("NodeGroup", {}, { ...group, wait })).toEqual([
      { ...force, "pulumi.com/waitFor": "jsonpath={$[?@.ready > 3]}" },
    ]);
  });

  test("the user's edit has the last word", async () => {
    const [other] = await annotations(
      "NodeGroup",
      {},
      {
        wait,
        edit: ({ type, value }) => {
          if (!type.endsWith(":NodeGroup")) return undefined;
          const { metadata } = value as { metadata: { annotations: object } };
          return {
            ...value,
            metadata: {
              ...metadata,
              annotations: { ...metadata.annotations, "pulumi.com/waitFor": "condition=Ready" },
            },
          };
        },
      },
    );
    expect(other).toEqual({ ...force, "pulumi.com/waitFor": "condition=Ready" });
  });

  test.each([
    ["nothing is said", undefined, { min: 1, max: 3 }],
    ["it is said so", { nodes: "none" }, { min: 1, max: 3 }],
    ["the group may be empty", wait, { min: 0, max: 3 }],
    ["it is empty", wait, { replicas: 0 }],
  ] as const)("nothing, when %s", async (_, given, size) => {
    const group = { size, ...(given === undefined ? {} : { wait: given }) };
    expect(await annotations("NodeGroup", {}, group)).toEqual([force]);
  });
});

test("the time-out is that of making and changing, and not of removing, which takes as long as workloads need to leave", () => {
  const { plan } = planGroup({ wait: { ...wait, timeout: "1h0m30s" } });
  if (plan === undefined) throw new Error("refused");
  const waiter = { path: "burst", edit: undefined, readGroups: async () => [] };
  const { resourceOptions } = waitFor(plan, enginePlan("deckhouse"), waiter);
  expect(resourceOptions({ type: "kubernetes:deckhouse.io/v1:NodeGroup" })).toEqual({
    customTimeouts: { create: "3630s", update: "3630s" },
  });
  expect(resourceOptions({ type: "kubernetes:deckhouse.io/v1:OpenStackInstanceClass" })).toEqual({});
});

test("a wait that says nothing is refused", () => {
  const refused = (given: object) => planGroup({ wait: given as never }).refusals.map((refusal) => place(refusal));
  expect(refused({ nodes: "all" })).toMatchObject([{ code: NODES.wait.code, property: "wait.nodes", value: "all" }]);
  expect(refused({ nodes: "minimum", timeout: "0s" })).toMatchObject([
    { code: NODES.wait.code, property: "wait.timeout", value: "0s" },
  ]);
  expect(refused({ nodes: "minimum", timeout: "soon" })).toMatchObject([{ property: "wait.timeout" }]);
  expect(refused({ nodes: "minimum", time: "1m" })).toMatchObject([{ property: "wait.time" }]);
  expect(planGroup({ wait }).plan?.wait).toEqual({ perZone: 1, seconds: 900 });
});
