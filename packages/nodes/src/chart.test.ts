import { validateObject } from "@plinth/api/testing";
import { type Edit, renderObjects } from "@plinth/bridge/chart";
import { PlinthReport } from "@plinth/core";
import { App, type Chart } from "cdk8s";
import { describe, expect, it } from "vitest";
import {
  DeckhouseCloudProviderChart,
  type DeckhouseCloudProviderChartProps,
  type DeckhouseConnection,
  DeckhouseNodeGroupChart,
} from "./chart.js";
import type { NodeGroupPlan } from "./plan.js";
import { planGroup } from "./testing/refused.js";

const connection: DeckhouseConnection = {
  authUrl: "https://cloud.example/v3",
  region: "ru-3",
  domainName: "12345",
  projectId: "b5b2f1d5a8a84b6d8f1f0a3a1f0d5c11",
  userName: "k8s-nodes",
  password: "not a secret here",
};
const cloud: DeckhouseCloudProviderChartProps = {
  plan: { engine: "deckhouse", podNetworkMode: "VXLAN", podMtu: 1450, zones: ["ru-3a"], network: "k8s" },
  connection,
  networkName: "k8s_l3vpn",
  keyPairName: "deckhouse",
};

const moduleConfig = {
  apiVersion: "deckhouse.io/v1alpha1",
  kind: "ModuleConfig",
  metadata: { name: "cloud-provider-openstack" },
  spec: {
    enabled: true,
    version: 1,
    settings: {
      connection: {
        authURL: "https://cloud.example/v3",
        domainName: "12345",
        tenantID: "b5b2f1d5a8a84b6d8f1f0a3a1f0d5c11",
        username: "k8s-nodes",
        password: "not a secret here",
        region: "ru-3",
      },
      internalNetworkNames: ["k8s_l3vpn"],
      podNetworkMode: "VXLAN",
      instances: { sshKeyPairName: "deckhouse", mainNetwork: "k8s_l3vpn" },
      zones: ["ru-3a"],
    },
  },
};

function rendered(build: (app: App) => Chart, edit?: Edit): object[] {
  const app = new App();
  build(app);
  return renderObjects(app, edit === undefined ? {} : { edit });
}

describe("the cloud provider of the article", () => {
  const render = (change: Partial<DeckhouseCloudProviderChartProps> = {}): object[] =>
    rendered((app) => new DeckhouseCloudProviderChart(app, "deckhouse", { ...cloud, ...change }));

  it("is one ModuleConfig that the API server takes", () => {
    expect(render()).toEqual([moduleConfig]);
    expect(render().flatMap(validateObject)).toEqual([]);
  });

  it("puts the machines into the network's security group", () => {
    const [object] = render({ securityGroupName: "k8s-security-group" });
    expect(object).toMatchObject({
      spec: {
        settings: { instances: { ...moduleConfig.spec.settings.instances, securityGroups: ["k8s-security-group"] } },
      },
    });
    expect(validateObject(object)).toEqual([]);
  });

  it("says nothing of zones that are not given, and of a public certificate authority", () => {
    const { zones: _, ...settings } = moduleConfig.spec.settings;
    expect(render({ plan: { ...cloud.plan, zones: [] } })).toEqual([
      { ...moduleConfig, spec: { ...moduleConfig.spec, settings } },
    ]);
    const [object] = render({ connection: { ...connection, caCertificate: "-----BEGIN CERTIFICATE-----" } });
    expect(object).toMatchObject({ spec: { settings: { connection: { caCert: "-----BEGIN CERTIFICATE-----" } } } });
    expect(validateObject(object)).toEqual([]);
  });
});

describe("the group of the article", () => {
  const ARTICLE = {
    name: "cloud-worker",
    labels: { "node-role/cloud-worker": "" },
    taints: [{ key: "dedicated", value: "cloud-worker", effect: "NoExecute" }],
  } as const;
  function planned(change: object = {}): NodeGroupPlan {
    const { plan, refusals } = planGroup({ ...ARTICLE, ...change });
    if (plan === undefined) throw new PlinthReport(refusals);
    return plan;
  }
  const render = (plan: NodeGroupPlan, edit?: Edit): object[] =>
    rendered(
      (app) =>
        new DeckhouseNodeGroupChart(app, "deckhouse", {
          plan,
          flavorName: "c4m8d50",
          imageName: "ubuntu-22-04-cloud-amd64",
          networkName: "k8s_l3vpn",
        }),
      edit,
    );

  const instanceClass = {
    apiVersion: "deckhouse.io/v1",
    kind: "OpenStackInstanceClass",
    metadata: { name: "cloud-worker" },
    spec: { flavorName: "c4m8d50", imageName: "ubuntu-22-04-cloud-amd64", mainNetwork: "k8s_l3vpn" },
  };
  const nodeGroup = {
    apiVersion: "deckhouse.io/v1",
    kind: "NodeGroup",
    metadata: { name: "cloud-worker" },
    spec: {
      nodeType: "CloudEphemeral",
      cloudInstances: {
        classReference: { kind: "OpenStackInstanceClass", name: "cloud-worker" },
        minPerZone: 1,
        maxPerZone: 10,
        maxSurgePerZone: 1,
        zones: ["ru-3a"],
      },
      nodeTemplate: {
        labels: { "node-role/cloud-worker": "" },
        taints: [{ key: "dedicated", value: "cloud-worker", effect: "NoExecute" }],
      },
      disruptions: { approvalMode: "Automatic" },
      chaos: { mode: "Disabled" },
    },
  };

  it("is an instance class and, after it, a group that refers to it; the API server takes both", () => {
    const objects = render(planned());
    expect(objects).toEqual([instanceClass, nodeGroup]);
    expect(objects.flatMap(validateObject)).toEqual([]);
  });

  it("of a fixed size has it as minimum and maximum", () => {
    const [, group] = render(planned({ size: { replicas: 3 }, surge: 0, zones: ["a", "b"] }));
    expect(group).toMatchObject({
      spec: { cloudInstances: { minPerZone: 3, maxPerZone: 3, maxSurgePerZone: 0, zones: ["a", "b"] } },
    });
  });

  it("has its place in the fallback order", () => {
    const [, group] = render(planned({ priority: 20 }));
    expect(group).toMatchObject({ spec: { cloudInstances: { priority: 20 } } });
    expect(validateObject(group)).toEqual([]);
  });

  it("without labels, and with the longest name, is taken as well", () => {
    const objects = render(planned({ name: "g".repeat(42), labels: {} }));
    expect(objects.flatMap(validateObject)).toEqual([]);
  });

  it("can be changed by an edit", () => {
    const [, group] = render(planned(), ({ type, value }) =>
      type === "kubernetes:deckhouse.io/v1:NodeGroup"
        ? { ...value, metadata: { ...(value.metadata as object), annotations: { team: "infra" } } }
        : undefined,
    );
    expect(group).toEqual({ ...nodeGroup, metadata: { name: "cloud-worker", annotations: { team: "infra" } } });
  });
});
