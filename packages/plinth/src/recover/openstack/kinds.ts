import type { Session } from "@plinth/clients";
import { findOwnerHash } from "@plinth/core";
import type { Properties } from "../checkpoint.js";
import { described, type Listed } from "./described.js";
import { type FoundObject, type OpenStackKind, textOf, unlessMissing } from "./kind.js";
import { FLAVOR_ACCESS, ROLE_ASSIGNMENT, ROUTER_INTERFACE, ROUTER_ROUTE, SUBNET_ROUTE } from "./relations.js";

const neutron = (path: string, key: string): OpenStackKind => described({ service: "network", path, key });

const SECURITY_GROUP = described({
  service: "network",
  path: "/security-groups",
  key: "security_groups",
  // the provider deletes the rules that Neutron puts into each group in requests of their own
  async incomplete(cloud, { id }, { deleteDefaultRules }) {
    if (deleteDefaultRules !== true) return undefined;
    const path = `/security-group-rules?security_group_id=${id}`;
    const { security_group_rules: rules } = await cloud.get<{ security_group_rules: unknown[] }>("network", path);
    return rules.length > 0 ? "Neutron's own rules are still in it" : undefined;
  },
});

/** Not listed by owner: Neutron deletes them with their group, and takes none twice. */
const { all: _, ...SECURITY_GROUP_RULE } = neutron("/security-group-rules", "security_group_rules");

const FLAVOR = described({
  service: "compute",
  path: "/flavors/detail",
  key: "flavors",
  query: "?is_public=None",
  microversion: "2.55", // the first that tells descriptions
});

const IMAGE = described({
  service: "image",
  path: "/images",
  key: "images",
  query: "?limit=1000",
  ownerOf: (image) => (image as Listed & { readonly plinth_owner?: string }).plinth_owner,
  ownerIn: ({ properties }) => (properties as Properties | undefined)?.plinth_owner,
  async incomplete(_, image) {
    const { status } = image as Listed & { readonly status?: string };
    return status === "active" ? undefined : `its data are not there: it is ${status}`;
  },
});

/** Neither description nor tags: the owner is at the end of the name, unless the user gave one, unique for its user. */
const KEY_PAIR: OpenStackKind = {
  async find(cloud, inputs) {
    const found = await keyPair(cloud, String(inputs.name), inputs);
    if (found === undefined) return [];
    const key = (text: unknown): string => String(text).trim().split(/\s+/).slice(0, 2).join(" ");
    const isOurs = inputs.publicKey !== undefined && key(found.public_key) === key(inputs.publicKey);
    return [{ id: found.name, isOurs }];
  },
  exists: async (cloud, id, inputs) => (await keyPair(cloud, id, inputs)) !== undefined,
};

async function keyPair(
  cloud: Session,
  name: string,
  inputs: Properties,
): Promise<{ name: string; public_key: string } | undefined> {
  const user = inputs.userId === undefined ? "" : `?user_id=${textOf(inputs, "userId")}`;
  const path = `/os-keypairs/${encodeURIComponent(name)}${user}`;
  type Answer = { keypair: { name: string; public_key: string } };
  return (await unlessMissing(cloud.get<Answer>("compute", path, "2.10")))?.keypair;
}

/** No description either; names are not unique. */
const SERVER_GROUP: OpenStackKind = {
  async find(cloud, { name }) {
    const isOurs = findOwnerHash(String(name)) !== undefined;
    return (await serverGroups(cloud))
      .filter((each) => each.name === name)
      .map(({ id }): FoundObject => ({ id, isOurs }));
  },
  exists: async (cloud, id) => (await unlessMissing(cloud.get("compute", `/os-server-groups/${id}`))) !== undefined,
  all: async (cloud) =>
    (await serverGroups(cloud))
      .filter(({ name }) => findOwnerHash(name) !== undefined)
      .map(({ id, name }) => ({ id, name, owner: name })),
};

async function serverGroups(cloud: Session): Promise<readonly { readonly id: string; readonly name: string }[]> {
  type Answer = { server_groups: { id: string; name: string }[] };
  return (await cloud.get<Answer>("compute", "/os-server-groups")).server_groups;
}

/** Types that can be found, by their token in Pulumi. */
export const OPENSTACK_KINDS: Readonly<Record<string, OpenStackKind>> = {
  "openstack:networking/network:Network": neutron("/networks", "networks"),
  "openstack:networking/subnet:Subnet": neutron("/subnets", "subnets"),
  "openstack:networking/router:Router": neutron("/routers", "routers"),
  "openstack:networking/port:Port": neutron("/ports", "ports"),
  "openstack:networking/secGroup:SecGroup": SECURITY_GROUP,
  "openstack:networking/secGroupRule:SecGroupRule": SECURITY_GROUP_RULE,
  "openstack:networking/subnetRoute:SubnetRoute": SUBNET_ROUTE,
  "openstack:networking/routerRoute:RouterRoute": ROUTER_ROUTE,
  "openstack:networking/routerInterface:RouterInterface": ROUTER_INTERFACE,
  "openstack:compute/flavor:Flavor": FLAVOR,
  "openstack:compute/flavorAccess:FlavorAccess": FLAVOR_ACCESS,
  "openstack:compute/keypair:Keypair": KEY_PAIR,
  "openstack:compute/serverGroup:ServerGroup": SERVER_GROUP,
  "openstack:identity/user:User": described({ service: "identity", path: "/users", key: "users" }),
  "openstack:identity/roleAssignment:RoleAssignment": ROLE_ASSIGNMENT,
  "openstack:images/image:Image": IMAGE,
};
