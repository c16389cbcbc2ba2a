import type {
  AccessNetworkNode,
  GatewayNode,
  GroupNode,
  L3VPNRouterNode,
  NetworkNode,
  SiteNode,
  Topology,
  TopologyLink,
  TopologyNode,
  TopologyRoute,
} from "./topology.js";

/** One network with all that is around it: drawings put one band below the other. */
export interface Band {
  readonly network: NetworkNode;
  readonly router: L3VPNRouterNode;
  readonly gateway: GatewayNode;
  readonly access: AccessNetworkNode | undefined;
  readonly sites: readonly { readonly site: SiteNode; readonly ranges: readonly RangeRoutes[] }[];
  readonly groups: readonly GroupNode[];
}

/** A range of a site with the next hops of the routes to it and back. */
export interface RangeRoutes {
  readonly range: string;
  /** Next hop of the VMs; `undefined`: they have no route to it. */
  readonly via: string | undefined;
  /** The return route of the hosts in it; `undefined`: none is needed of us. */
  readonly back: TopologyRoute | undefined;
}

/** Sorts a topology into bands, and the groups that are in none. */
export function bandsOf(topology: Topology): { readonly bands: readonly Band[]; readonly loose: readonly GroupNode[] } {
  const members = new Map<string | undefined, TopologyNode[]>();
  for (const node of topology.nodes) {
    const list = members.get(node.network);
    if (list === undefined) members.set(node.network, [node]);
    else list.push(node);
  }
  const linksOf = new Map(topology.links.filter(({ kind }) => kind === "site").map((link) => [link.from, link]));
  const bands: Band[] = [];
  for (const nodes of members.values()) {
    const [network] = ofKind(nodes, "network");
    const [router] = ofKind(nodes, "l3vpn-router");
    const [gateway] = ofKind(nodes, "gateway");
    if (network === undefined || router === undefined || gateway === undefined) continue;
    bands.push({
      network,
      router,
      gateway,
      access: ofKind(nodes, "access-network")[0],
      sites: ofKind(nodes, "site").map((site) => ({ site, ranges: rangesOf(site, linksOf.get(site.id)) })),
      groups: ofKind(nodes, "group"),
    });
  }
  return { bands, loose: ofKind(members.get(undefined) ?? [], "group") };
}

function ofKind<Kind extends TopologyNode["kind"]>(
  nodes: readonly TopologyNode[],
  kind: Kind,
): Extract<TopologyNode, { kind: Kind }>[] {
  return nodes.filter((node): node is Extract<TopologyNode, { kind: Kind }> => node.kind === kind);
}

function rangesOf(site: SiteNode, link: TopologyLink | undefined): RangeRoutes[] {
  const find = (range: string, heldBy: TopologyRoute["heldBy"]) =>
    link?.routes.find((route) => route.range === range && route.heldBy === heldBy);
  return site.ranges.map((range) => ({ range, via: find(range, "vms")?.via, back: find(range, "site") }));
}
