// What the lab test of Cluster API applies: a cluster whose control plane Cluster API does not manage, with one group of
// workers on an OpenStack network that is there already.

/** Namespace of the cluster. */
export const NAMESPACE = "workers-test";

/** Namespace of the credentials: it outlives that of the cluster, which could not be taken down without them. */
const CREDENTIALS = "workers-test-credentials";

const CONTROL_PLANE = { apiGroup: "controlplane.lab.test", kind: "ExternalControlPlane" };
const INFRASTRUCTURE = "infrastructure.cluster.x-k8s.io";
const OPENSTACK = `${INFRASTRUCTURE}/v1beta1`;
const CORE = "cluster.x-k8s.io/v1beta2";

/** What the objects are made of. */
export interface Setting {
  /** Text of a `clouds.yaml` and the cloud of it. */
  readonly clouds: string;
  readonly cloudName: string;
  readonly networkId: string;
  readonly subnetId: string;
  readonly flavor: string;
  readonly image: string;
  readonly zone: string;
  /** Kubeconfig of the cluster that the workers join, and its certificate authority, PEM. */
  readonly kubeconfig: string;
  readonly ca: string;
}

/**
 * The kind that stands for the control plane, and the role that lets Cluster API read it. It has no status subresource, so
 * that whoever applies an object gives its status too.
 */
export const controlPlaneKind = [
  {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `externalcontrolplanes.${CONTROL_PLANE.apiGroup}`, labels: { "cluster.x-k8s.io/v1beta2": "v1" } },
    spec: {
      group: CONTROL_PLANE.apiGroup,
      scope: "Namespaced",
      names: {
        kind: CONTROL_PLANE.kind,
        listKind: "ExternalControlPlaneList",
        plural: "externalcontrolplanes",
        singular: "externalcontrolplane",
      },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: "object",
              properties: {
                spec: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
                status: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
              },
            },
          },
        },
      ],
    },
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: {
      name: "external-control-planes",
      labels: { "cluster.x-k8s.io/aggregate-to-manager": "true" },
    },
    rules: [
      {
        apiGroups: [CONTROL_PLANE.apiGroup],
        resources: ["externalcontrolplanes"],
        // patch, because the owner is written into it; delete, because it goes with its Cluster
        verbs: ["get", "list", "watch", "patch", "update", "delete"],
      },
    ],
  },
];

/** The cluster, and where its machines come from. */
export function cluster(setting: Setting): object[] {
  const { clouds, cloudName, networkId, subnetId, kubeconfig } = setting;
  const endpoint = { host: "127.0.0.1", port: 6443 };
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: CREDENTIALS } },
    { apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } },
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "openstack", namespace: CREDENTIALS },
      stringData: { "clouds.yaml": clouds },
    },
    {
      apiVersion: `${INFRASTRUCTURE}/v1alpha1`,
      kind: "OpenStackClusterIdentity",
      metadata: { name: "workers-test" },
      spec: {
        secretRef: { name: "openstack", namespace: CREDENTIALS },
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": NAMESPACE } },
      },
    },
    {
      apiVersion: "v1",
      kind: "Secret",
      type: "cluster.x-k8s.io/secret",
      metadata: named("lab-kubeconfig", { "cluster.x-k8s.io/cluster-name": "lab" }),
      stringData: { value: kubeconfig },
    },
    {
      apiVersion: `${CONTROL_PLANE.apiGroup}/v1`,
      kind: CONTROL_PLANE.kind,
      metadata: named("lab"),
      spec: { version: "v1.36.3", controlPlaneEndpoint: endpoint },
      status: {
        externalManagedControlPlane: true,
        version: "v1.36.3",
        initialization: { controlPlaneInitialized: true },
        conditions: [
          {
            type: "Available",
            status: "True",
            reason: "Available",
            message: "",
            lastTransitionTime: "2026-01-01T00:00:00Z",
          },
        ],
      },
    },
    {
      apiVersion: OPENSTACK,
      kind: "OpenStackCluster",
      metadata: named("lab"),
      spec: {
        identityRef: { type: "ClusterIdentity", name: "workers-test", cloudName },
        controlPlaneEndpoint: endpoint,
        disableExternalNetwork: true,
        disableAPIServerFloatingIP: true,
        network: { id: networkId },
        subnets: [{ id: subnetId }],
      },
    },
    {
      apiVersion: CORE,
      kind: "Cluster",
      metadata: named("lab"),
      spec: {
        controlPlaneRef: { ...CONTROL_PLANE, name: "lab" },
        infrastructureRef: { apiGroup: INFRASTRUCTURE, kind: "OpenStackCluster", name: "lab" },
      },
    },
  ];
}

/** A group of workers of one machine, with user data made beforehand. */
export function workers(setting: Setting): object[] {
  const userData = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: named("workers-user-data"),
    stringData: { value: "#cloud-config\nruncmd: [echo hello]\n" },
  };
  return [userData, ...group("workers", setting, { dataSecretName: "workers-user-data" })];
}

/** A group of workers of one machine, whose user data the kubeadm bootstrap provider makes. */
export function kubeadmWorkers(setting: Setting): object[] {
  const config = { apiGroup: "bootstrap.cluster.x-k8s.io", kind: "KubeadmConfigTemplate", name: "joining" };
  return [
    {
      apiVersion: "v1",
      kind: "Secret",
      type: "cluster.x-k8s.io/secret",
      metadata: named("lab-ca", { "cluster.x-k8s.io/cluster-name": "lab" }),
      // a worker's user data holds the certificate's hash; a key must be there, and is not looked at: never give the real one
      stringData: { "tls.crt": setting.ca, "tls.key": "not given away" },
    },
    {
      apiVersion: "bootstrap.cluster.x-k8s.io/v1beta2",
      kind: "KubeadmConfigTemplate",
      metadata: named("joining"),
      spec: {
        template: {
          spec: {
            joinConfiguration: {
              nodeRegistration: { kubeletExtraArgs: [{ name: "node-labels", value: "pool=joining" }] },
            },
          },
        },
      },
    },
    ...group("joining", setting, { configRef: config }),
  ];
}

function group(name: string, { flavor, image, zone }: Setting, bootstrap: object): object[] {
  const labels = { pool: name };
  return [
    {
      apiVersion: OPENSTACK,
      kind: "OpenStackMachineTemplate",
      metadata: named(name),
      spec: { template: { spec: { flavor, image: { filter: { name: image } } } } },
    },
    {
      apiVersion: CORE,
      kind: "MachineDeployment",
      metadata: named(name),
      spec: {
        clusterName: "lab",
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            clusterName: "lab",
            version: "v1.36.3",
            failureDomain: zone,
            deletion: { nodeDrainTimeoutSeconds: 10, nodeDeletionTimeoutSeconds: 10 },
            bootstrap,
            infrastructureRef: { apiGroup: INFRASTRUCTURE, kind: "OpenStackMachineTemplate", name },
          },
        },
      },
    },
  ];
}

function named(name: string, labels?: Readonly<Record<string, string>>) {
  return { name, namespace: NAMESPACE, ...(labels === undefined ? {} : { labels }) };
}
