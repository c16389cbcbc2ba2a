import { Check } from "@plinth/core";
import { bootstrapFlux, type FluxSettings } from "@plinth/platform/chart";
import { platform } from "plinth";
import { describe, expect, it } from "vitest";
import { component, deployments, flagsOf, presetOf, render, run } from "./program.js";

const { kinds } = platform;

const refused = (settings: object) => render({}, settings as FluxSettings).refusals;
const KUBEVIRT = kinds("kubevirt.io", "VirtualMachine");

describe("a release", () => {
  it("cozystack/cozystack#3552: is never uninstalled to mend it, however slow its first install is", () => {
    const releases = presetOf("full").all("HelmRelease");
    expect(releases.length).toBeGreaterThan(70);
    for (const { spec } of releases) {
      const strategy = { name: "RetryOnFailure", retryInterval: "30s" };
      expect(spec).toMatchObject({
        timeout: "10m",
        install: { strategy },
        upgrade: { strategy, chartNameChangeStrategy: "InPlaceUpdate" },
      });
      expect(JSON.stringify(spec)).not.toContain('"remediation"');
    }
    expect(refused({ timeout: "30s" })).toEqual([["PL5055", "platform", "flux.timeout"]]);
  });

  it("cozystack/cozystack#3555: that has CRDs leaves them when it goes, and goes for no other reason than that it is removed", () => {
    const { plan, release } = presetOf("full");
    const owners = plan.releases.filter(({ installsCrds, delivery }) => installsCrds && delivery === "flux");
    expect(owners.length).toBeGreaterThan(15);
    for (const { name } of owners) {
      const patch = expect.stringContaining("helm.sh/resource-policy: keep");
      const patches = [{ target: { kind: "CustomResourceDefinition" }, patch }];
      expect(release(name)).toMatchObject({
        install: { strategy: { name: "RetryOnFailure" } },
        postRenderers: [{ kustomize: { patches } }],
      });
    }
  });

  it("cozystack/cozystack#1952: is ready when what it installs does its work, not when it is there", () => {
    const vms = component("vms", { requires: [...KUBEVIRT, ...kinds("cdi.kubevirt.io", "DataVolume")] });
    const rendered = render({ preset: platform.full, components: [vms] });
    const checks = (name: string) =>
      (rendered.release(name).healthCheckExprs as { kind: string; current: string }[]).map(
        ({ kind, current }) => [kind, current] as const,
      );
    expect(new Map(checks("kubevirt")).get("KubeVirt")).toContain("status.phase == 'Deployed'");
    expect(new Map(checks("linstor")).get("LinstorCluster")).toContain("'Configured' && c.status == 'True'");
    expect(new Map(checks("cert-manager-issuers")).get("ClusterIssuer")).toContain("'Ready' && c.status == 'True'");
    expect(new Map(checks("vms")).get("VirtualMachine")).toContain("status.ready");
    expect(new Map(checks("vms")).get("DataVolume")).toContain("status.phase == 'Succeeded'");
    for (const { spec } of rendered.all("HelmRelease")) {
      expect(spec.waitStrategy).toEqual({ name: "poller" });
      expect(JSON.stringify([spec.install, spec.upgrade])).not.toContain("disableWait");
    }
  });

  it("cozystack/cozystack#3680: that fails is the one that is reported: what waits for it has not been sent", async () => {
    const shop = component("shop", { requires: kinds("cert-manager.io", "Certificate") });
    const outcome = await run({ components: [shop] });
    const of = (name: string) => outcome.resource("HelmRelease", `cloud-platform/flux/releases/${name}`);
    expect(outcome.waitsFor(of("shop"))).toContain(of("cert-manager").name);
    expect(outcome.waitsFor(of("cert-manager"))).toContain(of("cilium").name);
    for (const { metadata } of outcome.objects("HelmRelease")) {
      expect(metadata.annotations).toMatchObject({ "pulumi.com/waitFor": "condition=Ready" });
    }
  });

  it("cozystack/cozystack#3680: that fails is named as the one cause of all that wait", () => {
    const { releases } = presetOf("full").plan;
    const stopped = new Set(["platform/linstor"]);
    // by level: what is waited for comes before
    for (const { path, dependsOn } of releases) if (dependsOn.some((edge) => stopped.has(edge.path))) stopped.add(path);
    expect(stopped.size).toBeGreaterThan(2);
    const live = releases.map(({ path, name, namespace }) => {
      const reason = path === "platform/linstor" ? "InstallFailed" : "DependencyNotReady";
      const ready = stopped.has(path) ? { status: "False", reason } : { status: "True" };
      return { metadata: { name, namespace }, status: { conditions: [{ type: "Ready", ...ready }] } };
    });
    const waiting = platform.whyWaiting(releases, live);
    expect(new Set(waiting.map(({ path }) => path))).toEqual(stopped);
    for (const { causes } of waiting) {
      expect(causes.map(({ path, reason }) => [path, reason])).toEqual([["platform/linstor", "InstallFailed"]]);
    }
  });

  it("cozystack/cozystack#196: is not looked at all the time, and one that waits does not hold up all others", () => {
    for (const interval of ["1m", "4m59s"]) {
      expect(refused({ interval })).toEqual([["PL5054", "platform", "flux.interval"]]);
    }
    const { all, plan } = presetOf("full");
    expect(new Set(all("HelmRelease").map(({ spec }) => spec.interval))).toEqual(new Set(["10m"]));
    // one artifact is one source, whatever number of charts is in it
    const artifacts = all("OCIRepository").filter(({ spec }) => `${spec.url}`.includes("cozystack-packages"));
    expect(artifacts).toHaveLength(1);
    const pod = plan.flux.mode === "installed" ? plan.flux.pod : undefined;
    expect(pod).toBeDefined();
    if (pod === undefined) return;
    const objects = bootstrapFlux(deployments(), { pod }, new Check("platform"));
    expect(flagsOf(objects, "helm-controller")).toMatchObject({
      concurrent: "10",
      "interval-jitter-percentage": "10",
      "requeue-dependency": "10s",
      "feature-gates": "CancelHealthCheckOnNewRevision=true",
    });
  });
});
