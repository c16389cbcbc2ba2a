import { validateObject } from "@plinth/api/testing";
import { renderObjects } from "@plinth/bridge/chart";
import { App } from "cdk8s";
import { describe, expect, it } from "vitest";
import { DECKHOUSE } from "../../deckhouse-rules.js";
import { type NodeGroupPlan, type NodeGroupProps, Together } from "../../plan.js";
import type { DeckhouseGroup } from "../../props-deckhouse.js";
import { NODES } from "../../rules.js";
import { DECKHOUSE_CASES, type Loose } from "../../testing/deckhouse-cases.js";
import { place, planGroup } from "../../testing/refused.js";
import { DeckhouseNodeGroupChart } from "./group-chart.js";

function refused(deckhouse: Loose, group: Partial<NodeGroupProps> = {}) {
  return planGroup({ ...group, deckhouse: deckhouse as DeckhouseGroup });
}

function objects(deckhouse: DeckhouseGroup, group: Partial<NodeGroupProps> = {}): object[] {
  const { plan, refusals } = planGroup({ ...group, deckhouse });
  expect(refusals).toEqual([]);
  const app = new App();
  const names = { flavorName: "c4m8d50", imageName: "ubuntu", networkName: "k8s_l3vpn" };
  new DeckhouseNodeGroupChart(app, "deckhouse", { plan: plan as NodeGroupPlan, ...names });
  return renderObjects(app, {});
}

describe("a group of Deckhouse", () => {
  it.each(DECKHOUSE_CASES.map(([{ code }, ...rest]) => [code, ...rest] as const))(
    "%s is refused at %s: %j; what it may be is taken by the schema",
    (code, property, given, allowed) => {
      const { refusals } = refused(given);
      expect(refusals.map(({ code, path, property: at }) => [code, path, at])).toEqual([
        [code, "burst", `deckhouse.${property}`],
      ]);
      expect(refusals[0]?.fix).not.toBe("");
      expect(objects(allowed).flatMap(validateObject)).toEqual([]);
    },
  );

  it("has a case for each rule", () => {
    const tested = new Set(DECKHOUSE_CASES.map(([{ code }]) => code));
    const rest = Object.values(DECKHOUSE).filter(({ code }) => !tested.has(code));
    expect(rest.map(({ code }) => code)).toEqual([DECKHOUSE.otherEngine.code, DECKHOUSE.module.code]);
  });

  it("has nothing of it with another engine", () => {
    const { refusals } = planGroup({ deckhouse: {} }, { engine: { type: "clusterApi" } });
    expect(refusals.map(place)).toEqual([
      {
        code: DECKHOUSE.otherEngine.code,
        path: "burst",
        property: "deckhouse",
        value: undefined,
        fix: 'leave deckhouse out, or use the engine "deckhouse"',
      },
    ]);
  });

  it("of none has no machine on standby, nor one that cannot grow", () => {
    for (const size of [{ min: 0, max: 3 }, { replicas: 3 }]) {
      const { refusals } = refused({ standby: 1 }, { size });
      expect(refusals.map(({ code }) => code)).toEqual([DECKHOUSE.standby.code]);
    }
    expect(refused({ standby: 0 }, { size: { min: 0, max: 3 } }).refusals).toEqual([]);
  });

  it("can be replaced: with no machine beyond its size, one may be missing", () => {
    expect(objects({}, { surge: 0 })[1]).toMatchObject({
      spec: { cloudInstances: { maxSurgePerZone: 0, maxUnavailablePerZone: 1 } },
    });
    expect(objects({})[1]).not.toHaveProperty("spec.cloudInstances.maxUnavailablePerZone");
    expect(refused({ maxUnavailablePerZone: 0 }, { surge: 0 }).refusals.map(({ code }) => code)).toEqual([
      DECKHOUSE.rollout.code,
    ]);
  });

  it("has no script of a name that another group's has", () => {
    const together = new Together();
    const deckhouse = { configurations: [{ name: "a.sh", content: ":" }] };
    expect(planGroup({ deckhouse }, { together }, "one").refusals).toEqual([]);
    expect(
      planGroup({ deckhouse }, { together }, "two").refusals.map(({ code, property }) => [code, property]),
    ).toEqual([[NODES.groupTwice.code, "deckhouse.configurations"]]);
  });

  it("with all that it can have is three objects, which the schemas take", () => {
    const kubelet = {
      maxPods: 200,
      rootDir: "/data/kubelet",
      containerLogMaxSize: "100Mi",
      containerLogMaxFiles: 8,
      seccompDefault: true,
      resourceReservation: { mode: "Static", static: { cpu: "500m", memory: "1Gi", ephemeralStorage: "5Gi" } },
      topologyManager: { enabled: true, scope: "Pod", policy: "SingleNumaNode" },
      memorySwap: { swapBehavior: "LimitedSwap", swappiness: 10, limitedSwap: { size: "2G" } },
    } as const;
    const windows = [{ from: "02:00", to: "05:00", days: ["Sat", "Sun"] }] as const;
    const given = {
      cri: { type: "ContainerdV2", containerdV2: { maxConcurrentDownloads: 3 } },
      disruptions: { approvalMode: "RollingUpdate", rollingUpdate: { windows } },
      chaos: { mode: "DrainAndDelete", period: "12h" },
      kubelet,
      update: { maxConcurrent: "20%" },
      fencing: { mode: "Watchdog", watchdog: { timeout: "90s" } },
      gpu: { sharing: "TimeSlicing", timeSlicing: { partitionCount: 4 } },
      nodeDrainTimeoutSecond: 600,
      maxUnavailablePerZone: 1,
      standby: "10%",
      standbyHolder: { overprovisioningRate: 60 },
      annotations: { "example.com/team": "infra" },
      rootDiskSize: 80,
      additionalTags: { team: "infra" },
      configurations: [{ name: "mirror.sh", content: "bb-log-info hello\n", weight: 50, bundles: ["ubuntu-lts"] }],
    } as const satisfies DeckhouseGroup;
    const all = objects(given, { priority: 5 });
    expect(all.flatMap(validateObject)).toEqual([]);
    expect(all).toEqual([
      {
        apiVersion: "deckhouse.io/v1",
        kind: "OpenStackInstanceClass",
        metadata: { name: "burst" },
        spec: {
          flavorName: "c4m8d50",
          imageName: "ubuntu",
          mainNetwork: "k8s_l3vpn",
          rootDiskSize: 80,
          additionalTags: { team: "infra" },
        },
      },
      {
        apiVersion: "deckhouse.io/v1alpha1",
        kind: "NodeGroupConfiguration",
        metadata: { name: "mirror.sh" },
        spec: { content: "bb-log-info hello\n", weight: 50, bundles: ["ubuntu-lts"], nodeGroups: ["burst"] },
      },
      {
        apiVersion: "deckhouse.io/v1",
        kind: "NodeGroup",
        metadata: { name: "burst" },
        spec: {
          nodeType: "CloudEphemeral",
          cloudInstances: {
            classReference: { kind: "OpenStackInstanceClass", name: "burst" },
            minPerZone: 1,
            maxPerZone: 10,
            maxSurgePerZone: 1,
            maxUnavailablePerZone: 1,
            priority: 5,
            standby: "10%",
            standbyHolder: { overprovisioningRate: 60 },
            zones: ["ru-3a"],
          },
          nodeTemplate: {
            labels: {},
            taints: [{ key: "dedicated", value: "burst", effect: "NoSchedule" }],
            annotations: { "example.com/team": "infra" },
          },
          disruptions: given.disruptions,
          chaos: given.chaos,
          cri: given.cri,
          kubelet,
          update: given.update,
          fencing: given.fencing,
          gpu: given.gpu,
          nodeDrainTimeoutSecond: 600,
        },
      },
    ]);
  });

  it("does not compile with what is of another kind of a union", () => {
    // compiled, never run
    const none = (): DeckhouseGroup[] => [
      // @ts-expect-error a runtime has a type
      { cri: {} },
      // @ts-expect-error Docker is refused by the webhook
      { cri: { type: "Docker" } },
      // @ts-expect-error settings of another runtime
      { cri: { type: "Containerd", containerdV2: {} } },
      // @ts-expect-error windows of another mode
      { disruptions: { approvalMode: "Automatic", rollingUpdate: {} } },
      // @ts-expect-error the mode is not left out
      { disruptions: { automatic: {} } },
      // @ts-expect-error a period of nothing
      { chaos: { mode: "Disabled", period: "6h" } },
      // @ts-expect-error a static reservation of nothing
      { kubelet: { resourceReservation: { mode: "Static", static: {} } } },
      // @ts-expect-error limited to what
      { kubelet: { memorySwap: { swapBehavior: "LimitedSwap" } } },
      // @ts-expect-error slices of a profile that is not custom
      { gpu: { sharing: "MIG", mig: { partedConfig: "all-balanced", customConfigs: [] } } },
      // @ts-expect-error part of what
      { standby: "lots" },
    ];
    expect(none).toBeTypeOf("function");
  });
});
