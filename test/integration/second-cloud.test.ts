import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { connect, openstackWith, readCloud, type Session } from "@plinth/lab";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cluster } from "../support/cluster.js";
import { errors, steps } from "../support/engine-events.js";
import { hybridStack, IN_KUBERNETES, NOTHING_IN_KUBERNETES } from "../support/hybrid.js";
import { added, count, type Inventory, inventory } from "../support/inventory.js";
import * as openstack from "../support/openstack.js";
import { cloudsYamlOf, makeForCustomer, PROVIDERS_PASSWORD } from "../support/provider-side.js";
import type { Stack } from "../support/stack.js";
import { clusterOf, logIn, otherLab, type TestLab, testLab } from "../support/test-lab.js";

let theirs: TestLab;
let admin: Session;
let cluster: Cluster;
let stack: Stack;
let before: Inventory;
let subnet: openstack.Subnet;

beforeAll(async () => {
  const ours = await testLab();
  cluster = await clusterOf(ours);
  theirs = await otherLab("second", [openstackWith({ name: "openstack", zone: "ru-3a" })]);
  admin = await logIn(theirs);
  await makeForCustomer(theirs, admin);
  before = await inventory(admin);
  subnet = await openstack.subnetOf(admin, await openstack.network(admin, "k8s_l3vpn"));

  stack = await hybridStack(ours, "second-cloud", {
    config: { "hybrid:existing": "true" },
    password: PROVIDERS_PASSWORD,
    env: (dir) => ({ OS_CLIENT_CONFIG_FILE: join(dir, "customer.json"), OS_CLOUD: "customer" }),
  });
  await writeFile(join(stack.project.dir, "customer.json"), cloudsYamlOf(admin));
});

afterAll(async () => {
  await stack?.remove();
  await stack?.project.remove();
  await theirs?.lab.down();
});

describe("the hybrid stack on somebody's own cloud, by configuration only", () => {
  it("is not previewed as another member, whose key pair would be of no use", async () => {
    const file = theirs.env.OS_CLIENT_CONFIG_FILE ?? "";
    const env = { OS_CLIENT_CONFIG_FILE: file, OS_CLOUD: "lab-member" };
    const { code, events } = await stack.run(["preview"], { env });
    expect(code).not.toBe(0);
    expect(errors(events).join("\n")).toContain("PL4013  The key pair would belong to demo");
    expect(await inventory(admin)).toEqual(before);
  });

  it("is made by a plain member of a project around what the administrators have made", async () => {
    const { code, events } = await stack.up();
    expect([code, errors(events)]).toEqual([0, []]);
    expect(count(added(before, await inventory(admin)))).toEqual({
      networks: 1, // the access network
      subnets: 1,
      ports: 3,
      routers: 1,
      securityGroups: 1,
      keyPairs: 1,
    });
    expect(await openstack.hostRoutes(admin, "k8s_l3vpn")).toHaveLength(3);
    expect(await cluster.inventory()).toEqual(IN_KUBERNETES);
    expect((await cluster.get("moduleConfigs", "cloud-provider-openstack")).spec).toMatchObject({
      settings: {
        connection: {
          authURL: admin.endpoints.get("identity"),
          tenantID: admin.projectId,
          username: "k8s-nodes",
          password: PROVIDERS_PASSWORD,
        },
      },
    });
  });

  it("has its key pair with the user as which machines are ordered", async () => {
    const file = join(stack.project.dir, "clouds.yaml");
    await writeFile(file, await stack.output<string>("cloudsYaml"));
    const nodes = await connect(await readCloud(file, "plinth"));
    expect(await nodes.get("compute", "/os-keypairs/deckhouse")).toMatchObject({ keypair: { user_id: nodes.userId } });
    await expect(nodes.post("identity", "/users", { user: { name: "another" } })).rejects.toMatchObject({
      status: 403,
    });
  });

  it("is left alone by a second up", async () => {
    const { code, events } = await stack.up();
    expect([code, errors(events), steps(events)]).toEqual([0, [], []]);
  });

  it("leaves what the administrators have made as it was when it is destroyed", async () => {
    const { code, events } = await stack.run(["destroy", "--yes", "--skip-preview"]);
    expect([code, errors(events)]).toEqual([0, []]);
    expect(await inventory(admin)).toEqual(before);
    expect(await openstack.subnetOf(admin, await openstack.network(admin, "k8s_l3vpn"))).toMatchObject({
      id: subnet.id,
      host_routes: subnet.host_routes,
      gateway_ip: "192.168.200.1",
      allocation_pools: [{ start: "192.168.200.2", end: "192.168.200.251" }],
    });
    expect(await cluster.inventory()).toEqual(NOTHING_IN_KUBERNETES);
  });
});
