import type { Session } from "@plinth/lab";

/** What the hybrid stack makes in Neutron, as Neutron answers it. */
export interface Network {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly subnets: readonly string[];
  /** Largest packet that it carries, in bytes. */
  readonly mtu: number;
}
export interface HostRoute {
  readonly destination: string;
  readonly nexthop: string;
}
export interface Subnet {
  readonly id: string;
  readonly cidr: string;
  readonly host_routes: readonly HostRoute[];
}
export interface Router {
  readonly id: string;
  readonly description: string;
}
interface Port {
  readonly fixed_ips: readonly { readonly subnet_id: string; readonly ip_address: string }[];
}
export interface Flavor {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly disk: number;
}

export interface KeyPair {
  readonly user_id: string;
  readonly public_key: string;
}

/** The one object that a list has. @throws Error when it has none or several */
export async function theOnly<T>(session: Session, service: string, path: string, key: string): Promise<T> {
  const answer = await session.get<Record<string, T[]>>(service, path);
  const [only, ...others] = answer[key] ?? [];
  if (only === undefined || others.length > 0) throw new Error(`${path}: ${JSON.stringify(answer[key])}`);
  return only;
}

export function network(session: Session, name: string): Promise<Network> {
  return theOnly(session, "network", `/networks?name=${name}`, "networks");
}

export function subnetOf(session: Session, { id }: Network): Promise<Subnet> {
  return theOnly(session, "network", `/subnets?network_id=${id}`, "subnets");
}

/** Destinations and next hops of a subnet's host routes, sorted. */
export async function hostRoutes(session: Session, networkName: string): Promise<string[]> {
  const { host_routes: routes } = await subnetOf(session, await network(session, networkName));
  return routes.map(({ destination, nexthop }) => `${destination} via ${nexthop}`).sort();
}

/** Addresses of a router inside the networks that it joins, sorted. */
export async function interfacesOf(session: Session, { id }: Router): Promise<string[]> {
  const path = `/ports?device_id=${id}&device_owner=network:router_interface`;
  const { ports } = await session.get<{ ports: Port[] }>("network", path);
  return ports.flatMap((port) => port.fixed_ips.map(({ ip_address }) => ip_address)).sort();
}

interface Rule {
  readonly direction: string;
  readonly protocol: string | null;
  readonly port_range_min: number | null;
  readonly remote_ip_prefix: string | null;
}

/** Rules of a security group, `<direction> <protocol> <first port> <range>` each, sorted. */
export async function rulesOf(session: Session, securityGroupId: string): Promise<string[]> {
  const path = `/security-group-rules?security_group_id=${securityGroupId}`;
  const { security_group_rules: rules } = await session.get<{ security_group_rules: Rule[] }>("network", path);
  return rules
    .map((rule) => `${rule.direction} ${rule.protocol} ${rule.port_range_min} ${rule.remote_ip_prefix}`)
    .sort();
}

/** Rules that Neutron gives each group by itself: everything may go out. */
export const NEUTRONS_OWN_RULES = ["egress null null null", "egress null null null"];

/** Addresses that so many ports of a network get, made ten at a time; the ports are gone afterwards, whatever happens. */
export async function addressesOfPorts(session: Session, networkId: string, count: number): Promise<string[]> {
  const name = "address-of-port";
  const addresses: string[] = [];
  try {
    for (let made = 0; made < count; made += 10) {
      const ports = Array.from({ length: Math.min(10, count - made) }, () => ({ network_id: networkId, name }));
      const answer = await session.post<{ ports: Port[] }>("network", "/ports", { ports });
      addresses.push(...answer.ports.flatMap(({ fixed_ips }) => fixed_ips.map(({ ip_address }) => ip_address)));
    }
    return addresses;
  } finally {
    const { ports } = await session.get<{ ports: { id: string }[] }>("network", `/ports?name=${name}`);
    for (const { id } of ports) await session.delete("network", `/ports/${id}`);
  }
}

/** Asks Nova with a microversion, where the first one does not tell what is wanted. */
export async function nova<T>(session: Session, microversion: string, path: string): Promise<T> {
  const headers = { "X-Auth-Token": session.token, "OpenStack-API-Version": `compute ${microversion}` };
  const response = await fetch(`${session.endpoints.get("compute")}${path}`, { headers });
  const text = await response.text();
  if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
}

/** A flavor with its description. */
export async function flavor(session: Session, name: string): Promise<Flavor> {
  const { flavors } = await nova<{ flavors: Flavor[] }>(session, "2.55", "/flavors/detail?is_public=None");
  const [only, ...others] = flavors.filter((each) => each.name === name);
  if (only === undefined || others.length > 0) throw new Error(`flavors: ${JSON.stringify(flavors)}`);
  return only;
}

/** The key pair of a user, which an administrator sees. */
export async function keyPair(session: Session, name: string, userId: string): Promise<KeyPair> {
  const path = `/os-keypairs/${name}?user_id=${userId}`;
  return (await nova<{ keypair: KeyPair }>(session, "2.10", path)).keypair;
}

/** Ids of the projects that may use a private flavor. */
export async function projectsOf(session: Session, { id }: Flavor): Promise<string[]> {
  const path = `/flavors/${id}/os-flavor-access`;
  const { flavor_access } = await session.get<{ flavor_access: { tenant_id: string }[] }>("compute", path);
  return flavor_access.map(({ tenant_id }) => tenant_id);
}
