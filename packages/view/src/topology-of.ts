import { countAddresses, type Described } from "@plinth/core";
import type { NetworkPlan } from "@plinth/network/plan";
import { type ReadGroup, type ReadNetwork, readDescribed } from "./read.js";
import { clean } from "./text.js";
import type {
  GroupNode,
  NetworkNode,
  SiteNode,
  Topology,
  TopologyLink,
  TopologyNode,
  TopologyRoute,
} from "./topology.js";
import { memoryText } from "./words.js";

/** The topology of what a program describes. Pure. */
export function topologyOf(described: readonly Described[]): Topology {
  const nodes: TopologyNode[] = [];
  const links: TopologyLink[] = [];
  const { networks, loose } = readDescribed(described);
  for (const network of networks) addNetwork(network, nodes, links);
  for (const group of loose) nodes.push(groupNode(group, undefined));
  return { nodes, links };
}

function addNetwork(read: ReadNetwork, nodes: TopologyNode[], links: TopologyLink[]): void {
  const { path, plan } = read;
  const id = `network:${path}`;
  const routerId = `l3vpn-router:${path}`;
  const gatewayId = `gateway:${path}`;
  const outsideId = `outside:${path}`;

  const sites = siteNodes(path, plan);
  nodes.push(...sites);
  for (const site of sites) {
    links.push({ kind: "site", from: site.id, to: routerId, routes: siteRoutes(site, plan) });
  }
  nodes.push({ kind: "l3vpn-router", id: routerId, network: id, ...between(plan) });
  nodes.push(networkNode(read, id));
  links.push({ kind: "l3vpn", from: routerId, to: id, routes: [] });

  const address = plan.gateway.toString();
  nodes.push({
    kind: "gateway",
    id: gatewayId,
    network: id,
    name: cleaned(plan.names.router),
    address,
    made: plan.hasRouter,
  });
  const destination = plan.cidr.version === 4 ? "0.0.0.0/0" : "::/0";
  const out: TopologyRoute = { heldBy: "vms", destination, via: address, range: undefined };
  links.push({ kind: "gateway", from: id, to: gatewayId, routes: [out] });
  if (plan.accessNetwork !== undefined) {
    const { name, cidr, gateway } = plan.accessNetwork;
    const accessId = `access-network:${path}`;
    const access = { name: cleaned(name), cidr: cidr.toString(), gateway: gateway.toString() };
    nodes.push({ kind: "access-network", id: accessId, network: id, ...access });
    links.push({ kind: "access", from: gatewayId, to: accessId, routes: [] });
  }
  nodes.push({ kind: "outside", id: outsideId, network: id });
  links.push({ kind: "outside", from: gatewayId, to: outsideId, routes: [] });

  for (const group of read.groups) {
    const node = groupNode(group, id);
    nodes.push(node);
    links.push({ kind: "member", from: node.id, to: id, routes: [] });
  }
}

/** Behind the gateway there is no router with an address in the network. */
function between({ routesAt, driver, nextHop }: NetworkPlan): { title: string; address: string | undefined } {
  if (routesAt !== "gateway") return { title: "L3VPN router", address: nextHop.toString() };
  return { title: driver === "bgpvpn" ? "BGP VPN" : clean(`L3VPN by ${driver}`), address: undefined };
}

function siteNodes(path: string, plan: NetworkPlan): SiteNode[] {
  const network = `network:${path}`;
  const sites = plan.sites.map(
    ({ name, hosts, cidrs }): SiteNode => ({
      kind: "site",
      id: `site:${path}:${clean(name)}`,
      network,
      name: clean(name),
      hosts,
      ranges: cidrs.map(String),
    }),
  );
  const ranges = plan.routes
    .filter(({ site, nextHop }) => site === undefined && nextHop.equals(plan.nextHop))
    .map(({ destination }) => destination.toString());
  if (ranges.length === 0) return sites;
  return [...sites, { kind: "site", id: `site:${path}:`, network, name: "further routes", hosts: "unknown", ranges }];
}

function siteRoutes(site: SiteNode, plan: NetworkPlan): TopologyRoute[] {
  const forward = plan.routes
    .filter((route) => (route.site === undefined ? site.hosts === "unknown" : clean(route.site) === site.name))
    .filter(({ nextHop }) => nextHop.equals(plan.nextHop))
    .map(({ destination, nextHop }) => routeOf("vms", destination, nextHop, destination));
  const back = plan.returnRoutes
    .filter((route) => clean(route.site) === site.name)
    .map(({ destination, nextHop, hostsIn }) => routeOf("site", destination, nextHop, hostsIn));
  return [...forward, ...back];
}

function routeOf(heldBy: TopologyRoute["heldBy"], destination: object, via: object, range?: object): TopologyRoute {
  return { heldBy, destination: `${destination}`, via: `${via}`, range: range === undefined ? undefined : `${range}` };
}

function networkNode({ path, plan, clouds, groups }: ReadNetwork, id: string): NetworkNode {
  const part = (value: bigint) => Number(((value - plan.cidr.first.value) * 1_000_000n) / plan.cidr.size) / 1_000_000;
  return {
    kind: "network",
    id,
    network: id,
    name: clean(plan.names.network ?? path),
    path: clean(path),
    cidr: plan.cidr.toString(),
    adopted: plan.adopted.network,
    addresses: countAddresses(plan.pools),
    machines: groups.reduce((sum, group) => sum + group.plan.total.withSurge, 0),
    mtu: plan.mtu,
    podMtus: clouds.map((cloud) => ({
      cloud: clean(cloud.path),
      mtu: cloud.plan.podMtu,
      encapsulation: clean(cloud.plan.podNetworkMode),
    })),
    innerRoutes: plan.routes
      .filter(({ site, nextHop }) => site === undefined && !nextHop.equals(plan.nextHop))
      .map(({ destination, nextHop }) => routeOf("vms", destination, nextHop)),
    strip: {
      pools: plan.pools.map(({ first, last }) => ({ from: part(first.value), to: part(last.value + 1n) })),
      taken: plan.reserved.map(({ address, use }) => ({ at: part(address.value), address: `${address}`, use })),
    },
  };
}

function groupNode({ path, plan, cloud }: ReadGroup, network: string | undefined): GroupNode {
  const { machine } = plan;
  return {
    kind: "group",
    id: `group:${path}`,
    network,
    name: clean(plan.name),
    path: clean(path),
    engine: cloud === undefined ? undefined : clean(cloud.plan.engine),
    cores: machine.cores,
    memory: memoryText(machine.memoryMiB),
    disk: `${machine.diskGiB} GiB`,
    flavor: cleaned(machine.flavor.name),
    image: cleaned(machine.image.name),
    zones: plan.zones.map(clean),
    perZone: plan.perZone,
    total: plan.total,
    labels: Object.entries(plan.labels).map(([key, value]) => clean(value === "" ? key : `${key}=${value}`)),
    taints: plan.taints.map(({ key, value, effect }) =>
      clean(`${key}${value === undefined ? "" : `=${value}`}:${effect}`),
    ),
  };
}

function cleaned(text: string | undefined): string | undefined {
  return text === undefined ? undefined : clean(text);
}
