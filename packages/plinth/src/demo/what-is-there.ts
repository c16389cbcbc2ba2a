import type { Lab } from "@plinth/lab";
import { type Node, nodesOf, type Server, serversOf } from "./machines.js";
import type { Stack } from "./stack.js";

/** What a person counts, by Pulumi type token. What is only a part of something else is not among it. */
const KINDS: Readonly<Record<string, string>> = {
  "openstack:networking/network:Network": "network",
  "openstack:networking/subnet:Subnet": "subnet",
  "openstack:networking/subnetRoute:SubnetRoute": "route",
  "openstack:networking/router:Router": "router",
  "openstack:networking/routerInterface:RouterInterface": "router interface",
  "openstack:networking/secGroup:SecGroup": "security group",
  "openstack:networking/secGroupRule:SecGroupRule": "security group rule",
  "openstack:identity/user:User": "service user",
  "openstack:identity/roleAssignment:RoleAssignment": "role assignment",
  "openstack:compute/keypair:Keypair": "key pair",
  "openstack:compute/flavor:Flavor": "private flavor",
  "openstack:compute/flavorAccess:FlavorAccess": "flavor access",
  "openstack:images/image:Image": "image",
};

/** Columns of what stands before a list, and of the list. */
const [LABEL, LIST] = [15, 80];

/** What the lab cannot show, by the engine. */
const ABSENT: Readonly<Record<string, readonly string[]>> = {
  deckhouse: [
    "servers: with this engine Deckhouse's controllers order them, and the lab runs none (they need a licence)",
  ],
  clusterApi: [
    "running VMs: Nova's hypervisor here is its fake one, and kwok plays the kubelets; no packet flows, no container runs",
    "the cluster autoscaler: a stand-in of the lab scales the group by the same annotations",
  ],
};

/** What the stack has made, and what it has not and why, in lines for people. */
export async function whatIsThere(
  stack: Stack,
  lab: Lab,
  engines: readonly string[],
): Promise<{ readonly made: readonly string[]; readonly absent: readonly string[] }> {
  const counts = [...(await stack.resources())];
  const openstack = counts.filter(([type]) => type.startsWith("openstack:"));
  const kubernetes = counts.filter(([type]) => type.startsWith("kubernetes:"));
  const lines = (label: string, of: [string, number][], name: (type: string) => string): string[] =>
    listed(of.map(([type, count]) => plural(count, name(type)))).map(
      (text, i) => `${(i === 0 ? label : "").padEnd(LABEL)}${text}`,
    );
  const [servers, nodes] = [await serversOf(lab), await nodesOf(lab)];
  return {
    made: [
      ...lines("in OpenStack", openstack, (type) => KINDS[type] ?? type),
      ...lines("in Kubernetes", kubernetes, (type) => type.slice(type.lastIndexOf(":") + 1)),
      ...(servers.length === 0 ? [] : ["", ...machines(servers, nodes)]),
    ],
    absent: engines.flatMap((engine) => ABSENT[engine] ?? []),
  };
}

/** Servers and their Nodes as a table. */
function machines(servers: readonly Server[], nodes: readonly Node[]): string[] {
  const rows = servers.map(({ name, zone, addresses, status }) => {
    const node = nodes.find((each) => each.name === name);
    const state = node === undefined ? "none yet" : node.ready ? "Ready" : "not ready";
    return [name, zone, addresses.join(" "), status, state, node?.taints.join(" ") ?? ""];
  });
  const table = [["server", "zone", "address", "in Nova", "its Node", "taints"], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** A list as lines, broken between its items only. */
function listed(items: readonly string[]): string[] {
  const lines: string[] = [];
  for (const [i, item] of items.entries()) {
    const text = i === items.length - 1 ? item : `${item},`;
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + text.length > LIST) lines.push(text);
    else lines[lines.length - 1] = `${last} ${text}`;
  }
  return lines;
}

function plural(count: number, name: string): string {
  return `${count} ${name}${count === 1 || name.endsWith("access") ? "" : name.endsWith("s") ? "es" : "s"}`;
}
