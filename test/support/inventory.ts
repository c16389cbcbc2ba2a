import type { Session } from "@plinth/lab";
import { nova } from "./openstack.js";

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What is in an OpenStack, by kind: `<name> <id>` each, sorted. Two of them are compared as they are. */
export type Inventory = Readonly<Record<string, readonly string[]>>;

/** All that an administrator sees, in all projects: of the kinds that the hybrid stack makes, or that OpenStack makes with them. */
export async function inventory(admin: Session): Promise<Inventory> {
  const list = async (service: string, path: string, key: string): Promise<string[]> => {
    const answer = await admin.get<Record<string, Named[]>>(service, path);
    return (answer[key] ?? []).map(({ id, name }) => `${name} ${id}`).sort();
  };
  const kinds: Record<string, Promise<string[]>> = {
    networks: list("network", "/networks", "networks"),
    subnets: list("network", "/subnets", "subnets"),
    ports: list("network", "/ports", "ports"),
    routers: list("network", "/routers", "routers"),
    securityGroups: list("network", "/security-groups", "security_groups"),
    users: list("identity", "/users", "users"),
    flavors: list("compute", "/flavors?is_public=None", "flavors"),
    images: list("image", "/images", "images"),
    servers: list("compute", "/servers/detail?all_tenants=1", "servers"),
    keyPairs: keyPairs(admin),
  };
  const entries = Object.entries(kinds).map(async ([kind, names]) => [kind, await names] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** Nova lists key pairs for one user at a time. */
async function keyPairs(admin: Session): Promise<string[]> {
  const { users } = await admin.get<{ users: Named[] }>("identity", "/users");
  const lists = users.map(async (user) => {
    const path = `/os-keypairs?user_id=${user.id}`;
    const { keypairs } = await nova<{ keypairs: { keypair: { name: string } }[] }>(admin, "2.10", path);
    return keypairs.map(({ keypair }) => `${keypair.name} of ${user.name}`);
  });
  return (await Promise.all(lists)).flat().sort();
}

/** What is in the second inventory and not in the first, by kind; kinds without a difference are left out. */
export function added(before: Inventory, after: Inventory): Record<string, string[]> {
  const entries = Object.entries(after).map(([kind, names]) => {
    return [kind, names.filter((name) => !(before[kind] ?? []).includes(name))] as const;
  });
  return Object.fromEntries(entries.filter(([, names]) => names.length > 0));
}

/** How many of each kind. */
export function count(names: Readonly<Record<string, readonly string[]>>): Record<string, number> {
  return Object.fromEntries(Object.entries(names).map(([kind, of]) => [kind, of.length]));
}
