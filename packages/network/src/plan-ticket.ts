import type { NetworkPlan } from "./plan.js";

/**
 * What to ask of whoever runs the L3VPN router, as text for a ticket.
 * @param network name of the OpenStack network. @default - the one given, or a word that its id is to be filled in
 */
export function toTicket(plan: NetworkPlan, network = plan.names.network ?? "(its id)"): string {
  const services = plan.reserved
    .filter(({ use }) => use === "service address")
    .map(({ address }) => address.toString());
  const sites = plan.sites.flatMap(({ name, cidrs }) => cidrs.map((cidr) => `  - ${name}: ${cidr}`));
  return [
    `Please join the network ${network}, subnet ${plan.cidr}, to our L3VPN router:`,
    `  - address of the router in this subnet: ${plan.nextHop}`,
    ...(services.length === 0 ? [] : [`  - service addresses kept free for it: ${services.join(", ")}`]),
    `  - default gateway of the subnet stays ${plan.gateway}`,
    "Sites that must reach the subnet and be reached from it:",
    ...sites,
    `Packets of ${plan.mtu} bytes must pass undivided.`,
    "",
  ].join("\n");
}
