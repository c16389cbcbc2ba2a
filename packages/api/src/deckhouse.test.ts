import { readFileSync } from "node:fs";
import { Chart, Testing } from "cdk8s";
import { describe, expect, test } from "vitest";
import {
  type CloudProviderOpenstackSettings,
  ModuleConfig,
  NodeGroup,
  NodeGroupConfiguration,
  OpenStackInstanceClass,
} from "./deckhouse.js";
import { validateObject } from "./testing.js";

const chart = (namespace?: string) => new Chart(Testing.app(), "c", namespace === undefined ? {} : { namespace });

describe("each class yields its object", () => {
  test("NodeGroup", () => {
    const object = new NodeGroup(chart(), "group", {
      metadata: { name: "cloud-worker" },
      spec: {
        nodeType: "CloudEphemeral",
        cloudInstances: {
          classReference: { kind: "OpenStackInstanceClass", name: "cloud-worker" },
          minPerZone: 1,
          maxPerZone: 10,
          zones: ["ru-3a"],
        },
        nodeTemplate: {
          labels: { "node-role/cloud-worker": "" },
          taints: [{ key: "dedicated", value: "cloud-worker", effect: "NoExecute" }],
        },
      },
    }).toJson();
    expect(object).toEqual({
      apiVersion: "deckhouse.io/v1",
      kind: "NodeGroup",
      metadata: { name: "cloud-worker" },
      spec: {
        nodeType: "CloudEphemeral",
        cloudInstances: {
          classReference: { kind: "OpenStackInstanceClass", name: "cloud-worker" },
          minPerZone: 1,
          maxPerZone: 10,
          zones: ["ru-3a"],
        },
        nodeTemplate: {
          labels: { "node-role/cloud-worker": "" },
          taints: [{ key: "dedicated", value: "cloud-worker", effect: "NoExecute" }],
        },
      },
    });
    expect(validateObject(object)).toEqual([]);
    expect(NodeGroup.gvk).toEqual({ apiVersion: "deckhouse.io/v1", kind: "NodeGroup" });
  });

  test("OpenStackInstanceClass", () => {
    const object = new OpenStackInstanceClass(chart(), "class", {
      metadata: { name: "cloud-worker" },
      spec: { flavorName: "c4m8d50", imageName: "ubuntu-22-04-cloud-amd64", mainNetwork: "k8s_l3vpn" },
    }).toJson();
    expect(object).toEqual({
      apiVersion: "deckhouse.io/v1",
      kind: "OpenStackInstanceClass",
      metadata: { name: "cloud-worker" },
      spec: { flavorName: "c4m8d50", imageName: "ubuntu-22-04-cloud-amd64", mainNetwork: "k8s_l3vpn" },
    });
    expect(validateObject(object)).toEqual([]);
  });

  test("ModuleConfig with typed settings", () => {
    const settings: CloudProviderOpenstackSettings = {
      connection: {
        authURL: "https://cloud.example/v3",
        domainName: "d",
        tenantID: "t",
        username: "u",
        password: "p",
        region: "ru-3",
      },
      instances: { sshKeyPairName: "deckhouse" },
      internalNetworkNames: ["k8s_l3vpn"],
      podNetworkMode: "VXLAN",
      zones: ["ru-3a"],
    };
    const object = new ModuleConfig(chart(), "module", {
      metadata: { name: "cloud-provider-openstack" },
      spec: { enabled: true, version: 1, settings },
    }).toJson();
    expect(object).toEqual({
      apiVersion: "deckhouse.io/v1alpha1",
      kind: "ModuleConfig",
      metadata: { name: "cloud-provider-openstack" },
      spec: { enabled: true, version: 1, settings },
    });
    expect(validateObject(object)).toEqual([]);
  });

  test("NodeGroupConfiguration", () => {
    const spec = { content: "true\n", weight: 10, nodeGroups: ["cloud-worker"], bundles: ["*"] };
    const object = new NodeGroupConfiguration(chart(), "step", { metadata: { name: "step.sh" }, spec }).toJson();
    expect(object).toEqual({
      apiVersion: "deckhouse.io/v1alpha1",
      kind: "NodeGroupConfiguration",
      metadata: { name: "step.sh" },
      spec,
    });
    expect(validateObject(object)).toEqual([]);
  });
});

test("placeholders of every kind pass untouched", () => {
  const [text, number, list] = ["<output-1>", -1234567, ["<output-2>"]];
  const object = new NodeGroup(chart(), "group", {
    metadata: { name: text, annotations: { a: text } },
    spec: {
      nodeType: "CloudEphemeral",
      cloudInstances: {
        classReference: { name: `x-${text}` },
        minPerZone: number,
        maxPerZone: number,
        standby: text,
        zones: list,
      },
      nodeTemplate: { labels: { a: text } },
    },
  }).toJson();
  expect(object).toMatchObject({
    metadata: { name: text, annotations: { a: text } },
    spec: {
      cloudInstances: {
        classReference: { name: `x-${text}` },
        minPerZone: number,
        maxPerZone: number,
        standby: text,
        zones: list,
      },
      nodeTemplate: { labels: { a: text } },
    },
  });
});

test("a cluster-scoped object does not take over the namespace of its chart", () => {
  const group = new NodeGroup(chart("team"), "group", { metadata: { name: "g" }, spec: { nodeType: "Static" } });
  expect(group.toJson().metadata).toEqual({ name: "g" });
});

test("the import loads cdk8s and nothing else", () => {
  const imports = (file: string): string[] =>
    [
      ...readFileSync(new URL(file, import.meta.url), "utf8").matchAll(
        /^(?:import(?! type)|export).* from "([^"]+)";$/gm,
      ),
    ]
      .map(([, name]) => name ?? "")
      .flatMap((name) =>
        name.startsWith(".")
          ? imports(new URL(name.replace(/\.js$/, ".ts"), new URL(file, import.meta.url)).href)
          : [name],
      );
  expect(imports("./deckhouse.ts")).toEqual(["cdk8s"]);
});
