import { parseDuration } from "@plinth/core";
import { placementOf } from "@plinth/nodes/plan";
import type { HybridNodeGroupArgs } from "plinth";
import { describe, expect, it } from "vitest";
import { run } from "./program.js";

const CAPACITY = "capacity.cluster-autoscaler.kubernetes.io";
const SIZE = "cluster.x-k8s.io/cluster-api-autoscaler-node-group";

const PROVISION_TIME = "cluster.x-k8s.io/autoscaling-options-maxnodeprovisiontime";

describe("the autoscaler", () => {
  it("kubernetes/autoscaler#6778: no group can grow beyond the quota, from which none would shrink again", async () => {
    const cloud = { quota: { instances: 3, cores: 12, memory: "24Gi", ports: 3 } } as const;
    // three machines and one more while they are replaced
    expect((await run({ cloud })).refusals).toEqual([
      ["PL4024", "burst", "size"],
      ["PL4024", "burst", "size"],
      ["PL4024", "burst", "size"],
      ["PL4024", "burst", "size"],
    ]);
    expect((await run({ cloud, groups: { burst: { surge: 0 } } })).refusals).toEqual([]);
    expect(
      (await run({ cloud, groups: { one: { surge: 0 }, two: { size: { min: 0, max: 1 } } } })).refusals,
    ).toContainEqual(["PL4024", "two", "size"]);
  });

  it("kubernetes/autoscaler#5465: a machine that never joins is replaced before the autoscaler counts it out", async () => {
    const outcome = await run();
    const { checks } = outcome.spec<{ checks: { nodeStartupTimeoutSeconds: number } }>("MachineHealthCheck");
    const [deployment] = outcome.objects("MachineDeployment");
    const waits = parseDuration(deployment?.metadata.annotations?.[PROVISION_TIME] ?? "");
    expect(checks.nodeStartupTimeoutSeconds * 1000).toBeLessThan(waits ?? 0);
    const engine = {
      type: "clusterApi",
      provisioningTimeout: "12m",
      autoscaler: { maxNodeProvisionTime: "11m" },
    } as const;
    const impatient = await run({ cloud: { engine }, groups: { burst: { priority: 1 } } });
    expect(impatient.refusals).toEqual([["PL4047", "cloud", "engine.autoscaler.maxNodeProvisionTime"]]);
  });

  it("kubernetes/autoscaler#5465: every node says whose machine it is, so that none is taken for unregistered", async () => {
    expect((await run()).spec("KubeadmConfigTemplate")).toMatchObject({
      template: {
        spec: {
          joinConfiguration: {
            nodeRegistration: {
              kubeletExtraArgs: expect.arrayContaining([
                { name: "provider-id", value: "openstack:///{{ instance_id }}" },
              ]),
            },
          },
        },
      },
    });
  });

  it("vexxhost/magnum-cluster-api#907: a group of none says what its nodes are like", async () => {
    const taints = [{ key: "dedicated", value: "burst", effect: "NoExecute" }] as const;
    const groups = { burst: { size: { min: 0, max: 3 }, labels: { team: "infra" }, taints } } as const;
    expect((await run({ groups })).objects("MachineDeployment")[0]?.metadata.annotations).toMatchObject({
      [`${SIZE}-min-size`]: "0",
      [`${SIZE}-max-size`]: "3",
      [`${CAPACITY}/cpu`]: "4",
      [`${CAPACITY}/memory`]: "8192Mi",
      [`${CAPACITY}/ephemeral-disk`]: "50Gi",
      [`${CAPACITY}/labels`]: "plinth.dev/node-group=burst,team=infra",
      [`${CAPACITY}/taints`]: "dedicated=burst:NoExecute",
    });
    // @ts-expect-error a group without its machine's shape
    const shapeless: Omit<HybridNodeGroupArgs, "cloud"> = { size: { min: 0, max: 3 }, zones: ["one-a"] };
    expect(shapeless).not.toHaveProperty("machine");
  });

  it("kubernetes/autoscaler#8538: the number of machines is the autoscaler's alone, and what it marks is gone in bounded time", async () => {
    const [deployment] = (await run()).objects("MachineDeployment");
    expect(deployment?.spec).not.toHaveProperty("replicas");
    expect(deployment?.spec).toMatchObject({
      template: { spec: { deletion: { nodeDrainTimeoutSeconds: 600, nodeVolumeDetachTimeoutSeconds: 300 } } },
    });
    // @ts-expect-error a number and limits at once
    const both: HybridNodeGroupArgs["size"] = { replicas: 1, min: 0, max: 3 };
    expect(both).toHaveProperty("replicas");
  });

  it("kubernetes/autoscaler#5595: a pod that asks for the group finds its labels in the template of a group of none", async () => {
    for (const labels of [{}, { team: "infra", "node-role.kubernetes.io/burst": "" }]) {
      const [deployment] = (await run({ groups: { burst: { labels } } })).objects("MachineDeployment");
      const known = deployment?.metadata.annotations?.[`${CAPACITY}/labels`]?.split(",");
      const { nodeSelector } = placementOf({ name: "burst", labels, taints: [], groupLabel: "plinth.dev/node-group" });
      const asked = Object.entries(nodeSelector).map(([key, value]) => `${key}=${value}`);
      expect(asked.length).toBeGreaterThan(0);
      expect(known).toEqual(expect.arrayContaining(asked));
    }
  });
});
