import { type Address, type AddressRange, countAddresses } from "@plinth/core";
import type { NetworkPlan } from "@plinth/network/plan";
import { explainSecurity } from "./explain-security.js";
import type { Page } from "./page.js";
import type { ReadNetwork } from "./read.js";
import { counted, mtuSum } from "./words.js";

/** Writes the tables of a network. */
export function explainNetwork(network: ReadNetwork, page: Page): void {
  const { path, plan } = network;
  page.heading(`Network ${plan.names.network ?? path}, ${plan.cidr} (component ${path})`);
  addresses(network, page);
  routes(plan, page);
  returnRoutes(plan, page);
  packets(network, page);
  explainSecurity(plan, page);
  inOpenStack(plan, page);
}

function addresses({ plan, groups }: ReadNetwork, page: Page): void {
  page.section("Addresses");
  const taken = plan.reserved.map(({ address, use }) => ({ first: address, text: `${address}`, use }));
  const pools = plan.pools.map((range) => ({ first: range.first, ...poolRow(range) }));
  const rows = [...taken, ...pools].sort((a, b) => compare(a.first, b.first));
  page.table(
    [{}, {}],
    rows.map(({ text, use }) => [text, use]),
  );
  const total = countAddresses(plan.pools);
  const machines = groups.reduce((sum, group) => sum + group.plan.total.withSurge, 0);
  const free = total - BigInt(machines);
  const rest = free < 0n ? `${-free} are missing` : `${free} stay free`;
  page.line(`${total} for VMs; ${counted(groups.length, "group")} of at most ${counted(machines, "machine")}, ${rest}`);
}

function compare(a: Address, b: Address): number {
  return a.value < b.value ? -1 : 1;
}

function poolRow(range: AddressRange): { text: string; use: string } {
  return { text: `${range.first} - ${range.last}`, use: `pool of ${countAddresses([range])}` };
}

function routes(plan: NetworkPlan, page: Page): void {
  page.section(plan.routesAt === "router" ? "Routes of the router, which is the VMs' gateway" : "Routes of the VMs");
  page.table(
    [{ title: "to" }, { title: "via" }, { title: "leads to" }],
    [
      ["default", `${plan.gateway}`, "outside, by the gateway"],
      ...plan.routes.map(({ destination, nextHop, site }) => [
        `${destination}`,
        `${nextHop}`,
        site === undefined ? "given by itself" : `site ${site}`,
      ]),
    ],
  );
}

function returnRoutes(plan: NetworkPlan, page: Page): void {
  page.section("Return routes: without them the answers of a site's hosts don't find the VMs");
  if (plan.returnRoutes.length > 0) {
    page.note('for netplan, below "routes:" of the interface; as a command, until the next reboot');
  }
  for (const { name, cidrs, hosts } of plan.sites) {
    if (hosts === "managed") {
      page.line(`${name}, ${cidrs.join(", ")}: managed, no host of ours needs one`);
    }
    for (const { hostsIn, destination, nextHop } of plan.returnRoutes.filter(({ site }) => site === name)) {
      page.line(`${name}, hosts in ${hostsIn}`);
      page.line(`- to: ${destination}`, 6);
      page.line(`  via: ${nextHop}`, 6);
      for (const line of command(`ip route add ${destination}`, `via ${nextHop}`, page.width)) page.line(line, 6);
    }
  }
}

/** A command on one line, or, where that is too wide, on two that a shell reads as one. */
function command(begin: string, end: string, width: number): string[] {
  return begin.length + end.length + 7 <= width ? [`${begin} ${end}`] : [`${begin} \\`, `  ${end}`];
}

function packets({ plan, clouds }: ReadNetwork, page: Page): void {
  page.section("Largest packets (MTU), in bytes");
  if (clouds.length === 0) page.line(mtuSum(plan.mtu, plan.podNetwork));
  for (const { path, plan: cloud } of clouds) {
    page.line(`${mtuSum(plan.mtu, { mtu: cloud.podMtu, encapsulation: cloud.podNetworkMode })} (cloud ${path})`);
  }
  const smallest = plan.sites.filter(({ mtu }) => mtu === plan.mtu);
  if (smallest.length < plan.sites.length && smallest.length > 0) {
    page.line(`no more than ${plan.mtu} passes to ${smallest.map(({ name }) => name).join(", ")}`);
  }
}

function routesBy({ routesAt, driver }: NetworkPlan): string {
  return routesAt === "gateway" ? `not ours: behind the gateway, by ${driver}` : "made";
}

function inOpenStack(plan: NetworkPlan, page: Page): void {
  page.section("In OpenStack");
  const byState = (adopted: boolean) => (adopted ? "adopted, never changed" : "made");
  const unnamed = "(named after the component)";
  const rows = [
    [
      "network",
      plan.names.network ?? (plan.adopted.network ? "(given by its id)" : unnamed),
      byState(plan.adopted.network),
    ],
    ["subnet", `${plan.cidr}`, byState(plan.adopted.subnet)],
    ["routes", counted(plan.routes.length, "route"), routesBy(plan)],
  ];
  const byId = "(given by its id)";
  if (plan.adopted.router) {
    const joined = plan.joinsSubnet ? "adopted, gets an interface" : "adopted, has the gateway's address";
    rows.push(["router", plan.names.router ?? byId, joined]);
  } else if (plan.hasRouter) rows.push(["router", plan.names.router ?? unnamed, "made"]);
  else rows.push(["gateway", `${plan.gateway}`, "not ours: whoever runs the network has it"]);
  if (plan.accessNetwork !== undefined) {
    const { name, cidr, gateway } = plan.accessNetwork;
    rows.push(["access network", `${name ?? unnamed}, ${cidr}`, "made"]);
    rows.push(["  its gateway", `${gateway}`, "the router's address there"]);
  }
  const { securityGroup: group } = plan;
  if (group !== undefined) {
    rows.push(["security group", group.name ?? (group.adopted ? byId : unnamed), byState(group.adopted)]);
  }
  if (plan.routesAt !== "gateway") rows.push(["L3VPN router", `${plan.nextHop}`, "not ours: the provider runs it"]);
  page.table([{}, {}, {}], rows);
}
