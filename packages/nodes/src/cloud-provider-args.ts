import type { PlinthComponentArgs } from "@plinth/bridge";
import type { L3VPNNetwork } from "@plinth/network";
import type * as pulumi from "@pulumi/pulumi";
import type { CloudConnection } from "./cloud-scope.js";
import type { KeyPair } from "./key-pair.js";
import type { ClusterApiCloudProps, ClusterApiCluster, DeckhouseCloudProps } from "./props.js";
import type { ServiceUser } from "./service-user.js";

interface CommonArgs extends PlinthComponentArgs {
  /** The network in which machines are ordered. */
  readonly network: L3VPNNetwork;
  /** The OpenStack user as which the cluster orders machines. */
  readonly user: ServiceUser;
  /** The key with which one can log in to the machines. */
  readonly keyPair: KeyPair;
  /** Where the cloud is. @default - where the OpenStack provider's credentials lead */
  readonly connection?: CloudConnection;
}

/** Arguments of a cloud provider with the engine `deckhouse`. */
export interface DeckhouseCloudArgs extends DeckhouseCloudProps, CommonArgs {}

/** Arguments of a cloud provider with the engine `clusterApi`. */
export interface ClusterApiCloudArgs extends ClusterApiCloudProps, CommonArgs {
  /** The cluster that the VMs join. */
  readonly cluster: ClusterApiClusterArgs;
}

/** The cluster that exists, and how Cluster API's managers come to it. */
export interface ClusterApiClusterArgs extends ClusterApiCluster {
  /**
   * Kubeconfig with which Cluster API's managers reach the cluster: they make join tokens and read and remove Nodes. Its
   * server may be another address than the `endpoint`.
   */
  readonly kubeconfig: pulumi.Output<string>;
  /**
   * Pulumi's Kubernetes provider for this cluster, where it is another than that of Cluster API's controllers. The order of the
   * groups is made with it, as the autoscaler looks for it in the cluster whose Pods it watches, wherever it runs itself.
   * @default - the component's provider: one cluster is both
   */
  readonly provider?: pulumi.ProviderResource;
  /** Certificate of the cluster's certificate authority, PEM: what joining machines trust. Not its key. */
  readonly caCertificate: pulumi.Input<string>;
}

/** Arguments of a `CloudProvider`: the engine decides what is asked of the cluster. */
export type CloudProviderArgs = ClusterApiCloudArgs | DeckhouseCloudArgs;
