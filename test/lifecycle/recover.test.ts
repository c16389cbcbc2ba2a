import { cp, mkdtemp, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Session } from "@plinth/lab";
import { type RecoverOptions, type Recovery, recover } from "plinth";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Cluster } from "../support/cluster.js";
import { type EngineEvent, errors, steps, summary } from "../support/engine-events.js";
import { NOTHING_IN_KUBERNETES } from "../support/hybrid.js";
import { added, count, type Inventory, inventory } from "../support/inventory.js";
import { PUBLIC_KEYS } from "../support/keys.js";
import { type EngineStep, emptyAttributes, engineStep, type KillPoint, killed } from "../support/killed.js";
import { locksOf } from "../support/lab-faults.js";
import { Project } from "../support/project.js";
import { Stack } from "../support/stack.js";
import { clusterOf, logIn, type TestLab, testLab } from "../support/test-lab.js";

const HERE = fileURLToPath(new URL("./", import.meta.url));
/** How many more points are chosen by chance, half of them in an `up`, half in a `destroy`: the longer run. */
const POINTS = Number(process.env.PLINTH_KILL_POINTS ?? 0);
const SEED = Number(process.env.PLINTH_SEED ?? 1);

let lab: TestLab;
let admin: Session;
let cluster: Cluster;
let before: Inventory;
let stack: Stack;

beforeAll(async () => {
  lab = await testLab();
  [admin, cluster] = [await logIn(lab), await clusterOf(lab)];
  before = await inventory(admin);
  stack = await newStack("killed");
});

afterAll(() => remove(stack));

async function remove(of: Stack | undefined): Promise<void> {
  try {
    await of?.remove();
  } finally {
    await of?.project.remove();
  }
}

async function newStack(name: string, config: Readonly<Record<string, string>> = {}): Promise<Stack> {
  const dir = await mkdtemp(join(tmpdir(), "plinth-recover-"));
  await cp(join(HERE, "recover"), dir, { recursive: true });
  await symlink(join(HERE, "../node_modules"), join(dir, "node_modules"));
  const secrets = { password: "not-a-secret" };
  return Stack.init(new Project(dir), name, lab.env, { publicKey: PUBLIC_KEYS[0], ...config }, secrets);
}

let renewals = 0;

/** After a test that failed, the next one begins with a stack that has nothing: it does not fail for what this one has left. */
function renewAfterFailure(
  current: () => Stack,
  set: (fresh: Stack) => void,
  config?: Readonly<Record<string, string>>,
): void {
  afterEach(async ({ task }) => {
    if (task.result?.state !== "fail") return;
    const old = current();
    // the reporter tells it at the end only
    console.error(`${task.name}:`, task.result.errors?.map(({ message }) => message).join("\n"));
    const tell = (error: unknown) => console.error(`What ${old.name} has cannot be removed, and is left:`, error);
    await recoverStack(old).catch(tell);
    await remove(old).catch(tell);
    before = await inventory(admin);
    renewals += 1;
    set(await newStack(`${old.name.split("-")[0]}-${renewals}`, config));
  });
}

/** Processes that dead engines had left and that were ended. */
const ended: number[] = [];

function recoverStack(of: Stack): Promise<Recovery> {
  const endSurvivors: RecoverOptions["endSurvivors"] = (survivors) => {
    ended.push(...survivors.map(({ pid }) => pid));
    return true;
  };
  return recover({ stack: of.name, cwd: of.project.dir, env: of.env, endSurvivors });
}

/** What the program makes. */
const IN_OPENSTACK = { networks: 1, subnets: 1, securityGroups: 1, users: 1, flavors: 1, keyPairs: 1 };
const IN_KUBERNETES = {
  moduleConfigs: ["cloud-provider-openstack"],
  instanceClasses: ["workers"],
  nodeGroups: ["workers"],
};
const ROUTER = { routers: 1, ports: 2 };

const KINDS: Readonly<Record<string, string>> = {
  networks: "openstack:networking/network:Network",
  subnets: "openstack:networking/subnet:Subnet",
  routers: "openstack:networking/router:Router",
  securityGroups: "openstack:networking/secGroup:SecGroup",
  users: "openstack:identity/user:User",
  flavors: "openstack:compute/flavor:Flavor",
  keyPairs: "openstack:compute/keypair:Keypair",
};

/** That what is there is what is recorded, one for one: nothing is lost, nothing is there twice. */
async function expectRecorded(of: Stack): Promise<void> {
  const state = await of.state();
  const there = added(before, await inventory(admin));
  for (const [kind, type] of Object.entries(KINDS)) {
    const ids = (there[kind] ?? []).map((each) => (kind === "keyPairs" ? each.split(" ")[0] : each.split(" ").at(-1)));
    const recorded = state.filter((each) => each.type === type).map(({ id }) => id);
    expect({ kind, ids: ids.sort() }).toEqual({ kind, ids: recorded.sort() });
  }
  const objects = Object.values(await cluster.inventory()).flat();
  const recorded = state.filter(({ type }) => type.startsWith("kubernetes:")).map(({ id }) => id);
  expect(objects.sort()).toEqual(recorded.sort());
  expect(await locksOf(lab.lab, "recover", of.name)).toEqual([]);
}

/** That a run which was killed is recovered. @returns what was done */
async function expectHealed(of: Stack): Promise<Recovery> {
  expect(await locksOf(lab.lab, "recover", of.name)).toHaveLength(1);
  const recovery = await recoverStack(of);
  expect(recovery).toMatchObject({ done: true, seconds: [], strays: [] });
  await expectRecorded(of);
  return recovery;
}

async function expectMade(of: Stack, openstack: object): Promise<void> {
  const { code, events } = await of.up();
  expect([code, errors(events)]).toEqual([0, []]);
  expect(count(added(before, await inventory(admin)))).toEqual(openstack);
  expect(await cluster.inventory()).toEqual(IN_KUBERNETES);
  const again = await of.up();
  expect([again.code, steps(again.events), Object.keys(summary(again.events))]).toEqual([0, [], ["same"]]);
}

async function expectDestroyed(of: Stack): Promise<void> {
  const { code, events } = await of.run(["destroy", "--yes", "--skip-preview"]);
  expect([code, errors(events)]).toEqual([0, []]);
  expect(added(before, await inventory(admin))).toEqual({});
  expect(await cluster.inventory()).toEqual(NOTHING_IN_KUBERNETES);
}

const point = (when: EngineStep["when"], resource: string): KillPoint["at"] => {
  return (step) => step.when === when && step.resource === resource;
};

/** Whether Neutron has one more object of a kind than it had. */
const neutronHas = (kind: string) => async (): Promise<boolean> => {
  const answer = await admin.get<Record<string, { id: string; name: string }[]>>("network", `/${kind}`);
  return (answer[kind] ?? []).length > (before[kind] ?? []).length;
};

describe("an up that is killed", () => {
  renewAfterFailure(
    () => stack,
    (fresh) => {
      stack = fresh;
    },
  );

  it("while Neutron has a network that is not recorded yet is recovered: the network is imported", async () => {
    const until = neutronHas("networks");
    expect(await killed(stack, "up", { at: point("begins", "Network::k8s-network"), until })).toBe(true);
    const { steps: done } = await expectHealed(stack);
    expect(done.map(({ action, resource }) => [action, resource.urn.split("::").at(-1)])).toContainEqual([
      "import",
      "k8s-network",
    ]);
  });

  it("as soon as the subnet begins, with a checkpoint that Pulumi cannot read any more, is recovered", async () => {
    expect(await killed(stack, "up", { at: point("begins", "Subnet::k8s-subnet") })).toBe(true);
    const attributes = await emptyAttributes(lab.lab, "recover", stack.name);
    await expect(stack.state()).rejects.toThrow("failed to load checkpoint: EOF");
    const { files } = await expectHealed(stack);
    expect(files.map(({ file }) => file)).toContain(attributes);
  });

  it("while objects are applied to Kubernetes is recovered", async () => {
    expect(
      await killed(stack, "up", { at: point("begins", "OpenStackInstanceClass::workers-deckhouse/instance-class") }),
    ).toBe(true);
    await expectHealed(stack);
  });

  it("goes on after that, nothing is there twice, and the next one finds nothing to do", async () => {
    await expectMade(stack, IN_OPENSTACK);
  });

  it("leaves processes without an engine, which do not run on", () => {
    expect(ended.length).toBeGreaterThan(0);
    for (const pid of ended) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });
});

describe("a destroy that is killed", () => {
  renewAfterFailure(
    () => stack,
    (fresh) => {
      stack = fresh;
    },
  );

  it.each([
    ["as the first object of Kubernetes goes", point("begins", "NodeGroup::workers-deckhouse/node-group")],
    ["when the key pair has gone", point("ends", "Keypair::cloud-key-pair")],
    ["as soon as the network begins to go", point("begins", "Network::k8s-network")],
  ])("%s is recovered", async (_, at) => {
    expect(await killed(stack, "destroy", { at })).toBe(true);
    await expectHealed(stack);
  });

  it("goes on after that, and nothing is left", async () => {
    await expectDestroyed(stack);
  });
});

if (POINTS > 0) {
  describe(`${POINTS} points by chance, seed ${SEED}`, () => {
    const WITH_ROUTER = { router: "true" };
    const chance = randomNumbers(SEED);
    let whole: Stack;
    /** How long a command takes from its first step to the last one when nobody kills it, in milliseconds. */
    let duration: Readonly<Record<"up" | "destroy", number>>;

    beforeAll(async () => {
      whole = await newStack("chance", WITH_ROUTER);
      const measured = async (command: "up" | "destroy"): Promise<number> => {
        const times: number[] = [];
        const onEvent = (event: EngineEvent) => {
          if (engineStep(event) !== undefined) times.push(Date.now());
        };
        const { code, events } = await whole.run([command, "--yes", "--skip-preview"], { onEvent });
        expect([code, errors(events)]).toEqual([0, []]);
        return (times.at(-1) ?? 0) - (times[0] ?? 0);
      };
      duration = { up: await measured("up"), destroy: await measured("destroy") };
    });

    afterAll(() => remove(whole));
    renewAfterFailure(
      () => whole,
      (fresh) => {
        whole = fresh;
      },
      WITH_ROUTER,
    );

    const killAnywhere = async (command: "up" | "destroy"): Promise<void> => {
      const delay = Math.floor(chance() * duration[command]);
      const until = () => sleep(delay, true);
      const wasKilled = await killed(whole, command, { at: (_, count) => count === 1, until });
      if (!wasKilled) return void console.log(`${command} ended before the ${delay} ms at which it was to be killed`);
      // its work was done: it had given back the lock, and was about to end
      if ((await locksOf(lab.lab, "recover", whole.name)).length === 0) return;
      const { steps: done } = await expectHealed(whole);
      console.log(`${command} killed ${delay} ms after its first step: ${done.map(({ action }) => action).join(", ")}`);
    };

    for (let i = 1; i <= POINTS; i += 2) {
      it(`${i}: up is killed, recovered, and goes on`, async () => {
        await killAnywhere("up");
        await expectMade(whole, { ...IN_OPENSTACK, ...ROUTER });
      });

      it(`${i + 1}: destroy is killed, recovered, and goes on`, async () => {
        await killAnywhere("destroy");
        await expectDestroyed(whole);
      });
    }
  });
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
