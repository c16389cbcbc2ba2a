/** What a program describes, as nodes and links. Plain data, all text is safe to show; both drawings are made from it. */
export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly links: readonly TopologyLink[];
}

export type TopologyNode =
  | SiteNode
  | L3VPNRouterNode
  | NetworkNode
  | GatewayNode
  | AccessNetworkNode
  | OutsideNode
  | GroupNode;

interface NodeOf<Kind extends string> {
  readonly kind: Kind;
  /** Unique in the topology. */
  readonly id: string;
  /** Id of the network that it belongs to; of a network its own; `undefined` for a group whose network is not described. */
  readonly network: string | undefined;
}

/** A place that the L3VPN router joins. */
export interface SiteNode extends NodeOf<"site"> {
  readonly name: string;
  /** Whose its hosts are; `unknown` for destinations of routes that were given by themselves. */
  readonly hosts: "own" | "managed" | "unknown";
  readonly ranges: readonly string[];
}

/** What lies between the sites and the network: a router, or a VPN behind the network's own gateway. */
export interface L3VPNRouterNode extends NodeOf<"l3vpn-router"> {
  /** What it is, for example `L3VPN router` or `BGP VPN`. */
  readonly title: string;
  /** Its address in the network; `undefined` for a VPN, which has none there. */
  readonly address: string | undefined;
}

/** The OpenStack network in which VMs are made. */
export interface NetworkNode extends NodeOf<"network"> {
  /** Name in OpenStack; the component's where that is not known. */
  readonly name: string;
  readonly path: string;
  readonly cidr: string;
  /** Whether the network existed before. */
  readonly adopted: boolean;
  /** Addresses for VMs. */
  readonly addresses: bigint;
  /** Machines of all groups at most, those included that replace others. */
  readonly machines: number;
  /** Largest packet of a VM, in bytes. */
  readonly mtu: number;
  /** Largest packets of pods, in bytes: one for each cloud provider that orders machines here. */
  readonly podMtus: readonly { readonly cloud: string; readonly mtu: number; readonly encapsulation: string }[];
  /** Routes of the VMs that lead neither to a site nor outside: by another address of the network. */
  readonly innerRoutes: readonly TopologyRoute[];
  /** Runs of addresses for VMs and single addresses that are taken, as parts of the range: 0 is its begin, 1 its end. */
  readonly strip: {
    readonly pools: readonly { readonly from: number; readonly to: number }[];
    readonly taken: readonly { readonly at: number; readonly address: string; readonly use: string }[];
  };
}

/** The VMs' default gateway. */
export interface GatewayNode extends NodeOf<"gateway"> {
  /** Name in OpenStack; `undefined` where it is derived, or not ours. */
  readonly name: string | undefined;
  readonly address: string;
  /** `false`: whoever runs the network has it. */
  readonly made: boolean;
}

/** The second network of the VMs' way out. */
export interface AccessNetworkNode extends NodeOf<"access-network"> {
  readonly name: string | undefined;
  readonly cidr: string;
  /** The router's address in it. */
  readonly gateway: string;
}

/** What lies behind the default route. */
export interface OutsideNode extends NodeOf<"outside"> {}

/** A group of machines. */
export interface GroupNode extends NodeOf<"group"> {
  readonly name: string;
  readonly path: string;
  /** Which controllers order the machines; `undefined` when its cloud provider is not described. */
  readonly engine: string | undefined;
  readonly cores: number;
  /** With unit, for example `8 GiB`. */
  readonly memory: string;
  /** With unit. */
  readonly disk: string;
  readonly flavor: string | undefined;
  readonly image: string | undefined;
  readonly zones: readonly string[];
  readonly perZone: { readonly min: number; readonly max: number; readonly surge: number };
  readonly total: { readonly min: number; readonly max: number; readonly withSurge: number };
  /** As `key` or `key=value`. */
  readonly labels: readonly string[];
  /** As `key=value:effect`. */
  readonly taints: readonly string[];
}

/** A route and who has it. */
export interface TopologyRoute {
  /** `vms`: towards the link's far end; `site`: the return route of the site's hosts. */
  readonly heldBy: "vms" | "site";
  readonly destination: string;
  readonly via: string;
  /** The site's range that it leads to, or in which the hosts are that have it; `undefined` where no site is meant. */
  readonly range: string | undefined;
}

/** What joins two nodes. */
export interface TopologyLink {
  readonly kind: "site" | "l3vpn" | "gateway" | "access" | "outside" | "member";
  /** Id of a node. */
  readonly from: string;
  /** Id of a node. */
  readonly to: string;
  /** What travels over it. */
  readonly routes: readonly TopologyRoute[];
}
