import { validateObject } from "@plinth/api/testing";
import { UNKNOWN } from "@plinth/bridge/testing";
import { describe, expect, it } from "vitest";
import { runCloud } from "../../testing/captured-cloud.js";
import { CLUSTER_API_ARGS } from "../../testing/cluster-api.js";
import { objectsOf } from "../../testing/cluster-api-objects.js";

const CLOUD = { cloud: CLUSTER_API_ARGS };
const DEPLOYMENT = "kubernetes:cluster.x-k8s.io/v1beta2:MachineDeployment";
const TEMPLATE = "kubernetes:infrastructure.cluster.x-k8s.io/v1beta1:OpenStackMachineTemplate";
const JOINING = "kubernetes:bootstrap.cluster.x-k8s.io/v1beta2:KubeadmConfigTemplate";
const HEALTH = "kubernetes:cluster.x-k8s.io/v1beta2:MachineHealthCheck";
const OPENSTACK_CLUSTER = "kubernetes:infrastructure.cluster.x-k8s.io/v1beta1:OpenStackCluster";

describe("a group of Cluster API", () => {
  const labels = { team: "infra", "node-role.kubernetes.io/burst": "" };
  const taints = [
    { key: "dedicated", value: "burst", effect: "NoExecute" },
    { key: "gpu", effect: "NoSchedule" },
  ] as const;
  const own = { "cluster.x-k8s.io/cluster-name": "cloud", "cluster.x-k8s.io/deployment-name": "burst-ru-3a" };

  it("of a fixed size has a deployment of machines for each zone, of one shape, that its health check replaces", async () => {
    const group = { size: { replicas: 3 }, zones: ["ru-3a", "ru-3b"], surge: 0, labels, taints } as const;
    const all = await objectsOf("burst", { group });
    for (const object of Object.values(all)) expect(validateObject(object)).toEqual([]);
    const template = all["machine-template"];
    const joining = all["join-template"];
    expect(Object.keys(all).sort()).toEqual([
      "health-check",
      "join-template",
      "machine-template",
      "machines-ru-3a",
      "machines-ru-3b",
    ]);
    expect(template).toEqual({
      apiVersion: "infrastructure.cluster.x-k8s.io/v1beta1",
      kind: "OpenStackMachineTemplate",
      metadata: {
        name: expect.stringMatching(/^burst-[0-9a-f]{8}$/),
        namespace: "cloud",
        annotations: expect.anything(),
      },
      spec: {
        template: {
          spec: {
            flavor: expect.stringMatching(/^burst-flavor-/),
            image: { filter: { name: "ubuntu" } },
            sshKeyName: "deckhouse",
            ports: [{ securityGroups: [{ id: expect.any(String) }] }],
          },
        },
      },
    });
    expect(joining?.spec).toEqual({
      template: {
        spec: {
          joinConfiguration: {
            nodeRegistration: {
              name: "{{ local_hostname }}",
              kubeletExtraArgs: [
                { name: "node-labels", value: "plinth.dev/node-group=burst,team=infra" },
                { name: "provider-id", value: "openstack:///{{ instance_id }}" },
              ],
              taints,
            },
          },
        },
      },
    });
    expect(all["machines-ru-3a"]).toEqual({
      apiVersion: "cluster.x-k8s.io/v1beta2",
      kind: "MachineDeployment",
      metadata: { name: "burst-ru-3a", namespace: "cloud", annotations: { "pulumi.com/patchForce": "true" } },
      spec: {
        clusterName: "cloud",
        replicas: 3,
        selector: { matchLabels: own },
        rollout: { strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } },
        template: {
          metadata: {
            labels: { ...own, "plinth.dev/node-group": "burst", "node-role.kubernetes.io/burst": "" },
          },
          spec: {
            clusterName: "cloud",
            version: "v1.35.2",
            failureDomain: "ru-3a",
            deletion: { nodeDrainTimeoutSeconds: 600, nodeVolumeDetachTimeoutSeconds: 300 },
            bootstrap: {
              configRef: {
                apiGroup: "bootstrap.cluster.x-k8s.io",
                kind: "KubeadmConfigTemplate",
                name: joining?.metadata.name,
              },
            },
            infrastructureRef: {
              apiGroup: "infrastructure.cluster.x-k8s.io",
              kind: "OpenStackMachineTemplate",
              name: template?.metadata.name,
            },
          },
        },
      },
    });
    expect(all["machines-ru-3b"]).toMatchObject({
      metadata: { name: "burst-ru-3b" },
      spec: { template: { spec: { failureDomain: "ru-3b" } } },
    });
    expect(all["health-check"]?.spec).toEqual({
      clusterName: "cloud",
      selector: { matchLabels: { "plinth.dev/node-group": "burst" } },
      checks: {
        nodeStartupTimeoutSeconds: 600,
        unhealthyNodeConditions: [
          { type: "Ready", status: "Unknown", timeoutSeconds: 300 },
          { type: "Ready", status: "False", timeoutSeconds: 300 },
        ],
      },
    });
  });

  it("between limits leaves the number out and says what a node is like, so that it starts from none", async () => {
    const all = await objectsOf("burst", { group: { size: { min: 0, max: 10 }, labels, taints } });
    const deployment = all["machines-ru-3a"];
    expect(validateObject(deployment)).toEqual([]);
    expect(deployment?.spec).not.toHaveProperty("replicas");
    expect(deployment?.metadata).toMatchObject({
      annotations: {
        "cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size": "0",
        "cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size": "10",
        "cluster.x-k8s.io/autoscaling-options-maxnodeprovisiontime": "15m0s",
        "capacity.cluster-autoscaler.kubernetes.io/cpu": "4",
        "capacity.cluster-autoscaler.kubernetes.io/memory": "8192Mi",
        "capacity.cluster-autoscaler.kubernetes.io/ephemeral-disk": "50Gi",
        "capacity.cluster-autoscaler.kubernetes.io/labels":
          "plinth.dev/node-group=burst,team=infra,node-role.kubernetes.io/burst=",
        "capacity.cluster-autoscaler.kubernetes.io/taints": "dedicated=burst:NoExecute,gpu=:NoSchedule",
      },
    });
    const bare = await objectsOf("burst", { group: { size: { min: 0, max: 10 } } });
    expect(bare["machines-ru-3a"]?.metadata).toMatchObject({
      annotations: { "capacity.cluster-autoscaler.kubernetes.io/taints": "dedicated=burst:NoSchedule" },
    });
    expect(bare["join-template"]?.spec).toMatchObject({
      template: {
        spec: {
          joinConfiguration: {
            nodeRegistration: { taints: [{ key: "dedicated", value: "burst", effect: "NoSchedule" }] },
          },
        },
      },
    });
  });

  it("whose pods travel as they are has their addresses let through; one with a cloud controller waits for it", async () => {
    const engine = { type: "clusterApi", cloudController: "external" } as const;
    const network = { podNetwork: { encapsulation: "none" } } as const;
    const all = await objectsOf("burst", { network, cloud: { ...CLUSTER_API_ARGS, engine }, group: {} });
    expect(all["machine-template"]).toMatchObject({
      spec: { template: { spec: { ports: [{ allowedAddressPairs: [{ ipAddress: "10.111.0.0/16" }] }] } } },
    });
    expect(all["join-template"]).toMatchObject({
      spec: {
        template: {
          spec: {
            joinConfiguration: {
              nodeRegistration: { kubeletExtraArgs: [{ name: "cloud-provider", value: "external" }, {}, {}] },
            },
          },
        },
      },
    });
    expect(validateObject(all["machine-template"])).toEqual([]);
  });

  it("is in a server group that is made or adopted", async () => {
    const type = "openstack:compute/serverGroup:ServerGroup";
    const { program } = await runCloud({ ...CLOUD, group: { serverGroup: {} } });
    const { inputs } = program.get(type, "burst-server-group");
    expect(inputs).toEqual({
      name: expect.stringMatching(/^burst-server-group-[0-9a-f]{12}$/),
      policies: ["soft-anti-affinity"],
    });
    const serverGroup = (name: unknown) => ({ spec: { template: { spec: { serverGroup: { filter: { name } } } } } });
    expect(program.get(TEMPLATE).inputs).toMatchObject(serverGroup(inputs.name));
    const given = { name: "spread", policy: "anti-affinity" } as const;
    const made = await runCloud({ ...CLOUD, group: { serverGroup: given } });
    expect(made.program.get(type).inputs).toEqual({ name: "spread", policies: ["anti-affinity"] });
    const adopted = await runCloud({ ...CLOUD, group: { serverGroup: { existing: true, name: "there" } } });
    expect(adopted.program.all(type)).toEqual([]);
    expect(adopted.program.get(TEMPLATE).inputs).toMatchObject(serverGroup("there"));
    expect(validateObject(adopted.program.get(TEMPLATE).inputs)).toEqual([]);
  });

  it("has another template, hence other machines, when its shape changes, and only then", async () => {
    const name = async (change: object, cloud: object = {}, network: object = {}): Promise<unknown> => {
      const all = await objectsOf("burst", { network, cloud: { ...CLUSTER_API_ARGS, ...cloud }, group: change });
      return all["machine-template"]?.metadata.name;
    };
    const machine = { cores: 4, memory: "8Gi", disk: "50Gi", image: { existing: true, name: "ubuntu" } } as const;
    const names = await Promise.all([
      name({}),
      name({ machine: { ...machine, cores: 8 } }),
      name({ machine: { ...machine, memory: "9Gi" } }),
      name({ machine: { ...machine, disk: "51Gi" } }),
      name({ machine: { ...machine, image: { existing: true, name: "debian" } } }),
      name({ machine: { ...machine, flavor: { existing: true, name: "c4" } } }),
      name({ serverGroup: {} }),
      name({}, { keyPair: { existing: true, name: "other" } }),
      name({}, {}, { podNetwork: { encapsulation: "none" } }),
      name({}, {}, { securityGroup: "none" }),
    ]);
    expect(new Set(names).size).toBe(names.length);
    expect(await name({ size: { min: 0, max: 3 }, surge: 2, labels: { a: "b" } })).toBe(names[0]);
  });

  it("is made after its cloud and its flavor's access, templates before machines before the health check", async () => {
    const { program } = await runCloud({ ...CLOUD, group: {} });
    const after = (type: string) => program.get(type).dependsOn.map((urn) => urn.split("::").at(-1));
    expect(after(DEPLOYMENT)).toEqual(
      expect.arrayContaining(["burst-cluster-api/machine-template", "burst-cluster-api/join-template"]),
    );
    expect(after(HEALTH)).toContain("burst-cluster-api/machines-ru-3a");
    expect(after(TEMPLATE)).toEqual(expect.arrayContaining(["burst-flavor"]));
    expect(after(JOINING).length).toBeGreaterThan(0);
  });

  it("can be previewed when nothing is known yet", async () => {
    const { program, errors } = await runCloud({ cloud: { ...CLUSTER_API_ARGS }, group: {} }, { preview: true });
    expect(errors).toEqual([]);
    expect(program.get(OPENSTACK_CLUSTER).inputs).toMatchObject({ spec: { network: { id: expect.anything() } } });
    expect(program.get(TEMPLATE).inputs).toMatchObject({
      spec: { template: { spec: { ports: [{ securityGroups: [{ id: UNKNOWN }] }] } } },
    });
  });
});
