import type { Address, Cidr } from "@plinth/core";

/**
 * What the nodes run, and who runs them: `talos` (Talos Linux), `generic` (any other Linux, kubeadm or similar), `hosted`
 * (a cluster of somebody else's that has a pod network and storage).
 */
export type Distribution = "talos" | "generic" | "hosted";

/** Where pods on the host's network reach the API server while there is no pod network. */
export interface ApiServerAddress {
  readonly host: string;
  readonly port: number;
}

/** The ranges of a platform, read and checked: none overlaps another. */
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
  /** Subnets that the nodes are in. */
  readonly nodes: readonly Cidr[];
  /** Addresses for Services of type LoadBalancer. */
  readonly loadBalancer: readonly Cidr[];
}

/** A machine of the cluster. */
export interface PlannedMachine {
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
  readonly controlPlane: readonly PlannedMachine[];
}
