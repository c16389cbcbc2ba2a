import type { LoadBalancerRange } from "../props.js";

/** How a pool's addresses are made known. */
export type Announcement =
  /** By answers to ARP and NDP from one node at a time: addresses are in a subnet of the nodes. */
  | {
      readonly type: "layer2";
      /** Interfaces that answer. @default - all */
      readonly interfaces?: readonly string[];
      /** Labels of the nodes that answer. @default - all nodes */
      readonly nodeLabels?: Readonly<Record<string, string>>;
    }
  /** By BGP, to routers. */
  | {
      readonly type: "bgp";
      /** Names of the peers, at least one. */
      readonly peers: readonly string[];
      /** For example `64512:100`. @default - none */
      readonly communities?: readonly string[];
      /** @default - BGP's own */
      readonly localPreference?: number;
    };

/** A pool of addresses for Services of type LoadBalancer. */
export interface LoadBalancerPool {
  /** Name of the pool, a DNS label. */
  readonly name: string;
  /** Ranges from the network's load balancer ranges. @default - all of them */
  readonly ranges?: readonly LoadBalancerRange[];
  readonly announce: Announcement;
  /** Whether a Service that names no pool may get an address of it. @default true */
  readonly autoAssign?: boolean;
  /** Whose Services may have its addresses. @default - those of all namespaces */
  readonly namespaces?: readonly string[];
  /** Whether addresses that end in 0 and 255 are left out, for old devices of customers. @default false */
  readonly avoidBuggyIps?: boolean;
}

/** A router that addresses are announced to. */
export interface BgpPeer {
  /** Name of the peer, a DNS label. */
  readonly name: string;
  /** Its address. */
  readonly address: string;
  /** Number of its autonomous system. */
  readonly peerAsn: number;
  /** Number of the cluster's. */
  readonly myAsn: number;
  /** Whether it is further away than the next hop. @default false */
  readonly multiHop?: boolean;
  /** Secret in MetalLB's namespace, of type `kubernetes.io/basic-auth`, with the session's password. @default - none */
  readonly passwordSecretName?: string;
  /** Labels of the nodes that have a session with it. @default - all nodes */
  readonly nodeLabels?: Readonly<Record<string, string>>;
}

/** The load balancer addresses of a platform. */
export interface AddressesProps {
  /** Namespace that MetalLB is in. */
  readonly namespace: string;
  readonly pools: readonly LoadBalancerPool[];
  /** @default - none */
  readonly peers?: readonly BgpPeer[];
}
