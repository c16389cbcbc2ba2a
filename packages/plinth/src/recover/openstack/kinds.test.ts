import { ApiError, type Session } from "@plinth/clients";
import { ownedName, ownerText } from "@plinth/core";
import { expect, test } from "vitest";
import { OPENSTACK_KINDS } from "./kinds.js";

const of = { project: "shop", stack: "dev", urn: "urn:pulumi:dev::shop::t::n" };
const owner = ownerText(of);

/** A cloud that answers each path with what is given, and with 404 elsewhere. */
function cloud(answers: Readonly<Record<string, object>>): Session {
  const get = async (service: string, path: string, microversion?: string): Promise<unknown> => {
    const answer = answers[`${service} ${path}${microversion === undefined ? "" : ` ${microversion}`}`];
    if (answer === undefined) throw new ApiError(`GET ${path}`, 404, "");
    return answer;
  };
  return { get } as Session;
}

const kind = (type: string) => {
  const found = OPENSTACK_KINDS[type];
  if (found === undefined) throw new Error(type);
  return found;
};
const ids = (found: readonly { readonly id: string; readonly isOurs: boolean }[]) =>
  found.map(({ id, isOurs }) => [id, isOurs]);

test("an object with a description is found by the owner in it, a user's own by its name", async () => {
  const networks = [
    { id: "n1", name: "a", description: owner },
    { id: "n2", name: "a", description: "" },
    { id: "n3", name: "b", description: null },
  ];
  const neutron = cloud({ "network /networks": { networks }, "network /networks/n1": {} });
  const network = kind("openstack:networking/network:Network");
  expect(ids(await network.find(neutron, { name: "a", description: owner }))).toEqual([["n1", true]]);
  expect(ids(await network.find(neutron, { name: "b" }))).toEqual([["n3", false]]);
  expect(await network.all?.(neutron)).toEqual([{ id: "n1", name: "a", owner }]);
  expect([await network.exists(neutron, "n1", {}), await network.exists(neutron, "n9", {})]).toEqual([true, false]);
});

test("flavors tell their description from a microversion on", async () => {
  const flavors = [{ id: "f1", name: "a", description: owner }];
  const nova = cloud({ "compute /flavors/detail?is_public=None 2.55": { flavors }, "compute /flavors/f1": {} });
  const flavor = kind("openstack:compute/flavor:Flavor");
  expect(ids(await flavor.find(nova, { description: owner }))).toEqual([["f1", true]]);
  expect(await flavor.exists(nova, "f1", {})).toBe(true);
});

test("a key pair is found by name, user and key", async () => {
  const keypair = { name: "k", public_key: "ssh-ed25519 AAAA somebody@there" };
  const nova = cloud({ "compute /os-keypairs/k?user_id=u1 2.10": { keypair } });
  const pair = kind("openstack:compute/keypair:Keypair");
  const inputs = { name: "k", userId: "u1", publicKey: "ssh-ed25519 AAAA me" };
  expect(ids(await pair.find(nova, inputs))).toEqual([["k", true]]);
  expect(ids(await pair.find(nova, { ...inputs, publicKey: "ssh-ed25519 BBBB me" }))).toEqual([["k", false]]);
  expect(ids(await pair.find(nova, { ...inputs, userId: "u2" }))).toEqual([]);
  expect(await pair.exists(nova, "k", inputs)).toBe(true);
});

test("a server group is found by the owner in its name", async () => {
  const name = ownedName(of, "workers");
  const server_groups = [
    { id: "s1", name },
    { id: "s2", name: "given" },
  ];
  const nova = cloud({ "compute /os-server-groups": { server_groups } });
  const group = kind("openstack:compute/serverGroup:ServerGroup");
  expect(ids(await group.find(nova, { name }))).toEqual([["s1", true]]);
  expect(ids(await group.find(nova, { name: "given" }))).toEqual([["s2", false]]);
  expect(await group.all?.(nova)).toEqual([{ id: "s1", name, owner: name }]);
});

test("an image without its data, and a group with Neutron's rules in it, are not whole", async () => {
  const images = [{ id: "i1", name: "a", plinth_owner: owner, status: "queued" }];
  const image = kind("openstack:images/image:Image");
  const inputs = { name: "a", properties: { plinth_owner: owner } };
  expect(await image.find(cloud({ "image /images?limit=1000": { images } }), inputs)).toEqual([
    { id: "i1", isOurs: true, incomplete: "its data are not there: it is queued" },
  ]);
  const group = kind("openstack:networking/secGroup:SecGroup");
  const neutron = cloud({
    "network /security-groups": { security_groups: [{ id: "g1", description: owner }] },
    "network /security-group-rules?security_group_id=g1": { security_group_rules: [{}] },
  });
  expect(await group.find(neutron, { description: owner, deleteDefaultRules: true })).toMatchObject([
    { incomplete: "Neutron's own rules are still in it" },
  ]);
  expect(await group.find(neutron, { description: owner })).toEqual([{ id: "g1", isOurs: true }]);
});

test("routes and interfaces are there or not, by what they join", async () => {
  const route = { destination: "10.0.0.0/8", nexthop: "192.168.0.1" };
  const interfaces = [
    { id: "p1", device_owner: "network:router_interface", fixed_ips: [{ subnet_id: "s1" }] },
    { id: "p2", device_owner: "network:router_gateway", fixed_ips: [{ subnet_id: "s2" }] },
    { id: "p3", device_owner: "network:ha_router_replicated_interface", fixed_ips: [{ subnet_id: "s3" }] },
  ];
  const neutron = cloud({
    "network /subnets/s1": { subnet: { host_routes: [route] } },
    "network /routers/r1": { router: { routes: [route] } },
    "network /ports?device_id=r1": { ports: interfaces },
  });
  const inputs = { destinationCidr: "10.0.0.0/8", nextHop: "192.168.0.1" };
  const onSubnet = kind("openstack:networking/subnetRoute:SubnetRoute");
  const id = "s1-route-10.0.0.0/8-192.168.0.1";
  expect(ids(await onSubnet.find(neutron, { ...inputs, subnetId: "s1" }))).toEqual([[id, true]]);
  expect(await onSubnet.exists(neutron, id, { ...inputs, subnetId: "s1" })).toBe(true);
  expect(ids(await onSubnet.find(neutron, { ...inputs, subnetId: "s1", nextHop: "192.168.0.2" }))).toEqual([]);
  expect(ids(await onSubnet.find(neutron, { ...inputs, subnetId: "gone" }))).toEqual([]);
  const onRouter = kind("openstack:networking/routerRoute:RouterRoute");
  expect(ids(await onRouter.find(neutron, { ...inputs, routerId: "r1" }))).toEqual([
    ["r1-route-10.0.0.0/8-192.168.0.1", true],
  ]);
  const joined = kind("openstack:networking/routerInterface:RouterInterface");
  const joins = async (subnetId: string) => ids(await joined.find(neutron, { routerId: "r1", subnetId }));
  expect([await joins("s1"), await joins("s2"), await joins("s3")]).toEqual([[["p1", true]], [], [["p3", true]]]);
});

test("access to a flavor and a role are there or not, by whom they are given", async () => {
  const access = kind("openstack:compute/flavorAccess:FlavorAccess");
  const nova = cloud({ "compute /flavors/f1/os-flavor-access": { flavor_access: [{ tenant_id: "t1" }] } });
  expect(ids(await access.find(nova, { flavorId: "f1", tenantId: "t1" }))).toEqual([["f1/t1", true]]);
  expect(ids(await access.find(nova, { flavorId: "f1", tenantId: "t2" }))).toEqual([]);
  const role = kind("openstack:identity/roleAssignment:RoleAssignment");
  const path = "identity /role_assignments?scope.project.id=p1&user.id=u1&role.id=r1";
  const keystone = cloud({ [path]: { role_assignments: [{}] } });
  const inputs = { projectId: "p1", userId: "u1", roleId: "r1" };
  expect(ids(await role.find(keystone, inputs))).toEqual([["/p1//u1/r1", true]]);
  expect(ids(await role.find(cloud({ [path]: { role_assignments: [] } }), inputs))).toEqual([]);
});
