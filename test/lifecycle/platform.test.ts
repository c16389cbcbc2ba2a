import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Lab, openLab, waitFor } from "@plinth/lab";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errors, steps, summary } from "../support/engine-events.js";
import { Project } from "../support/project.js";
import { keyOf, neededBy, ReleaseWatch, readyOf, type WatchedRelease } from "../support/release-watch.js";
import { Stack } from "../support/stack.js";
import { TEST_LAB } from "../support/test-lab.js";

const PLINTH = fileURLToPath(new URL("../../packages/plinth/bin/plinth.js", import.meta.url));

/** The charts are stand-ins: docs/lab.md. */
const NAME = `${TEST_LAB}-platform`;

/** What is made to fail: in the middle of the graph, so that some go on and some wait. */
const BROKEN = "victoria-metrics-operator";

let lab: Lab;
let env: Record<string, string | undefined>;
let stack: Stack;
let watch: ReleaseWatch;
let edges: WatchedRelease[];

beforeAll(async () => {
  lab = openLab({ name: NAME });
  await lab.reset();
  await lab.up(["kubernetes", "pulumi", "flux", "registry"]);
  const own = await lab.env();
  env = { ...process.env, ...own };
  const registry = own.PLINTH_LAB_REGISTRY as string;
  const project = await Project.stack("platform");
  stack = await Stack.init(project, "dev", own, {
    mirror: `oci://${registry}/charts`,
    registries: JSON.stringify([{ host: registry, insecure: true }]),
    retryInterval: "10s",
    broken: BROKEN,
    waitForReady: "false",
  });
  await promisify(execFile)(process.execPath, [PLINTH, "lab", "stand-ins", project.dir, "--name", NAME], { env });
  watch = new ReleaseWatch(env);
});

afterAll(async () => {
  await watch?.stop();
  await stack?.project.remove();
  await lab?.reset();
});

/** Names of all objects of a kind, sorted. */
async function namesOf(kind: string): Promise<string[]> {
  const args = ["get", kind, "--all-namespaces", "--output=jsonpath={.items[*].metadata.name}"];
  const { stdout } = await promisify(execFile)("kubectl", args, { env });
  return stdout.split(" ").sort();
}

const isReady = (release: WatchedRelease): boolean => readyOf(release)?.status === "True";

describe("the whole platform, one of whose charts fails", () => {
  it("is sent at once, and what does not need that chart gets ready", async () => {
    const { code, events } = await stack.up();
    expect(errors(events)).toEqual([]);
    expect(code).toBe(0);
    await waitFor(async () => watch.releases.size === (await namesOf("helmreleases")).length, {
      what: "the watch to tell of all releases",
      seconds: 60,
    });
    const failing = [...watch.releases.values()].find(({ metadata }) => metadata.name === BROKEN);
    const key = keyOf(failing as WatchedRelease);
    const waiting = [key, ...watch.dependants(key)].sort();
    expect(waiting.length).toBeGreaterThan(5);
    expect(waiting.length).toBeLessThan(watch.releases.size - 5);
    await waitFor(
      async () => {
        const ready = [...watch.releases.values()].filter(isReady).length;
        return ready === watch.releases.size - waiting.length;
      },
      { what: "all others to be ready", seconds: 400 },
    );
    const unready = [...watch.releases.values()].filter((release) => !isReady(release));
    expect(unready.map(keyOf).sort()).toEqual(waiting);
  });

  it("says at each that waits what it waits for, and at the one that fails why", async () => {
    const says = (release: WatchedRelease): RegExp => (release.metadata.name === BROKEN ? /told to fail/ : /dependenc/);
    // while the one that fails is tried again, it says that instead
    await waitFor(
      async () =>
        [...watch.releases.values()]
          .filter((release) => !isReady(release))
          .every((release) => says(release).test(readyOf(release)?.message ?? "")),
      { what: "each release to say why it is not ready", seconds: 60 },
    );
  });

  it("heals without hands when the chart does", async () => {
    await stack.configure({ broken: "" });
    const { code, events } = await stack.up();
    expect(errors(events)).toEqual([]);
    expect(code).toBe(0);
    await waitFor(async () => [...watch.releases.values()].every(isReady), { what: "all to be ready", seconds: 300 });
  });

  it("got ready in an order that respects every edge", () => {
    edges = [...watch.releases.values()];
    expect(edges.length).toBeGreaterThan(80);
    expect(edges.flatMap(neededBy).length).toBeGreaterThan(200);
    expect(watch.readyOutOfOrder()).toEqual([]);
  });

  it("has the storage, the addresses and the tenants that others leave to be made by hand", async () => {
    expect(await namesOf("storageclasses")).toEqual(["local", "replicated"]);
    expect(await namesOf("ipaddresspools")).toEqual(["public"]);
    expect(await namesOf("namespaces")).toEqual(expect.arrayContaining(["tenant-root", "tenant-team"]));
  });

  it("changes nothing at a second up", async () => {
    const { events } = await stack.up();
    expect([errors(events), steps(events)]).toEqual([[], []]);
  });

  it("is destroyed from the top down: each release goes before what it stands on, and nothing hangs", async () => {
    const { code, events } = await stack.run(["destroy", "--yes", "--skip-preview"]);
    expect(errors(events)).toEqual([]);
    expect(code).toBe(0);
    expect(Object.keys(summary(events))).toEqual(["delete"]);
    await waitFor(async () => watch.gone.length === edges.length, { what: "all releases to be gone", seconds: 30 });
    const early = edges.flatMap((release) => {
      const at = watch.gone.indexOf(keyOf(release));
      return neededBy(release)
        .filter((other) => watch.gone.indexOf(other) < at)
        .map((other) => `${other} before ${keyOf(release)}`);
    });
    expect(early).toEqual([]);
    expect(await namesOf("namespaces")).toEqual([
      "default",
      "flux-system",
      "kube-node-lease",
      "kube-public",
      "kube-system",
    ]);
  });
});

describe("a platform that Flux applies out of a registry", () => {
  const REPOSITORY = "bundles/platform";

  it("is published by a command, with the tag of its content", async () => {
    const { PLINTH_LAB_REGISTRY: registry = "" } = env;
    await stack.configure({
      bundle: `oci://${registry}/${REPOSITORY}`,
      insecure: "true",
      preset: "distro",
      waitForReady: "true",
    });
    const publish = async (): Promise<string> =>
      (await promisify(execFile)(process.execPath, [PLINTH, "publish", stack.project.dir], { env })).stdout.trim();
    const at = await publish();
    expect(at).toMatch(new RegExp(`^${registry}/${REPOSITORY}:sha-[0-9a-f]{12}@sha256:[0-9a-f]{64}$`));
    expect(await publish()).toBe(at);
  });

  it("is four objects for Pulumi, and the whole platform in the cluster", async () => {
    const { code, events } = await stack.up();
    expect(errors(events)).toEqual([]);
    expect(code).toBe(0);
    const made = steps(events).filter(([, resource]) => !/^(Stack|Platform)::/.test(resource));
    expect(made.map(([, resource]) => resource.split("::")[0])).toEqual([
      ...["OCIRepository", "Kustomization", "Kustomization", "Kustomization"],
    ]);
    const unready = (): string[] => [...watch.releases.values()].filter((release) => !isReady(release)).map(keyOf);
    // up has waited for them: only the watch may be late
    await expect.poll(() => watch.releases.size, { timeout: 30_000 }).toBeGreaterThan(20);
    await expect.poll(unready, { timeout: 30_000 }).toEqual([]);
    expect(await namesOf("storageclasses")).toEqual(["local", "replicated"]);
  });

  it("goes part by part, and leaves no namespace", async () => {
    const { code, events } = await stack.run(["destroy", "--yes", "--skip-preview"]);
    expect(errors(events)).toEqual([]);
    expect(code).toBe(0);
    expect(await namesOf("namespaces")).toEqual([
      "default",
      "flux-system",
      "kube-node-lease",
      "kube-public",
      "kube-system",
    ]);
  });
});
