import { isUp, type Session } from "@plinth/lab";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cluster } from "../support/cluster.js";
import { type EngineEvent, errors, shortUrn, summary } from "../support/engine-events.js";
import { hybridStack, IN_KUBERNETES, IN_OPENSTACK, NOTHING_IN_KUBERNETES, RESOURCES } from "../support/hybrid.js";
import { added, count, type Inventory, inventory } from "../support/inventory.js";
import { killApiServer, locksOf } from "../support/lab-faults.js";
import type { Stack } from "../support/stack.js";
import { clusterOf, logIn, type TestLab, testLab } from "../support/test-lab.js";

const STACK = "faults";

let lab: TestLab;
let admin: Session;
let cluster: Cluster;
let before: Inventory;
let stack: Stack;

beforeAll(async () => {
  lab = await testLab();
  [admin, cluster] = [await logIn(lab), await clusterOf(lab)];
  before = await inventory(admin);
  stack = await hybridStack(lab, STACK);
});

afterAll(async () => {
  await lab?.lab.up(["kubernetes"]);
  await stack?.remove();
  await stack?.project.remove();
});

/** Whether an event says that a resource is made now, or has been made. */
function tells(event: EngineEvent, what: "begins" | "made", resource: string): boolean {
  const step = (what === "begins" ? event.resourcePreEvent : event.resOutputsEvent)?.metadata;
  return step?.op === "create" && shortUrn(step.urn) === resource;
}

describe("an up that", () => {
  it("is interrupted with Ctrl-C ends what it has begun, says so, and leaves no lock", async () => {
    const { code, events } = await stack.up({
      onEvent: (event, interrupt) => {
        if (tells(event, "made", "Network::k8s-network")) interrupt();
      },
    });
    expect(code).not.toBe(0);
    expect(summary(events).create).toBeLessThan(RESOURCES);
    expect(await locksOf(lab.lab, "hybrid", STACK)).toEqual([]);
    expect(await cluster.inventory()).toEqual(NOTHING_IN_KUBERNETES);
    const made = added(before, await inventory(admin));
    expect(made.networks).toBeDefined();
    expect(made.routers ?? []).not.toHaveLength(2);
  });

  it("goes on after that and loses the API server says which object failed, and why", async () => {
    const { code, events } = await stack.up({
      onEvent: (event) => {
        if (tells(event, "begins", "ModuleConfig::cloud-deckhouse/module-config")) killApiServer(lab.lab);
      },
    });
    expect(code).not.toBe(0);
    expect(errors(events).join("\n")).toMatch(
      /(ModuleConfig|OpenStackInstanceClass|NodeGroup)[\s\S]*(127\.0\.0\.1:\d+: (read|connect|dial)|EOF|client connection lost)/,
    );
    expect(await locksOf(lab.lab, "hybrid", STACK)).toEqual([]);
  });

  it("comes after the API server is back finishes, and nothing is there twice", async () => {
    expect((await lab.lab.up(["kubernetes"])).every(isUp)).toBe(true);
    const { code, events } = await stack.up();
    expect([code, errors(events)]).toEqual([0, []]);
    expect(count(added(before, await inventory(admin)))).toEqual(IN_OPENSTACK);
    expect(await cluster.inventory()).toEqual(IN_KUBERNETES);
    expect(await stack.urns()).toHaveLength(RESOURCES + PROVIDERS);
  });
});

/** Pulumi's own default providers, for Kubernetes and for OpenStack, are in the state too. */
const PROVIDERS = 2;
