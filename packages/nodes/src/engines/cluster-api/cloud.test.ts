import { validateObject } from "@plinth/api/testing";
import { KubernetesProvider } from "@plinth/bridge";
import { CapturedSecret } from "@plinth/bridge/testing";
import { PlinthReport } from "@plinth/core";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { PASSWORD, runCloud } from "../../testing/captured-cloud.js";
import { base64, CERTIFICATE, CLUSTER_API_ARGS, KUBECONFIG } from "../../testing/cluster-api.js";
import { objectsOf } from "../../testing/cluster-api-objects.js";

const CLOUD = { cloud: CLUSTER_API_ARGS };
const CLUSTER = "kubernetes:cluster.x-k8s.io/v1beta2:Cluster";
const OPENSTACK_CLUSTER = "kubernetes:infrastructure.cluster.x-k8s.io/v1beta1:OpenStackCluster";
const CONTROL_PLANE = "kubernetes:controlplane.plinth.dev/v1:ExternalControlPlane";
const SECRET = "kubernetes:core/v1:Secret";

describe("a cloud of Cluster API", () => {
  it("is a cluster whose control plane is someone else's, in a network that is there", async () => {
    const all = await objectsOf("cloud");
    expect(Object.keys(all).sort()).toEqual([
      "ca",
      "cluster",
      "control-plane",
      "control-plane-definition",
      "control-plane-role",
      "credentials",
      "credentials-namespace",
      "identity",
      "kubeconfig",
      "namespace",
      "openstack-cluster",
    ]);
    for (const object of Object.values(all)) expect(validateObject(object)).toEqual([]);
    expect(all.cluster?.spec).toEqual({
      clusterNetwork: { pods: { cidrBlocks: ["10.111.0.0/16"] }, services: { cidrBlocks: ["10.222.0.0/16"] } },
      infrastructureRef: { apiGroup: "infrastructure.cluster.x-k8s.io", kind: "OpenStackCluster", name: "cloud" },
      controlPlaneRef: { apiGroup: "controlplane.plinth.dev", kind: "ExternalControlPlane", name: "cloud" },
    });
    expect(all["openstack-cluster"]?.spec).toEqual({
      identityRef: { type: "ClusterIdentity", name: "cloud", cloudName: "plinth" },
      controlPlaneEndpoint: { host: "10.13.1.10", port: 6443 },
      network: { id: "id of k8s_l3vpn" },
      subnets: [{ id: "subnet-0" }],
      disableExternalNetwork: true,
      disableAPIServerFloatingIP: true,
    });
    expect(all["control-plane"]).toMatchObject({
      spec: { version: "v1.35.2" },
      status: {
        externalManagedControlPlane: true,
        version: "v1.35.2",
        initialization: { controlPlaneInitialized: true },
        conditions: [{ type: "Available", status: "True" }],
      },
    });
    expect(all["control-plane-role"]?.metadata).toMatchObject({
      labels: { "cluster.x-k8s.io/aggregate-to-manager": "true" },
    });
  });

  it("with an autoscaler has the order of its groups where that looks for it, those that are made later included", async () => {
    const engine = { type: "clusterApi", autoscaler: {} } as const;
    const cloud = { ...CLUSTER_API_ARGS, engine };
    for (const preview of [false, true]) {
      const { program, errors } = await runCloud({ cloud, group: { priority: 10 } }, { preview });
      expect(errors).toEqual([]);
      const { inputs } = program.get("kubernetes:core/v1:ConfigMap");
      expect(inputs).toEqual({
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: {
          name: "cluster-autoscaler-priority-expander",
          namespace: "kube-system",
          annotations: { "pulumi.com/patchForce": "true" },
        },
        data: { priorities: "10:\n  - ^MachineDeployment/cloud/burst-ru-3a$\n" },
      });
      expect(validateObject(inputs)).toEqual([]);
    }
    const { program } = await runCloud({ cloud: CLUSTER_API_ARGS, group: {} });
    expect(program.all("kubernetes:core/v1:ConfigMap")).toEqual([]);
  });

  it("has that order in the cluster that the machines join, where it is another one, and nothing else there", async () => {
    const engine = { type: "clusterApi", autoscaler: {} } as const;
    let provider: KubernetesProvider | undefined;
    const cluster = () => {
      provider ??= new KubernetesProvider("racks", { kubeconfig: "theirs" });
      return { ...CLUSTER_API_ARGS.cluster, provider };
    };
    const cloud = {
      ...CLUSTER_API_ARGS,
      engine,
      get cluster() {
        return cluster();
      },
    };
    const { program, errors } = await runCloud({ cloud, group: { priority: 10 } });
    expect(errors).toEqual([]);
    const there = program.resources.filter((resource) => resource.provider?.includes("::racks::"));
    expect(there.map(({ type, name }) => [type, name])).toEqual([
      ["kubernetes:core/v1:ConfigMap", "cloud-cluster-api/autoscaler-priorities"],
    ]);
  });

  it("has its credentials in a namespace of their own, for one other namespace", async () => {
    const all = await objectsOf("cloud");
    expect(all.credentials?.metadata).toMatchObject({ name: "cloud", namespace: "cloud-cloud" });
    expect(all.identity?.spec).toEqual({
      secretRef: { name: "cloud", namespace: "cloud-cloud" },
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "cloud" } },
    });
    for (const [name, { metadata }] of Object.entries(all)) {
      if (["credentials", "identity"].includes(name) || !("namespace" in metadata)) continue;
      expect(metadata.namespace).toBe("cloud");
    }
  });

  it("gives the managers what they look for, and no private key", async () => {
    const all = await objectsOf("cloud");
    const labels = { "cluster.x-k8s.io/cluster-name": "cloud" };
    expect(all.kubeconfig).toMatchObject({
      type: "cluster.x-k8s.io/secret",
      metadata: { name: "cloud-kubeconfig", labels },
      data: { value: base64(KUBECONFIG) },
    });
    expect(all.ca).toMatchObject({
      type: "cluster.x-k8s.io/secret",
      metadata: { name: "cloud-ca", labels },
      data: { "tls.crt": base64(CERTIFICATE), "tls.key": base64("the private key stays with the control plane\n") },
    });
    const connection = { caCertificate: "PEM" };
    const own = await objectsOf("cloud", { cloud: { ...CLUSTER_API_ARGS, connection } });
    expect(own.credentials).toMatchObject({ data: { cacert: base64("PEM") } });
  });

  it("logs in by the id of a user that it makes: one that is made anew is another", async () => {
    const user = { password: pulumi.secret(PASSWORD) };
    const made = await objectsOf("cloud", { cloud: { ...CLUSTER_API_ARGS, user } });
    const text = (object: unknown) =>
      Buffer.from((object as { data: Record<string, string> }).data["clouds.yaml"] ?? "", "base64").toString();
    expect(text(made.credentials)).toContain('      user_id: "cloud-user-id"\n');
    expect(text(made.credentials)).not.toContain("user_domain_name");
    expect(text((await objectsOf("cloud")).credentials)).toContain('      username: "k8s-nodes"\n');
  });

  it("is made in an order in which its removal works too", async () => {
    const { program } = await runCloud(CLOUD);
    const after = (type: string, name?: string) =>
      program.get(type, name).dependsOn.map((urn) => urn.split("::").at(-1));
    expect(after(CLUSTER)).toEqual(expect.arrayContaining(["cloud-cluster-api/openstack-cluster"]));
    expect(after(OPENSTACK_CLUSTER)).toEqual(
      expect.arrayContaining(
        ["control-plane", "identity", "kubeconfig", "ca"].map((name) => `cloud-cluster-api/${name}`),
      ),
    );
    expect(after(CONTROL_PLANE)).toEqual(
      expect.arrayContaining(
        ["control-plane-definition", "control-plane-role"].map((name) => `cloud-cluster-api/${name}`),
      ),
    );
    expect(after(SECRET, "cloud-cluster-api/credentials")).toContain("cloud-cluster-api/credentials-namespace");
  });

  it("has every secret secret", async () => {
    const { program } = await runCloud({
      cloud: {
        ...CLUSTER_API_ARGS,
        cluster: { ...CLUSTER_API_ARGS.cluster, kubeconfig: pulumi.output(KUBECONFIG) },
      },
    });
    const open = JSON.stringify(program.resources.map(({ inputs }) => withoutSecrets(inputs)));
    for (const text of [PASSWORD, base64(KUBECONFIG), base64(PASSWORD)]) expect(open).not.toContain(text);
    expect(open).toContain("10.13.1.10");
  });

  it("is refused with a kubeconfig in plain text", async () => {
    const kubeconfig = KUBECONFIG as unknown as pulumi.Output<string>;
    const { errors } = await runCloud({
      cloud: { ...CLUSTER_API_ARGS, cluster: { ...CLUSTER_API_ARGS.cluster, kubeconfig } },
    });
    expect(codes(errors)).toEqual([["PL1010", "cloud", "cluster.kubeconfig"]]);
  });

  it("is the only one of a program that makes the definition", async () => {
    const other = { ...CLUSTER_API_ARGS, engine: { type: "clusterApi", clusterName: "other" } } as const;
    const { errors } = await runCloud({ ...CLOUD, second: other });
    expect(codes(errors)).toEqual([["PL4020", "second", "engine.definitionExists"]]);
    const engine = { ...other.engine, definitionExists: true } as const;
    expect((await runCloud({ ...CLOUD, second: { ...other, engine } })).errors).toEqual([]);
  });

  it("can leave the definition to another", async () => {
    const engine = { type: "clusterApi", definitionExists: true } as const;
    const all = await objectsOf("cloud", { cloud: { ...CLUSTER_API_ARGS, engine } });
    expect(Object.keys(all).filter((name) => name.startsWith("control-plane"))).toEqual(["control-plane"]);
  });
});

/** What the refusals of a program are about. */
function codes(errors: readonly unknown[]): unknown[] {
  return errors.flatMap((error) =>
    PlinthReport.isInstance(error) ? error.errors.map(({ code, path, property }) => [code, path, property]) : [error],
  );
}

function withoutSecrets(value: unknown): unknown {
  if (value instanceof CapturedSecret) return "secret";
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, withoutSecrets(field)]));
}
