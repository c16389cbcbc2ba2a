import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import { describe, expect, test } from "vitest";
import { crdFiles, validateObject } from "../testing.js";

/** The NodeGroup of the hybrid article, as written there. */
const SPEC = {
  chaos: { mode: "Disabled" },
  cloudInstances: {
    classReference: { kind: "OpenStackInstanceClass", name: "cloud-worker" },
    maxPerZone: 10,
    minPerZone: 1,
    zones: ["ru-3a"],
  },
  disruptions: { approvalMode: "Automatic" },
  nodeTemplate: {
    labels: { "node-role/cloud-worker": "" },
    taints: [{ effect: "NoExecute", key: "dedicated", value: "cloud-worker" }],
  },
  nodeType: "CloudEphemeral",
};

function nodeGroup(change: object, metadata: object = { name: "cloud-worker" }): string[] {
  return validateObject({
    apiVersion: "deckhouse.io/v1",
    kind: "NodeGroup",
    metadata,
    spec: { ...SPEC, ...change },
  });
}

describe("a custom resource", () => {
  test("the article's NodeGroup passes", () => expect(nodeGroup({})).toEqual([]));

  test("unknown fields, at any depth", () => {
    expect(nodeGroup({ replicas: 1 })).toEqual(['/spec: unknown field "replicas"']);
    expect(nodeGroup({ nodeTemplate: { taints: [{ key: "a", values: "b" }] } })).toEqual([
      '/spec/nodeTemplate/taints/0: unknown field "values"',
    ]);
    expect(nodeGroup({ gpu: { sharing: "Exclusive", exclusive: { a: 1 } } })).toContain(
      '/spec/gpu/exclusive: unknown field "a"',
    );
  });

  test("a wrong enum", () => {
    expect(nodeGroup({ chaos: { mode: "On" } })).toEqual([
      '/spec/chaos/mode: must be one of "Disabled", "DrainAndDelete"',
    ]);
  });

  test("a number below its minimum", () => {
    expect(nodeGroup({ cloudInstances: { ...SPEC.cloudInstances, minPerZone: -1 } })).toEqual([
      "/spec/cloudInstances/minPerZone: must be >= 0",
    ]);
  });

  test("oneOf: more than one, none", () => {
    expect(nodeGroup({ cri: {} })).toEqual(["/spec/cri: must match exactly one schema in oneOf, but matches 2"]);
    expect(nodeGroup({ kubelet: { memorySwap: { swapBehavior: "LimitedSwap" } } })).toEqual([
      "/spec/kubelet/memorySwap: must match exactly one schema in oneOf (" +
        '/spec/kubelet/memorySwap/swapBehavior: must be one of "NoSwap"; ' +
        "/spec/kubelet/memorySwap: must have required property 'limitedSwap')",
    ]);
  });

  test("an integer or a string", () => {
    const standby = (value: unknown) => nodeGroup({ cloudInstances: { ...SPEC.cloudInstances, standby: value } });
    expect(standby(2)).toEqual([]);
    expect(standby("10%")).toEqual([]);
    expect(standby("many")).toEqual(['/spec/cloudInstances/standby: must match pattern "^[0-9]+%?$"']);
    expect(standby(true)).toEqual(["/spec/cloudInstances/standby: must be integer or string"]);
  });

  test("defaults are set before oneOf is looked at", () => {
    // without the default `mode: Auto` two branches match; without `timeout: 60s` a required field is missing
    expect(nodeGroup({ kubelet: { resourceReservation: { static: { cpu: "100m" } } } })).toEqual([]);
    expect(nodeGroup({ fencing: { mode: "Watchdog", watchdog: {} } })).toEqual([]);
  });

  test("values of a map", () => {
    expect(nodeGroup({ nodeTemplate: { labels: { a: 1 } } })).toEqual(["/spec/nodeTemplate/labels/a: must be string"]);
  });

  test("metadata: what the CRD narrows, what every object has, no namespace", () => {
    expect(nodeGroup({}, { name: "a.b" })).toEqual([
      '/metadata/name: must match pattern "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"',
    ]);
    expect(nodeGroup({}, {})).toEqual(["/metadata: must have required property 'name'"]);
    expect(nodeGroup({}, { name: "a", namespace: "n" })).toEqual(['/metadata: unknown field "namespace"']);
    expect(nodeGroup({}, { name: "a", labels: { "b ad": "x", good: "b ad" } })).toEqual([
      '/metadata/labels: malformed key "b ad"',
      expect.stringContaining("/metadata/labels/good: must match pattern"),
    ]);
    expect(nodeGroup({}, { name: "a", label: {} })).toEqual(['/metadata: unknown field "label"']);
  });

  test("an instance class is checked by our own CRD, in both served versions", () => {
    const instanceClass = (version: string, spec: object) =>
      validateObject({
        apiVersion: `deckhouse.io/${version}`,
        kind: "OpenStackInstanceClass",
        metadata: { name: "a" },
        spec,
      });
    for (const version of ["v1", "v1alpha1"]) {
      expect(instanceClass(version, { flavorName: "f", capacity: { cpu: 4, memory: "8Gi" } })).toEqual([]);
      expect(instanceClass(version, { imageName: "i", tags: ["a,b"], flavour: "f" })).toEqual([
        "/spec: must have required property 'flavorName'",
        '/spec: unknown field "flavour"',
        '/spec/tags/0: must match pattern "^[^,/]+$"',
      ]);
    }
  });
});

describe("settings of cloud-provider-openstack", () => {
  const connection = { authURL: "u", domainName: "d", username: "u", password: "p", region: "r", tenantID: "t" };
  const settings = { connection, internalNetworkNames: ["n"], instances: { sshKeyPairName: "k" } };
  const moduleConfig = (change: object, name = "cloud-provider-openstack", version = 1) =>
    validateObject({
      apiVersion: "deckhouse.io/v1alpha1",
      kind: "ModuleConfig",
      metadata: { name },
      spec: { enabled: true, version, settings: { ...settings, ...change } },
    });

  test("right ones pass", () => expect(moduleConfig({ podNetworkMode: "VXLAN" })).toEqual([]));
  test("unknown field", () => {
    expect(moduleConfig({ zone: "a" })).toEqual(['/spec/settings: unknown field "zone"']);
  });
  test("project by id and by name", () => {
    expect(moduleConfig({ connection: { ...connection, tenantName: "t" } })).toEqual([
      "/spec/settings/connection: must match exactly one schema in oneOf (" +
        '/spec/settings/connection: must not match {"required":["tenantName"]}; ' +
        '/spec/settings/connection: must not match {"required":["tenantID"]})',
    ]);
  });
  test("another version of the settings", () => {
    expect(moduleConfig({}, "cloud-provider-openstack", 2)).toEqual([
      "/spec/version: must be 1, the version of the settings",
    ]);
  });
  test("settings of another module are left alone", () =>
    expect(moduleConfig({ zone: "a" }, "prometheus")).toEqual([]));
});

describe("other kinds", () => {
  test("well-known ones pass by name, with their metadata checked", () => {
    expect(validateObject({ apiVersion: "v1", kind: "Namespace", metadata: { name: "n" } })).toEqual([]);
    expect(
      validateObject({ apiVersion: "v1", kind: "Secret", metadata: { name: "s", namespace: "n" }, data: 1 }),
    ).toEqual([]);
    expect(validateObject({ apiVersion: "v1", kind: "Secret", metadata: {} })).toEqual([
      "/metadata: must have required property 'name'",
    ]);
  });

  test("unknown kinds and versions are findings", () => {
    expect(validateObject({ apiVersion: "v1", kind: "NodeGroup" })).toEqual(["/: no schema for v1 NodeGroup"]);
    expect(validateObject({ apiVersion: "deckhouse.io/v2", kind: "NodeGroup" })).toEqual([
      "/: no schema for deckhouse.io/v2 NodeGroup",
    ]);
  });

  test("what is no object", () => {
    expect(validateObject([])).toEqual(["/: must be an object"]);
    expect(validateObject({ kind: "A" })).toEqual(["/apiVersion: must be a string"]);
    expect(validateObject({ apiVersion: "v1" })).toEqual(["/kind: must be a string"]);
  });
});

test("crdFiles names files that exist, by absolute path", () => {
  const files = crdFiles();
  expect(files.map((file) => file.replaceAll("\\", "/").split("/data/crds/")[1])).toEqual([
    "deckhouse/module-config.yaml",
    "deckhouse/node_group.v1.yaml",
    "deckhouse/nodegroupconfiguration.yaml",
    "deckhouse/openstackinstanceclass.yaml",
  ]);
  expect(files.every((file) => isAbsolute(file) && existsSync(file))).toBe(true);
});
