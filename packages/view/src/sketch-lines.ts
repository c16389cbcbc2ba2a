import type { Band } from "./bands.js";
import { columns, wrap } from "./text.js";
import type { AccessNetworkNode, GatewayNode, GroupNode, NetworkNode } from "./topology.js";
import { addressesText, counted, sizeText } from "./words.js";

export function headingLines({ network, sites, groups }: Band, width: number): string[] {
  const owned = sites.filter(({ site }) => site.hosts !== "unknown");
  const counts = `${counted(owned.length, "site")}, ${counted(groups.length, "group")} of nodes`;
  return [network.name, counts].flatMap((line) => wrap(line, width));
}

export function gatewayLines(gateway: GatewayNode, width: number): string[] {
  const lines = gateway.made ? ["cloud router", gateway.name ?? ""] : ["gateway", "(not ours)"];
  return lines.filter((line) => line !== "").flatMap((line) => wrap(line, width));
}

export function accessLines(access: AccessNetworkNode, width: number): string[] {
  return [access.name ?? "access network", access.cidr].flatMap((line) => wrap(line, width));
}

export function networkLines(network: NetworkNode, width: number): string[] {
  const pods = network.podMtus.map(({ mtu }) => `, pods ${mtu}`);
  return [
    network.name + (network.adopted ? " (adopted)" : ""),
    network.cidr,
    `${addressesText(network.addresses)}, ${network.machines} taken at most`,
    `MTU ${network.mtu}${[...new Set(pods)].join("")}`,
    ...network.innerRoutes.map(({ destination, via }) => `${destination} via ${via}`),
  ].flatMap((line) => wrap(line, width));
}

export function groupLines(group: GroupNode, width: number, ascii: boolean): string[] {
  const { perZone } = group;
  const [always, needed] = ascii ? ["#", "o"] : ["■", "□"];
  const dots = always.repeat(perZone.min) + needed.repeat(perZone.max - perZone.min);
  const zones = group.zones.map((zone) => {
    const text = `${zone}: ${sizeText(perZone)}`;
    return columns(text) + 1 + dots.length <= width ? `${text} ${dots}` : text;
  });
  return [
    group.name,
    `${counted(group.cores, "core")}, ${group.memory}, ${group.disk}`,
    ...zones,
    ...group.taints.map((taint) => `taint ${taint}`),
  ].flatMap((line) => wrap(line, width));
}

/** What the signs mean. */
export function legendLines(ascii: boolean, width: number): string[] {
  const [left, right, line, always, needed] = ascii ? ["<", ">", "-", "#", "o"] : ["◄", "►", "─", "■", "□"];
  const routes = `${left} route of the VMs   ${right} return route of the site's hosts`;
  const machines = `${always} machine, always   ${needed} when needed`;
  const dashed = `dashed ${line === "-" ? "(. :)" : "(╌ ╎)"} run by someone else`;
  const whole = `${routes}   ${machines}`;
  return columns(whole) <= width ? [whole, dashed] : [routes, machines, dashed];
}
