import type { NetworkPlan, PlannedSecurityRule } from "@plinth/network/plan";
import type { Page } from "./page.js";

/** Writes what the security group lets through: one line for all that goes between the same two. */
export function explainSecurity({ securityGroup: group }: NetworkPlan, page: Page): void {
  if (group === undefined) return;
  page.section("Packets that the security group lets through");
  if (group.adopted) page.note("it exists and is not changed: these are the rules that it must have");
  const lines = new Map<string, { readonly first: PlannedSecurityRule; readonly services: string[] }>();
  for (const rule of group.rules) {
    const key = `${rule.direction} ${rule.remote}`;
    const line = lines.get(key);
    if (line === undefined) lines.set(key, { first: rule, services: [serviceText(rule)] });
    else line.services.push(serviceText(rule));
  }
  const rows = [...lines.values()].map(({ first: { direction, remote, site }, services }) => [
    direction === "ingress" ? "in from" : "out to",
    `${remote}`,
    site === undefined ? "" : `site ${site}`,
    services.join(", "),
  ]);
  if (group.egress === "all") rows.push(["out to", "everything", "", "Neutron's own rules"]);
  page.table([{}, {}, {}, {}], rows);
}

function serviceText({ protocol, ports, use }: PlannedSecurityRule): string {
  if (protocol === "any") return "everything";
  if (ports === undefined) return protocol;
  const [first, last] = ports;
  const range = first === last ? `${first}` : `${first}-${last}`;
  return `${use.replace(/-(tcp|udp)$/, "")} ${protocol}/${range}`;
}
