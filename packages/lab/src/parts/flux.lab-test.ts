import { copyArtifact, digestOf, filesArtifact, pushArtifact, Registry } from "@plinth/oci";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLab } from "../lab.js";
import { isFree, knownPorts } from "../ports.js";
import { running } from "../processes.js";
import { run } from "../run.js";
import { pushStandIns } from "../stand-in-chart.js";
import { testLabName } from "../test-support.js";
import { waitFor } from "../wait.js";

const CONTROLLERS = ["source-controller", "helm-controller", "kustomize-controller"] as const;

const lab = openLab({ name: testLabName("flux") });

let env: Record<string, string>;
let address: string;
let registry: Registry;

async function kubectl(args: readonly string[], input?: object | readonly object[]): Promise<string> {
  const text = [input ?? []].flat().map((each) => JSON.stringify(each));
  const options = { env: { ...process.env, ...env }, seconds: 120 };
  return run("kubectl", args, input === undefined ? options : { ...options, input: text.join("\n---\n") });
}

const apply = (objects: readonly object[]) => kubectl(["apply", "--server-side", "-f", "-"], objects);
const ready = (name: string, reason = "Ready") =>
  kubectl(["wait", "--for", `condition=${reason}`, "-n", "apps", "--timeout=60s", name]);

function source(name: string, path: string, tag: string, mediaType?: string): object {
  const layerSelector = mediaType === undefined ? {} : { layerSelector: { mediaType, operation: "copy" } };
  return {
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "OCIRepository",
    metadata: { name, namespace: "apps" },
    spec: { url: `oci://${address}/${path}`, insecure: true, interval: "1m", ref: { tag }, ...layerSelector },
  };
}

const CHART = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

function release(name: string, dependsOn: readonly string[] = [], values: object = {}): object {
  const strategy = { name: "RetryOnFailure", retryInterval: "2s" };
  return {
    apiVersion: "helm.toolkit.fluxcd.io/v2",
    kind: "HelmRelease",
    metadata: { name, namespace: "apps" },
    spec: {
      interval: "1m",
      chartRef: { kind: "OCIRepository", name },
      dependsOn: dependsOn.map((each) => ({ name: each })),
      install: { strategy },
      upgrade: { strategy },
      values,
    },
  };
}

beforeAll(async () => {
  await lab.reset(); // what a run that was broken off has left
  await lab.up(["flux", "registry"]);
  env = await lab.env();
  address = env.PLINTH_LAB_REGISTRY as string;
  registry = new Registry(address, { insecure: true });
  await kubectl(["create", "namespace", "apps"]);
});

afterAll(async () => {
  await lab.reset();
});

it("is up from nothing, and left alone by a second up", async () => {
  const results = await lab.up(["flux", "registry"]);
  expect(results.map(({ name, outcome }) => [name, outcome])).toEqual([
    ["kubernetes", "running"],
    ["flux", "running"],
    ["registry", "running"],
  ]);
});

describe("stand-in charts", () => {
  const kind = { group: "lab.test", kind: "Widget" };

  it("are installed in the order of their edges, the kind before its object", async () => {
    await pushStandIns(address, [
      { repository: "charts/owner", version: "1.0.0+a", provides: [kind] },
      { repository: "charts/user", version: "1.0.0", uses: [kind] },
    ]);
    await apply([
      source("user", "charts/user", "1.0.0", CHART),
      release("user", ["owner"]),
      source("owner", "charts/owner", "1.0.0_a", CHART),
      release("owner", [], { size: 3 }),
    ]);
    await ready("helmrelease/user");
    expect(await kubectl(["get", "widgets", "-n", "apps", "-o", "name"])).toBe("widget.lab.test/user\n");
    const map = ["get", "configmap", "owner-stand-in", "-n", "apps", "-o", "jsonpath={.data.values}"];
    expect(JSON.parse(Buffer.from(await kubectl(map), "base64").toString())).toMatchObject({ size: 3 });
  });

  it("without the edge Helm refuses the object", async () => {
    await pushStandIns(address, [
      { repository: "charts/lonely", version: "1.0.0", uses: [{ ...kind, kind: "Gadget" }] },
    ]);
    await apply([source("lonely", "charts/lonely", "1.0.0", CHART), release("lonely")]);
    const message = () =>
      kubectl([
        "get",
        "helmrelease/lonely",
        "-n",
        "apps",
        "-o",
        'jsonpath={.status.conditions[?(@.type=="Ready")].message}',
      ]);
    await waitFor(async () => (await message()).includes('no matches for kind "Gadget"'), {
      what: "the kind to be missed",
      seconds: 60,
    });
  });

  it("fail when they are told to, and heal", async () => {
    await pushStandIns(address, [{ repository: "charts/broken", version: "1.0.0" }]);
    await apply([
      source("broken", "charts/broken", "1.0.0", CHART),
      release("broken", [], { standIn: { fail: true } }),
    ]);
    await kubectl(["wait", "--for=condition=Ready=False", "-n", "apps", "--timeout=60s", "helmrelease/broken"]);
    await apply([release("broken", [], { standIn: { fail: false } })]);
    await ready("helmrelease/broken");
  });
});

it("applies plain files from the registry, and prunes them", async () => {
  const map = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "from-files", namespace: "apps" } };
  const about = { source: "lab", revision: "v1@sha1:0000000000000000000000000000000000000000" };
  await pushArtifact(registry, "bundles/a", "v1", await filesArtifact({ "a.yaml": JSON.stringify(map) }, about));
  const kustomization = {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name: "bundle", namespace: "apps" },
    spec: { interval: "1m", prune: true, sourceRef: { kind: "OCIRepository", name: "bundle" } },
  };
  await apply([source("bundle", "bundles/a", "v1"), kustomization]);
  await ready("kustomization/bundle");
  expect(await kubectl(["get", "configmap", "from-files", "-n", "apps", "-o", "name"])).toContain("from-files");
  await kubectl(["delete", "kustomization", "bundle", "-n", "apps", "--timeout=60s"]);
  expect(await kubectl(["get", "configmap", "from-files", "-n", "apps", "--ignore-not-found"])).toBe("");
});

it("copies artefacts to another repository with equal digests, and fetches nothing twice", async () => {
  const digest = await registry.resolve("charts/user", "1.0.0");
  const from = { registry, reference: { registry: address, repository: "charts/user", tag: "1.0.0" } };
  const seen: number[] = [];
  const copied = await copyArtifact(from, { registry, repository: "mirror/charts/user" }, ({ done, total }) =>
    seen.push(done / total),
  );
  expect(copied).toBe(digest);
  expect(seen.at(-1)).toBe(1);
  expect(await registry.resolve("mirror/charts/user", "1.0.0")).toBe(digest);
  const wrong = { ...from, reference: { ...from.reference, digest: digestOf("something else") } };
  await expect(copyArtifact(wrong, { registry, repository: "mirror/charts/user" })).rejects.toThrow("is not there");
});

it.each([...CONTROLLERS, "registry"])("heals when %s was killed: only that is started again", async (name) => {
  const all = [...CONTROLLERS, "registry"];
  const before = await Promise.all(all.map((each) => running(lab.dir, each)));
  process.kill(before[all.indexOf(name)] as number, "SIGKILL");
  const part = name === "registry" ? "registry" : "flux";
  const health = async () => (await lab.status()).find((each) => each.name === part)?.health.state;
  await waitFor(async () => (await health()) !== "up", { what: "its death to be seen", seconds: 60 });
  const results = await lab.up(["flux", "registry"]);
  expect(results.filter(({ outcome }) => outcome === "started").map((each) => each.name)).toEqual([part]);
  const after = await Promise.all(all.map((each) => running(lab.dir, each)));
  expect(all.filter((_, index) => after[index] !== before[index])).toEqual([name]);
});

it("leaves no process and no open port when it is stopped, and has its data when it is started again", async () => {
  await lab.down();
  expect(await lab.processes()).toEqual([]);
  const ports = Object.values(await knownPorts(lab.dir));
  expect(await Promise.all(ports.map(isFree))).toEqual(ports.map(() => true));
  await lab.up(["flux", "registry"]);
  expect(await registry.resolve("charts/user", "1.0.0")).toBeDefined();
});
