import { Chart, Testing } from "cdk8s";
import { describe, expect, test } from "vitest";
import { Cluster, MachineDeployment, MachineHealthCheck } from "./cluster-api.js";
import { KubeadmConfigTemplate } from "./cluster-api-kubeadm.js";
import { OpenStackCluster, OpenStackClusterIdentity, OpenStackMachineTemplate } from "./cluster-api-openstack.js";
import { ExternalControlPlane } from "./control-plane.js";
import { validateObject } from "./testing.js";

const chart = (): Chart => new Chart(Testing.app(), "c");
const metadata = { name: "burst", namespace: "capi" };

describe("each kind has the version that its controllers serve, and is taken", () => {
  const infrastructureRef = {
    apiGroup: "infrastructure.cluster.x-k8s.io",
    kind: "OpenStackMachineTemplate",
    name: "t",
  };

  test.each([
    [
      new Cluster(chart(), "o", {
        metadata,
        spec: { infrastructureRef: { ...infrastructureRef, kind: "OpenStackCluster" } },
      }),
      "cluster.x-k8s.io/v1beta2",
    ],
    [
      new MachineDeployment(chart(), "o", {
        metadata,
        spec: {
          clusterName: "c",
          selector: { matchLabels: { group: "burst" } },
          template: {
            metadata: { labels: { group: "burst" } },
            spec: { clusterName: "c", bootstrap: { dataSecretName: "s" }, infrastructureRef },
          },
        },
      }),
      "cluster.x-k8s.io/v1beta2",
    ],
    [
      new MachineHealthCheck(chart(), "o", {
        metadata,
        spec: {
          clusterName: "c",
          selector: { matchLabels: { group: "burst" } },
          checks: { nodeStartupTimeoutSeconds: 600 },
        },
      }),
      "cluster.x-k8s.io/v1beta2",
    ],
    [
      new KubeadmConfigTemplate(chart(), "o", {
        metadata,
        spec: { template: { spec: { mounts: [["/dev/vdb", "/data"]] } } },
      }),
      "bootstrap.cluster.x-k8s.io/v1beta2",
    ],
    [
      new OpenStackCluster(chart(), "o", {
        metadata,
        spec: { identityRef: { type: "Secret", name: "i", cloudName: "c" } },
      }),
      "infrastructure.cluster.x-k8s.io/v1beta1",
    ],
    [
      new OpenStackMachineTemplate(chart(), "o", {
        metadata,
        spec: { template: { spec: { flavor: "f", image: { filter: { name: "i" } } } } },
      }),
      "infrastructure.cluster.x-k8s.io/v1beta1",
    ],
    [
      new OpenStackClusterIdentity(chart(), "o", {
        metadata: { name: "burst" },
        spec: { secretRef: { name: "s", namespace: "n" } },
      }),
      "infrastructure.cluster.x-k8s.io/v1alpha1",
    ],
  ])("$kind", (object, apiVersion) => {
    expect(object.toJson().apiVersion).toBe(apiVersion);
    expect(validateObject(object.toJson())).toEqual([]);
  });
});

describe("ExternalControlPlane", () => {
  const status = {
    externalManagedControlPlane: true,
    version: "v1.35.2",
    initialization: { controlPlaneInitialized: true },
    conditions: [
      { type: "Available", status: "True", reason: "Available", lastTransitionTime: "1970-01-01T00:00:00Z" },
    ],
  } as const;

  test("says its status itself: its definition has no status subresource", () => {
    const props = { metadata, spec: { version: "v1.35.2" }, status };
    const object = new ExternalControlPlane(chart(), "o", props).toJson();
    expect(object).toEqual({ apiVersion: "controlplane.plinth.dev/v1", kind: "ExternalControlPlane", ...props });
    expect(validateObject(object)).toEqual([]);
    expect(validateObject({ ...object, status: { ...status, ready: true } })).toEqual([
      '/status: unknown field "ready"',
    ]);
    for (const version of ExternalControlPlane.crd.spec.versions) expect(version).not.toHaveProperty("subresources");
  });

  test("carries its definition, with the label of the contract", () => {
    expect(ExternalControlPlane.crd).toMatchObject({
      kind: "CustomResourceDefinition",
      metadata: {
        name: "externalcontrolplanes.controlplane.plinth.dev",
        labels: { "cluster.x-k8s.io/v1beta2": "v1" },
      },
    });
  });
});
