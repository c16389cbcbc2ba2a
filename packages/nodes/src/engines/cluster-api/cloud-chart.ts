import { Cluster } from "@plinth/api/cluster-api";
import { OpenStackCluster, OpenStackClusterIdentity } from "@plinth/api/cluster-api-openstack";
import { ExternalControlPlane } from "@plinth/api/control-plane";
import { ApiObject, Chart } from "cdk8s";
import type { Construct } from "constructs";
import { CLOUD_NAME } from "../../cloud-name.js";
import type { ClusterApiCloudPlan } from "./plan.js";

/** Properties of {@link ClusterApiCloudProviderChart}. Texts may be the bridge's tokens for Outputs. */
export interface ClusterApiCloudProviderChartProps {
  /** What was computed. */
  readonly plan: ClusterApiCloudPlan;
  /** Ids of the OpenStack network and subnet in which machines are. */
  readonly network: { readonly networkId: string; readonly subnetId: string };
  /** All in base64, as Secrets have their data. */
  readonly secrets: {
    /** `clouds.yaml` with a cloud named `plinth`. Secret. */
    readonly cloudsYaml: string;
    /** Certificate authority of the cloud, PEM. @default - a public one */
    readonly cloudCertificate?: string;
    /** Kubeconfig of the cluster. Secret. */
    readonly kubeconfig: string;
    /** Certificate of the cluster's certificate authority, PEM. */
    readonly clusterCertificate: string;
  };
}

/** Label by which Cluster API's managers find the Secrets of a cluster. */
const CLUSTER_LABEL = "cluster.x-k8s.io/cluster-name";

/** Type of the Secrets of a cluster. */
const CLUSTER_SECRET = "cluster.x-k8s.io/secret";

/**
 * Stands where a private key would: the bootstrap provider wants one of the cluster's certificate authority to be there and,
 * for a node that is no control plane, does not read it. Source: kubernetes-sigs/cluster-api:util/secret/certificates.go,
 * EnsureAllExist.
 */
const NO_KEY = Buffer.from("the private key stays with the control plane\n").toString("base64");

/** A control plane's status is no event: it has no time at which it began. */
const ALWAYS = "1970-01-01T00:00:00Z";

/**
 * A cluster that exists, as Cluster API sees it: its control plane is someone else's and healthy, its network is there, and
 * machines can be ordered for it. One a cluster.
 */
export class ClusterApiCloudProviderChart extends Chart {
  /** The Cluster, to which all others belong. */
  readonly cluster: Cluster;

  constructor(scope: Construct, id: string, props: ClusterApiCloudProviderChartProps) {
    super(scope, id);
    const { plan } = props;
    const namespace = plan.clusterName;
    object(this, "namespace", "Namespace", { name: namespace });
    object(this, "credentials-namespace", "Namespace", { name: plan.credentialsNamespace });
    const first = [...this.#controlPlane(plan), this.#identity(props), ...this.#secrets(props)];
    const infrastructure = this.#infrastructure(props);
    infrastructure.node.addDependency(...first);
    this.cluster = new Cluster(this, "cluster", {
      metadata: { name: plan.clusterName, namespace },
      spec: {
        clusterNetwork: { pods: { cidrBlocks: [plan.podCidr] }, services: { cidrBlocks: [plan.serviceCidr] } },
        infrastructureRef: {
          apiGroup: "infrastructure.cluster.x-k8s.io",
          kind: OpenStackCluster.gvk.kind,
          name: plan.clusterName,
        },
        controlPlaneRef: {
          apiGroup: "controlplane.plinth.dev",
          kind: ExternalControlPlane.gvk.kind,
          name: plan.clusterName,
        },
      },
    });
    this.cluster.node.addDependency(infrastructure);
  }

  /** Tells Cluster API that the control plane is there and not its own; with leave for its managers to read that. */
  #controlPlane({ clusterName, version, emitsDefinition }: ClusterApiCloudPlan): ApiObject[] {
    const definition = emitsDefinition
      ? [
          new ApiObject(this, "control-plane-definition", ExternalControlPlane.crd),
          new ApiObject(this, "control-plane-role", {
            apiVersion: "rbac.authorization.k8s.io/v1",
            kind: "ClusterRole",
            metadata: {
              name: "plinth-external-control-planes",
              labels: { "cluster.x-k8s.io/aggregate-to-manager": "true" },
            },
            rules: [
              {
                apiGroups: ["controlplane.plinth.dev"],
                resources: ["externalcontrolplanes", "externalcontrolplanes/status"],
                verbs: ["get", "list", "watch", "create", "update", "patch", "delete"],
              },
            ],
          }),
        ]
      : [];
    const controlPlane = new ExternalControlPlane(this, "control-plane", {
      metadata: { name: clusterName, namespace: clusterName },
      spec: { version },
      status: {
        externalManagedControlPlane: true,
        version,
        initialization: { controlPlaneInitialized: true },
        conditions: [{ type: "Available", status: "True", reason: "Available", lastTransitionTime: ALWAYS }],
      },
    });
    if (definition.length > 0) controlPlane.node.addDependency(...definition);
    return [controlPlane];
  }

  /** Leave to use the credentials, for the namespace of the cluster only. */
  #identity({ plan, secrets }: ClusterApiCloudProviderChartProps): ApiObject {
    const credentials = object(
      this,
      "credentials",
      "Secret",
      { name: plan.clusterName, namespace: plan.credentialsNamespace },
      {
        data: {
          "clouds.yaml": secrets.cloudsYaml,
          ...(secrets.cloudCertificate === undefined ? {} : { cacert: secrets.cloudCertificate }),
        },
      },
    );
    const identity = new OpenStackClusterIdentity(this, "identity", {
      metadata: { name: plan.clusterName },
      spec: {
        secretRef: { name: plan.clusterName, namespace: plan.credentialsNamespace },
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": plan.clusterName } },
      },
    });
    identity.node.addDependency(credentials);
    return identity;
  }

  /** How Cluster API reaches the cluster, and whom its machines trust when they join. */
  #secrets({ plan, secrets }: ClusterApiCloudProviderChartProps): ApiObject[] {
    const secret = (id: string, data: Readonly<Record<string, string>>): ApiObject =>
      object(
        this,
        id,
        "Secret",
        {
          name: `${plan.clusterName}-${id}`,
          namespace: plan.clusterName,
          labels: { [CLUSTER_LABEL]: plan.clusterName },
        },
        { type: CLUSTER_SECRET, data },
      );
    return [
      secret("kubeconfig", { value: secrets.kubeconfig }),
      secret("ca", { "tls.crt": secrets.clusterCertificate, "tls.key": NO_KEY }),
    ];
  }

  #infrastructure({ plan, network }: ClusterApiCloudProviderChartProps): OpenStackCluster {
    return new OpenStackCluster(this, "openstack-cluster", {
      metadata: { name: plan.clusterName, namespace: plan.clusterName },
      spec: {
        identityRef: { type: "ClusterIdentity", name: plan.clusterName, cloudName: CLOUD_NAME },
        controlPlaneEndpoint: { ...plan.endpoint },
        network: { id: network.networkId },
        subnets: [{ id: network.subnetId }],
        // nothing but machines is made: the way out is the network's, the endpoint is the cluster's
        disableExternalNetwork: true,
        disableAPIServerFloatingIP: true,
      },
    });
  }
}

function object(scope: Construct, id: string, kind: string, metadata: object, rest: object = {}): ApiObject {
  return new ApiObject(scope, id, { apiVersion: "v1", kind, metadata, ...rest });
}
