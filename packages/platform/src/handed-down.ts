import type { Address, AddressRange, Cidr } from "@plinth/core";
import type { Requirement } from "./definition.js";

/**
 * What the nodes run, and who runs them: `talos` (Talos Linux), `generic` (any other Linux, kubeadm or similar), `hosted`
 * (a cluster of somebody else's that has a pod network and storage).
 */
export type Distribution = "talos" | "generic" | "hosted";

/** Where pods on the host's network reach the API server while there is no pod network. */
export interface ApiServerAddress {
  /** Host name or address. */
  readonly host: string;
  readonly port: number;
}

/** The ranges of a platform, read and checked. */
export interface PlatformNetwork {
  /** Addresses of pods. */
  readonly pod: Cidr;
  /** The pods' gateway: a host address of `pod`. */
  readonly podGateway: Address;
  /** Addresses of Services. */
  readonly service: Cidr;
  /** Address of the cluster's DNS: the tenth of `service`. */
  readonly dnsAddress: Address;
  /** Addresses that join nodes to kube-ovn's logical routers. */
  readonly join: Cidr;
  /** Range that Kubernetes hands to Nodes (`--cluster-cidr`); beside kube-ovn only Cilium's own addresses are from it. */
  readonly nodePod: Cidr;
  /** Subnets that the nodes are in. */
  readonly nodes: readonly Cidr[];
  /** Addresses for Services of type LoadBalancer, in the order in which they were given. */
  readonly loadBalancer: readonly AddressRange[];
}

/** A machine of the cluster. */
export interface PlatformMachine {
  /** Name of its Node. */
  readonly name: string;
  /** Address in one of the node subnets. */
  readonly address: Address;
  readonly role: "control-plane" | "worker";
}

/** What the platform hands down to the values of its components. */
export interface HandedDown {
  readonly distribution: Distribution;
  /** `undefined` in a hosted cluster: pods reach the API server through its Service. */
  readonly apiServer: ApiServerAddress | undefined;
  /** `undefined` in a hosted cluster whose ranges were not given. */
  readonly network: PlatformNetwork | undefined;
  /** Machines of the control plane, in the order in which they were given. */
  readonly controlPlane: readonly PlatformMachine[];
  /** Domain of the cluster's own DNS, for example `cluster.local`. */
  readonly clusterDomain: string;
  /** Domain below which the platform's own pages are, for example `cloud.example.com`. */
  readonly host: string;
  /** Whether something is in the platform or was in the cluster before. */
  has(needed: Requirement): boolean;
}
