import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateObject } from "@plinth/api/testing";
import type { Manifest } from "@plinth/bridge/chart";
import { attemptProgram, type CapturedResource } from "@plinth/bridge/testing";
import { Check, PlinthReport } from "@plinth/core";
import { loadAll } from "js-yaml";
import { describe, expect, it } from "vitest";
import { linstor } from "./catalogue/index.js";
import { Platform, type PlatformArgs } from "./component.js";
import { BUNDLE_PARTS, renderPlatform } from "./delivery/bundle.js";
import { planPlatformObjects } from "./platform-objects.js";
import { distro, full } from "./presets.js";
import { OWN } from "./testing/planned.js";
import { recordOfPlan } from "./upgrade/check-upgrade.js";
import { formatRecord } from "./upgrade/record.js";

const MIRROR = "oci://registry.example.com/charts";

const ARGS: PlatformArgs = {
  ...OWN,
  preset: full,
  mirror: MIRROR,
  flux: { existing: { namespace: "flux-system" } },
  storage: {
    nodes: [{ name: "all", pools: [{ type: "zfsThin", name: "data", zPool: "data" }] }],
    classes: [{ type: "replicated", name: "replicated", pool: "data", isDefault: true }],
  },
  addresses: { pools: [{ name: "public", announce: { type: "layer2" } }] },
  tenants: { host: "cloud.example.com", quota: { cpu: "8" }, tenants: [{ name: "team", quota: { cpu: "4" } }] },
};

async function run(args: Partial<PlatformArgs> = {}) {
  const attempt = await attemptProgram(() => {
    new Platform("platform", { ...ARGS, ...args } as PlatformArgs);
  });
  const refusals = attempt.errors.flatMap((error) => (PlinthReport.isInstance(error) ? error.errors : []));
  const objects = attempt.program.resources.filter(({ type }) => type.startsWith("kubernetes:"));
  return { errors: attempt.errors, refusals, objects };
}

/** The whole platform, run once: it takes its time. */
const whole = run();

/** Annotations by which Pulumi is told how to apply an object: nobody else reads them. */
const isPulumis = (key: string): boolean => key.startsWith("pulumi.com/");

/** An object without what is meant for Pulumi. */
function bare({ inputs }: CapturedResource): Manifest {
  const { annotations = {}, ...metadata } = inputs.metadata as Record<string, object>;
  const kept = Object.entries(annotations).filter(([key]) => !isPulumis(key));
  const rest = kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) };
  return { ...inputs, metadata: { ...metadata, ...rest } } as unknown as Manifest;
}

const byName = (a: Manifest, b: Manifest): number => (keyOf(a) < keyOf(b) ? -1 : 1);
const keyOf = ({ kind, metadata }: Manifest): string => `${kind} ${metadata.namespace ?? ""} ${metadata.name}`;

describe("a whole platform", () => {
  it("is the same objects, whether Pulumi or Flux applies them", async () => {
    const { objects, errors } = await whole;
    expect(errors).toEqual([]);
    const { files } = renderPlatform("platform", ARGS);
    const rendered = BUNDLE_PARTS.flatMap((part) => loadAll(files[`${part}/objects.yaml`] ?? "") as Manifest[]);
    expect(rendered.length).toBeGreaterThan(150);
    expect([...rendered].sort(byName)).toEqual(objects.map(bare).sort(byName));
  });

  it("fits the schemas of its kinds", async () => {
    const { objects } = await whole;
    const findings = objects.flatMap((object) => validateObject(bare(object)));
    expect(findings).toEqual([]);
  });

  it("takes everything from the mirror: charts by Flux, images by every machine", async () => {
    const { objects } = await whole;
    const urls = objects
      .filter(({ type }) => type.endsWith(":OCIRepository"))
      .map(({ inputs }) => (inputs.spec as { url: string }).url);
    expect(urls.filter((url) => !url.startsWith(`${MIRROR}/`))).toEqual([]);
    expect(objects.some(({ type }) => type.endsWith(":HelmRepository"))).toBe(false);
    const planned = planPlatformObjects(ARGS, new Check("platform"));
    expect(
      planned?.plan.registryMirrors.map(({ registry, endpoints, skipFallback }) => [registry, endpoints, skipFallback]),
    ).toEqual(
      ["docker.io", "gcr.io", "ghcr.io", "quay.io", "registry.k8s.io"].map((registry) => [
        registry,
        [`https://registry.example.com/v2/charts/${registry}`],
        true,
      ]),
    );
  });

  it("has parts that Flux removes without leaving a namespace before what is in it", () => {
    const { files } = renderPlatform("platform", ARGS);
    const kinds = (part: string) =>
      new Set((loadAll(files[`${part}/objects.yaml`] ?? "") as Manifest[]).map(({ kind }) => kind));
    expect([...kinds("namespaces")]).toEqual(["Namespace"]);
    expect([...kinds("releases")].sort()).toEqual(["HelmRelease", "OCIRepository"]);
    expect(kinds("setup").has("HelmRelease")).toBe(false);
  });

  it("is waited for by Pulumi, all of it or what is set up needs", async () => {
    const waited = (objects: readonly CapturedResource[]) =>
      objects.flatMap(({ inputs }) => {
        const { name, annotations = {} } = inputs.metadata as { name: string; annotations?: Record<string, string> };
        return annotations["pulumi.com/waitFor"] === "condition=Ready" ? [name] : [];
      });
    expect(waited((await whole).objects).length).toBeGreaterThan(80);
    expect(waited((await run({ waitForReady: false, preset: distro })).objects).sort()).toEqual([
      "metallb",
      "piraeus-operator",
    ]);
  });
});

describe("delivered by Flux", () => {
  const delivery = { type: "flux", repository: "oci://registry.example.com/bundles/platform" } as const;

  it("is four resources: the artifact, by a tag of its content, and its parts in order", async () => {
    const { objects, errors } = await run({ delivery });
    expect(errors).toEqual([]);
    const { tag } = renderPlatform("platform", ARGS);
    const [source, ...parts] = objects.map(({ inputs }) => inputs as { kind: string; metadata: object; spec: object });
    expect(source).toMatchObject({
      kind: "OCIRepository",
      metadata: { name: "platform", namespace: "flux-system" },
      spec: { url: delivery.repository, ref: { tag } },
    });
    expect(parts).toMatchObject([
      { metadata: { name: "platform-namespaces" }, spec: { path: "./namespaces", prune: true, wait: true } },
      { metadata: { name: "platform-releases" }, spec: { dependsOn: [{ name: "platform-namespaces" }] } },
      { metadata: { name: "platform-setup" }, spec: { dependsOn: [{ name: "platform-releases" }] } },
    ]);
    expect(objects.flatMap((object) => validateObject(bare(object)))).toEqual([]);
  });

  it("has another tag when an object is another, and only then", () => {
    const { tag } = renderPlatform("platform", ARGS);
    expect(renderPlatform("platform", ARGS).tag).toBe(tag);
    expect(renderPlatform("platform", { ...ARGS, host: "other.example.com" } as PlatformArgs).tag).not.toBe(tag);
  });

  it("is refused where the repository is none", async () => {
    const { objects, refusals } = await run({ delivery: { type: "flux", repository: "oci://nowhere" } });
    expect(objects).toEqual([]);
    expect(refusals.map(({ code }) => code)).toEqual(["PL8001"]);
  });
});

describe("what is refused", () => {
  it("sends nothing", async () => {
    const { objects, refusals } = await run({ disable: [linstor] });
    expect(objects).toEqual([]);
    expect(refusals.length).toBeGreaterThan(0);
  });

  it("is a Flux that is nowhere: neither there nor given", async () => {
    const { refusals } = await run({ flux: undefined as never });
    expect(refusals.map(({ code }) => code)).toContain("PL5059");
  });

  it("is what is set up of kinds that no release brings", async () => {
    const { refusals } = await run({
      storage: undefined,
      tenants: undefined,
      disable: [],
      preset: { name: "own", components: [] },
    });
    expect(refusals.map(({ code, property }) => [code, property])).toEqual([["PL5085", "addresses"]]);
  });

  it("is an upgrade that loses data, with what was applied last", async () => {
    const args = { ...ARGS, preset: distro } as PlatformArgs;
    const planned = planPlatformObjects(args, new Check("platform"));
    if (planned === undefined) throw new Error("no platform");
    const releases = planned.plan.releases.map((one) =>
      one.name === "linstor" ? { ...one, releaseName: "old" } : one,
    );
    const record = join(mkdtempSync(join(tmpdir(), "plinth-record-")), "plinth.platform.json");
    writeFileSync(record, formatRecord(recordOfPlan({ ...planned.plan, releases })));
    const { refusals } = await run({ preset: distro, upgrade: { record } });
    expect(refusals.map(({ code, value }) => [code, value])).toEqual([["PL5040", "platform/linstor"]]);
    const acknowledged = await run({ preset: distro, upgrade: { record, acknowledge: ["platform/linstor"] } });
    expect(acknowledged.refusals).toEqual([]);
  });

  it("is an upgrade that changes a range of the cluster, or drops a tenant", async () => {
    const args = { ...ARGS, preset: distro } as PlatformArgs;
    const { plan } = planPlatformObjects(args, new Check("platform")) ?? {};
    if (plan === undefined) throw new Error("no platform");
    const record = join(mkdtempSync(join(tmpdir(), "plinth-record-")), "plinth.platform.json");
    const tenants = ["tenant-root", "tenant-team", "tenant-gone"];
    writeFileSync(record, formatRecord(recordOfPlan({ ...plan, tenants })));
    const network = { ...OWN.network, service: "10.97.0.0/16" } as const;
    const { refusals } = await run({ preset: distro, network, upgrade: { record } });
    expect(refusals.map(({ code, path, value }) => [code, path, value])).toEqual([
      ["PL5040", "platform", "tenant-gone"],
      ["PL5043", "platform", "network.service"],
    ]);
    const acknowledge = ["tenant-gone", "network.service"];
    expect((await run({ preset: distro, network, upgrade: { record, acknowledge } })).refusals).toEqual([]);
  });
});
