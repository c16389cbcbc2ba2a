// What must not compile: `tsc` fails where a line below an @ts-expect-error is accepted.
import { Chart, Testing } from "cdk8s";
import { expect, test } from "vitest";
import { type CloudProviderOpenstackSettings, ModuleConfig, NodeGroup, OpenStackInstanceClass } from "./deckhouse.js";

test("wrong objects do not compile", () => {
  const chart = new Chart(Testing.app(), "c");

  // @ts-expect-error an enum of another API version
  new NodeGroup(chart, "enum", { spec: { nodeType: "Cloud" } });
  // @ts-expect-error an unknown field
  new NodeGroup(chart, "unknown", { spec: { nodeType: "Static", replicas: 1 } });
  // @ts-expect-error nodeType is required
  new NodeGroup(chart, "missing", { spec: {} });
  // @ts-expect-error minPerZone and maxPerZone are required
  new NodeGroup(chart, "nested", { spec: { nodeType: "CloudEphemeral", cloudInstances: { classReference: {} } } });
  // @ts-expect-error an effect that Kubernetes does not know
  new NodeGroup(chart, "taint", { spec: { nodeType: "Static", nodeTemplate: { taints: [{ effect: "No" }] } } });
  // @ts-expect-error cluster-scoped
  new NodeGroup(chart, "namespace", { metadata: { namespace: "n" }, spec: { nodeType: "Static" } });
  // @ts-expect-error apiVersion is fixed
  new NodeGroup(chart, "version", { apiVersion: "deckhouse.io/v1alpha1", spec: { nodeType: "Static" } });
  // @ts-expect-error undefined is not absent
  new OpenStackInstanceClass(chart, "undefined", { spec: { flavorName: "f", imageName: undefined } });
  // @ts-expect-error settings are an object
  new ModuleConfig(chart, "settings", { spec: { settings: "none" } });

  expect(chart.node.children).toHaveLength(9);
});

test("settings name the project by id or by name", () => {
  const connection = { authURL: "u", domainName: "d", username: "u", password: "p", region: "r" };
  const rest = { internalNetworkNames: ["n"], instances: { sshKeyPairName: "k" } };

  const byId: CloudProviderOpenstackSettings = { ...rest, connection: { ...connection, tenantID: "t" } };
  const byName: CloudProviderOpenstackSettings = { ...rest, connection: { ...connection, tenantName: "t" } };
  // @ts-expect-error neither
  const neither: CloudProviderOpenstackSettings = { ...rest, connection };
  const id = { ...connection, tenantID: "t" };
  // @ts-expect-error both
  const both: CloudProviderOpenstackSettings = { ...rest, connection: { ...id, tenantName: "t" } };
  // @ts-expect-error everything is readonly
  byId.internalNetworkNames.push("m");

  expect([byId, byName, neither, both]).toHaveLength(4);
});
