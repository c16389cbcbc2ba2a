import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findOwnerHash, ownerText } from "@plinth/core";
import { connect, readCloud, type Session } from "@plinth/lab";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cluster } from "../support/cluster.js";
import { drift, errors, steps, summary, warnings } from "../support/engine-events.js";
import {
  hybridStack,
  IN_KUBERNETES,
  IN_OPENSTACK,
  NOTHING_IN_KUBERNETES,
  PASSWORD,
  RESOURCES,
} from "../support/hybrid.js";
import { added, count, type Inventory, inventory } from "../support/inventory.js";
import { PUBLIC_KEYS } from "../support/keys.js";
import * as openstack from "../support/openstack.js";
import type { Stack } from "../support/stack.js";
import { clusterOf, logIn, type TestLab, testLab } from "../support/test-lab.js";

const STACK = "lifecycle";
/** A kubeconfig of a cluster that is not there: nothing listens on port 1. */
const NO_CLUSTER = {
  apiVersion: "v1",
  kind: "Config",
  clusters: [{ name: "none", cluster: { server: "https://127.0.0.1:1" } }],
  users: [{ name: "none", user: { token: "none" } }],
  contexts: [{ name: "none", context: { cluster: "none", user: "none" } }],
  "current-context": "none",
};

let lab: TestLab;
let admin: Session;
let cluster: Cluster;
let before: Inventory;
let stack: Stack;

beforeAll(async () => {
  lab = await testLab();
  [admin, cluster] = [await logIn(lab), await clusterOf(lab)];
  before = await inventory(admin);
  stack = await hybridStack(lab, STACK, { asTypeScript: true });
});

afterAll(async () => {
  await stack?.remove();
  await stack?.project.remove();
});

/** The owner as it has to stand in the description of what a resource of the stack made. */
async function ownerOf(resource: string): Promise<string> {
  const urn = (await stack.urns()).find((each) => each.endsWith(`::${resource}`)) ?? "";
  return ownerText({ project: "hybrid", stack: STACK, urn });
}

describe("the hybrid stack", () => {
  it("is previewed while no cluster can be reached, and nothing is made", async () => {
    const KUBECONFIG = join(stack.project.dir, "no-cluster.json");
    await writeFile(KUBECONFIG, JSON.stringify(NO_CLUSTER));
    const { code, events } = await stack.run(["preview"], { env: { KUBECONFIG } });
    expect(errors(events)).toEqual([]);
    expect(code).toBe(0);
    expect(summary(events)).toEqual({ create: RESOURCES });
    expect(await inventory(admin)).toEqual(before);
  });

  it("is made by up", async () => {
    const { code, events } = await stack.up();
    expect(errors(events)).toEqual([]);
    expect(code).toBe(0);
    expect(summary(events)).toEqual({ create: RESOURCES });
    expect(count(added(before, await inventory(admin)))).toEqual(IN_OPENSTACK);
    expect(await cluster.inventory()).toEqual(IN_KUBERNETES);
  });

  it("has the network of the article in Neutron", async () => {
    const network = await openstack.network(admin, "k8s_l3vpn");
    expect(network).toMatchObject({ description: await ownerOf("k8s-network"), admin_state_up: true });
    expect(findOwnerHash(network.description)).toMatch(/^[0-9a-f]{12}$/);
    expect(await openstack.subnetOf(admin, network)).toMatchObject({
      description: await ownerOf("k8s-subnet"),
      cidr: "192.168.200.0/24",
      gateway_ip: "192.168.200.1",
      enable_dhcp: true,
      dns_nameservers: [],
      allocation_pools: [{ start: "192.168.200.2", end: "192.168.200.251" }],
    });
    expect(await openstack.hostRoutes(admin, "k8s_l3vpn")).toEqual([
      "10.13.1.0/24 via 192.168.200.252",
      "192.168.204.0/24 via 192.168.200.252",
      "192.168.205.0/24 via 192.168.200.252",
    ]);
  });

  it("lets the racks and the subnet reach the VMs, and nobody else", async () => {
    const group = await openstack.theOnly<{ id: string }>(
      admin,
      "network",
      `/security-groups?name=hybrid-${STACK}-k8s-security-group`,
      "security_groups",
    );
    const ranges = ["10.13.1.0/24", "192.168.200.0/24", "192.168.204.0/24"];
    const ingress = ["icmp null", "tcp 10250", "udp 8472"].flatMap((use) =>
      ranges.map((range) => `ingress ${use} ${range}`),
    );
    const rules = await openstack.rulesOf(admin, group.id);
    expect(rules).toEqual([...openstack.NEUTRONS_OWN_RULES, ...ingress].sort());
  });

  it("hands out no reserved address", async () => {
    const { id } = await openstack.network(admin, "k8s_l3vpn");
    const addresses = await openstack.addressesOfPorts(admin, id, 40);
    expect(new Set(addresses).size).toBe(40);
    expect(addresses.filter((address) => /\.(0|1|25[2-5])$/.test(address))).toEqual([]);
  });

  it("has a router that joins both networks to the outside", async () => {
    const access = await openstack.network(admin, "k8s-external-access");
    expect(access.description).toBe(await ownerOf("k8s-access-network"));
    expect(await openstack.subnetOf(admin, access)).toMatchObject({
      description: await ownerOf("k8s-access-subnet"),
      cidr: "192.168.201.0/24",
      gateway_ip: "192.168.201.1",
    });
    const outside = await openstack.network(admin, "external-network");
    const router = await openstack.theOnly<openstack.Router>(admin, "network", "/routers", "routers");
    expect(router).toMatchObject({
      description: await ownerOf("k8s-router"),
      external_gateway_info: { network_id: outside.id, enable_snat: true },
    });
    expect(await openstack.interfacesOf(admin, router)).toEqual(["192.168.200.1", "192.168.201.1"]);
  });

  it("has a service user with its role, its key pair, and a private flavor that the project may use", async () => {
    const user = await openstack.theOnly<{ id: string }>(admin, "identity", "/users?name=k8s-nodes", "users");
    expect(user).toMatchObject({ description: await ownerOf("cloud-user"), default_project_id: admin.projectId });
    const query = `/role_assignments?user.id=${user.id}&include_names=true`;
    expect(await openstack.theOnly(admin, "identity", query, "role_assignments")).toMatchObject({
      role: { name: "member" },
      scope: { project: { id: admin.projectId } },
    });
    expect(await openstack.keyPair(admin, "deckhouse", user.id)).toMatchObject({
      user_id: user.id,
      public_key: PUBLIC_KEYS[0],
    });
    const flavor = await openstack.flavor(admin, "c4m8d50");
    expect(flavor).toMatchObject({
      description: await ownerOf("cloud-worker-flavor"),
      vcpus: 4,
      ram: 8192,
      disk: 50,
      "os-flavor-access:is_public": false,
    });
    expect(await openstack.projectsOf(admin, flavor)).toEqual([admin.projectId]);
  });

  it("has Deckhouse configured and a group of machines ordered", async () => {
    expect((await cluster.get("moduleConfigs", "cloud-provider-openstack")).spec).toEqual({
      enabled: true,
      version: 1,
      settings: {
        connection: {
          authURL: admin.endpoints.get("identity"),
          domainName: "Default",
          tenantID: admin.projectId,
          username: "k8s-nodes",
          password: PASSWORD,
          region: "RegionOne",
        },
        internalNetworkNames: ["k8s_l3vpn"],
        podNetworkMode: "VXLAN",
        instances: {
          sshKeyPairName: "deckhouse",
          mainNetwork: "k8s_l3vpn",
          securityGroups: [expect.stringContaining("security-group")],
        },
        zones: ["ru-3a"],
      },
    });
    expect((await cluster.get("instanceClasses", "cloud-worker")).spec).toEqual({
      flavorName: "c4m8d50",
      imageName: "ubuntu-22-04-cloud-amd64",
      mainNetwork: "k8s_l3vpn",
    });
    const { spec } = await cluster.get("nodeGroups", "cloud-worker");
    const { kubelet: _defaultsOfTheServer, ...ours } = spec;
    expect(ours).toEqual({
      nodeType: "CloudEphemeral",
      cloudInstances: {
        classReference: { kind: "OpenStackInstanceClass", name: "cloud-worker" },
        minPerZone: 1,
        maxPerZone: 10,
        maxSurgePerZone: 1,
        zones: ["ru-3a"],
      },
      nodeTemplate: {
        labels: { "node-role/cloud-worker": "" },
        taints: [{ key: "dedicated", value: "cloud-worker", effect: "NoExecute" }],
      },
      disruptions: { approvalMode: "Automatic" },
      chaos: { mode: "Disabled" },
    });
  });

  it("gives a clouds.yaml as a secret, with which the service user logs in", async () => {
    const file = join(stack.project.dir, "clouds.yaml");
    await writeFile(file, await stack.output<string>("cloudsYaml"));
    const session = await connect(await readCloud(file, "plinth"));
    const user = await openstack.theOnly<{ id: string }>(admin, "identity", "/users?name=k8s-nodes", "users");
    expect([session.userId, session.projectId]).toEqual([user.id, admin.projectId]);
    expect(await session.get("compute", "/os-keypairs/deckhouse")).toMatchObject({ keypair: { name: "deckhouse" } });
    const exported = (await stack.must(["stack", "export", "--stack", STACK])).text;
    expect(exported).not.toContain(JSON.stringify(PASSWORD).slice(1, -1));
    expect((await stack.must(["stack", "output", "--json", "--stack", STACK])).text).toContain(
      '"cloudsYaml": "[secret]"',
    );
  });

  it("is left alone by a second up", async () => {
    const { code, events } = await stack.up();
    expect([code, summary(events), steps(events)]).toEqual([0, { same: RESOURCES }, []]);
  });

  it("changes only what was edited, and replaces nothing", async () => {
    const made = await inventory(admin);
    await stack.project.edit('cidrs: ["192.168.204.0/24"]', 'cidrs: ["192.168.214.0/24"]');
    await stack.project.edit("max: 10", "max: 12");
    const { code, events } = await stack.up();
    expect(code).toBe(0);
    expect(steps(events).sort()).toEqual([
      ...["icmp", "kubelet", "vxlan"].map((use) => ["create", `SecGroupRule::k8s-ingress-${use}-192-168-214-0-24`]),
      ["create", "SubnetRoute::k8s-route-192-168-214-0-24"],
      ...["icmp", "kubelet", "vxlan"].map((use) => ["delete", `SecGroupRule::k8s-ingress-${use}-192-168-204-0-24`]),
      ["delete", "SubnetRoute::k8s-route-192-168-204-0-24"],
      ["update", "NodeGroup::cloud-worker-deckhouse/node-group"],
    ]);
    expect(await inventory(admin)).toEqual(made);
    expect(await openstack.hostRoutes(admin, "k8s_l3vpn")).toEqual([
      "10.13.1.0/24 via 192.168.200.252",
      "192.168.205.0/24 via 192.168.200.252",
      "192.168.214.0/24 via 192.168.200.252",
    ]);
    expect((await cluster.get("nodeGroups", "cloud-worker")).spec).toMatchObject({
      cloudInstances: { maxPerZone: 12 },
    });
  });

  it("has no drift", async () => {
    const { code, events } = await stack.run(["refresh", "--yes", "--skip-preview"]);
    expect([code, summary(events), drift(events)]).toEqual([0, { same: RESOURCES }, []]);
  });

  it("shows what was done behind its back, and up takes it back", async () => {
    await renameRouter("renamed by hand");
    await takeOver("night-shift", { maxPerZone: 3 });
    const healing = [
      ["update", "NodeGroup::cloud-worker-deckhouse/node-group"],
      ["update", "Router::k8s-router"],
    ];
    const preview = await stack.run(["preview", "--refresh"]);
    expect(errors(preview.events)).toEqual([]);
    expect(steps(preview.events).sort()).toEqual(healing);

    const up = await stack.run(["up", "--yes", "--skip-preview", "--refresh"]);
    expect(errors(up.events)).toEqual([]);
    expect(steps(up.events).sort()).toEqual(healing);
    const router = await openstack.theOnly(admin, "network", "/routers", "routers");
    expect(router).toMatchObject({ name: `hybrid-${STACK}-k8s-router` });
    const { spec, metadata } = await cluster.get("nodeGroups", "cloud-worker");
    expect(spec).toMatchObject({ cloudInstances: { maxPerZone: 12 } });
    const owners = (metadata.managedFields ?? []).filter(({ fieldsV1 }) =>
      JSON.stringify(fieldsV1).includes("maxPerZone"),
    );
    expect(owners.map(({ manager }) => manager)).toEqual([expect.stringMatching(/^pulumi-kubernetes-/)]);
  });

  it("shows a route that was removed in Neutron, and puts it back", async () => {
    await setRoutes((routes) => routes.filter(({ destination }) => destination !== "192.168.205.0/24"));
    const ordered = await uids();
    const preview = await stack.run(["preview"]);
    expect([preview.code, errors(preview.events), steps(preview.events)]).toEqual([0, [], []]);
    expect(warnings(preview.events).join("\n")).toContain(
      "k8s: the route to 192.168.205.0/24 via 192.168.200.252 is gone in Neutron. up puts it back",
    );
    const up = await stack.up();
    expect([up.code, errors(up.events), steps(up.events)]).toEqual([0, [], []]);
    expect(await openstack.hostRoutes(admin, "k8s_l3vpn")).toContain("192.168.205.0/24 via 192.168.200.252");
    expect(await uids()).toEqual(ordered);
  });

  it("is destroyed to the last object, also when a route has gone before", async () => {
    await setRoutes((routes) => routes.slice(1));
    const { code, events } = await stack.run(["destroy", "--yes", "--skip-preview"]);
    expect([code, errors(events), summary(events)]).toEqual([0, [], { delete: RESOURCES }]);
    expect(await inventory(admin)).toEqual(before);
    expect(await cluster.inventory()).toEqual(NOTHING_IN_KUBERNETES);
    expect(await stack.urns()).toEqual([]);
  });
});

/** Identities of the objects in Kubernetes: an object that was deleted and made again has another. */
async function uids(): Promise<string[]> {
  const objects = [
    cluster.get("moduleConfigs", "cloud-provider-openstack"),
    cluster.get("instanceClasses", "cloud-worker"),
    cluster.get("nodeGroups", "cloud-worker"),
  ];
  return (await Promise.all(objects)).map(({ metadata }) => metadata.uid);
}

/** Changes the host routes in Neutron, as a person at the provider's would. */
async function setRoutes(
  change: (routes: readonly openstack.HostRoute[]) => readonly openstack.HostRoute[],
): Promise<void> {
  const { id, host_routes: routes } = await openstack.subnetOf(admin, await openstack.network(admin, "k8s_l3vpn"));
  await admin.put("network", `/subnets/${id}`, { subnet: { host_routes: change(routes) } });
}

async function renameRouter(name: string): Promise<void> {
  const { id } = await openstack.theOnly<openstack.Router>(admin, "network", "/routers", "routers");
  await admin.put("network", `/routers/${id}`, { router: { name } });
}

/** Takes sizes of the group over, as `kubectl apply --server-side --force-conflicts` under another name would. */
async function takeOver(manager: string, cloudInstances: object): Promise<void> {
  const { apiVersion, kind } = await cluster.get("nodeGroups", "cloud-worker");
  await cluster.apply(
    "nodeGroups",
    { apiVersion, kind, metadata: { name: "cloud-worker" }, spec: { cloudInstances } },
    manager,
  );
}
