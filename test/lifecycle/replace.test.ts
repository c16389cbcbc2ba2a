import type { Session } from "@plinth/lab";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cluster } from "../support/cluster.js";
import { errors, type Step, steps } from "../support/engine-events.js";
import { hybridStack, withoutRouter } from "../support/hybrid.js";
import { type Inventory, inventory } from "../support/inventory.js";
import { PUBLIC_KEYS } from "../support/keys.js";
import * as openstack from "../support/openstack.js";
import type { Stack } from "../support/stack.js";
import { clusterOf, logIn, type TestLab, testLab } from "../support/test-lab.js";

const FLAVOR = "Flavor::cloud-worker-flavor";
const ACCESS = "FlavorAccess::cloud-worker-flavor-access";
const KEY_PAIR = "Keypair::cloud-key-pair";

let lab: TestLab;
let admin: Session;
let cluster: Cluster;
let stack: Stack;
let made: Inventory;
let done: Step[];

beforeAll(async () => {
  lab = await testLab();
  [admin, cluster] = [await logIn(lab), await clusterOf(lab)];
  stack = await hybridStack(lab, "replace");
  await withoutRouter(stack);
  expect((await stack.up()).code).toBe(0);
  made = await inventory(admin);
  await stack.project.edit('disk: "50Gi"', 'disk: "60Gi"');
  await stack.configure({ "hybrid:publicKey": PUBLIC_KEYS[1] });
});

afterAll(async () => {
  await stack?.remove();
  await stack?.project.remove();
});

/** What was done with a resource, in order. */
function operations(resource: string): string[] {
  return done.filter(([, name]) => name === resource).map(([operation]) => operation);
}

describe("another disk and another public key", () => {
  it("are applied", async () => {
    const { code, events } = await stack.up();
    expect([code, errors(events)]).toEqual([0, []]);
    done = steps(events);
  });

  it.each([FLAVOR, ACCESS, KEY_PAIR])("delete %s before they make it anew: its name is unique", (resource) => {
    expect(operations(resource)).toEqual(["delete-replaced", "replace", "create-replacement"]);
  });

  it("replace nothing else", () => {
    expect([...new Set(done.map(([, resource]) => resource))].sort()).toEqual([FLAVOR, ACCESS, KEY_PAIR]);
  });

  it("leave one flavor and one key pair of the same names, and everything else as it was", async () => {
    const flavor = await openstack.flavor(admin, "c4m8d50");
    expect(flavor).toMatchObject({ vcpus: 4, ram: 8192, disk: 60, "os-flavor-access:is_public": false });
    expect(await openstack.projectsOf(admin, flavor)).toEqual([admin.projectId]);
    const user = await openstack.theOnly<{ id: string }>(admin, "identity", "/users?name=k8s-nodes", "users");
    expect((await openstack.keyPair(admin, "deckhouse", user.id)).public_key).toBe(PUBLIC_KEYS[1]);
    const { flavors: before, ...others } = made;
    const { flavors: after, ...same } = await inventory(admin);
    expect(same).toEqual(others);
    expect(after).toHaveLength(before?.length ?? 0);
    expect(after).not.toEqual(before);
    expect((await cluster.get("instanceClasses", "cloud-worker")).spec).toMatchObject({ flavorName: "c4m8d50" });
  });
});
