import { platform } from "plinth";
import { describe, expect, it } from "vitest";
import { component, presetOf, render } from "./program.js";

const { backupstrategyController, certManager, cilium, cozystackBasics, full, keycloak, kinds, PRESETS } = platform;
const NAMES = Object.keys(PRESETS) as (keyof typeof PRESETS)[];

/** Keys of all HelmReleases that a platform sends, and of all that they wait for. */
function edgesOf(name: keyof typeof PRESETS): { readonly sent: Set<string>; readonly waitedFor: Set<string> } {
  const releases = presetOf(name).all("HelmRelease");
  const waitedFor = releases.flatMap(({ spec }) => (spec.dependsOn ?? []) as { name: string; namespace: string }[]);
  return {
    sent: new Set(releases.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)),
    waitedFor: new Set(waitedFor.map((edge) => `${edge.namespace}/${edge.name}`)),
  };
}

describe("the graph of releases", () => {
  it("cozystack/cozystack#3389: what is disabled is refused with the name of each release that could not run without it", () => {
    const [refusal, ...others] = render({ preset: full, disable: [certManager] }).errors;
    expect(others).toEqual([]);
    expect(refusal).toMatchObject({ code: "PL5003", property: "disable", value: "cert-manager" });
    const named = refusal?.fix.split("disable with it: ")[1]?.split(", ") ?? [];
    expect(named.length).toBeGreaterThan(27);
    expect(named).toEqual(expect.arrayContaining(["cert-manager-issuers", "linstor", "monitoring"]));
    const all = full.components.filter(({ name }) => name === "cert-manager" || named.includes(name));
    expect(render({ preset: full, disable: all }).refusals).toEqual([]);
  });

  it.each(NAMES)("cozystack/cozystack#3391: the preset %s is closed", (name) => {
    expect(presetOf(name).refusals).toEqual([]);
    const { sent, waitedFor } = edgesOf(name);
    expect([...waitedFor].filter((one) => !sent.has(one))).toEqual([]);
  });

  it("cozystack/cozystack#908: a preset that names what it does not have is refused, at each release that needs it", () => {
    const components = full.components.filter((one) => one !== cilium);
    const { refusals } = render({ preset: { name: "own", components } });
    expect(refusals).toContainEqual(["PL5001", "platform/kubeovn", "requires"]);
    expect(new Set(refusals.map(([code]) => code))).toEqual(new Set(["PL5001"]));
  });

  it("cozystack/cozystack#708: who has objects of a kind waits for who defines it", () => {
    for (const name of ["full", "distro"] as const) {
      expect(presetOf(name).waitsFor("piraeus-operator")).toContain("prometheus-operator-crds");
      expect(presetOf(name).waitsFor("cert-manager-issuers")).toContain("cert-manager");
    }
    const shop = component("shop", { requires: kinds("monitoring.coreos.com", "PrometheusRule") });
    expect(render({ components: [shop] }).refusals).toEqual([["PL5001", "platform/shop", "requires"]]);
  });

  it("cozystack/cozystack#2842: admission policies come after every API that they are about", () => {
    const rendered = render({ preset: full, components: [cozystackBasics] });
    expect(rendered.refusals).toEqual([]);
    expect(rendered.waitsFor("cozystack-basics")).toEqual(
      expect.arrayContaining(["cozystack-api", "gateway-api-crds", "tenant-rd"]),
    );
    expect(rendered.waitsFor("cozystack-api")).toContain("application-definition-crd");
  });

  it("cozystack/cozystack#902: nothing needs an identity provider of the platform's own", () => {
    for (const name of NAMES) {
      const rendered = presetOf(name);
      expect(rendered.plan.releases.map((release) => release.name).filter((one) => /keycloak/.test(one))).toEqual([]);
      expect(JSON.stringify(rendered.objects)).not.toContain('"oidc-enabled":"true"');
    }
    const chosen = render({ preset: full, components: [keycloak] });
    expect(chosen.refusals).toEqual([]);
    const waiting = chosen.plan.releases.filter(({ dependsOn }) => dependsOn.some(({ name }) => name === "keycloak"));
    expect(waiting).toEqual([]);
  });

  it("cozystack/cozystack#726: releases that wait for each other are refused, with the way round", () => {
    const page = component("page", {
      provides: kinds("a.example.com", "Page"),
      requires: kinds("b.example.com", "Way"),
    });
    const way = component("way", { provides: kinds("b.example.com", "Way"), requires: kinds("a.example.com", "Page") });
    const [refusal] = render({ components: [page, way] }).errors;
    expect(refusal).toMatchObject({ code: "PL5002", path: "platform/page" });
    expect(refusal?.message).toContain("platform/page -> platform/way -> platform/page");
  });

  it("cozystack/cozystack#1154: what makes backups is not installed without what it makes them with", () => {
    const components = [cozystackBasics, backupstrategyController];
    const rendered = render({ preset: full, components });
    expect(rendered.refusals).toEqual([]);
    expect(rendered.waitsFor("backupstrategy-controller")).toContain("velero");
    const [refusal] = render({ preset: full, components, disable: [platform.velero] }).errors;
    expect(refusal).toMatchObject({ code: "PL5003", value: "velero" });
    expect(refusal?.fix).toContain("backupstrategy-controller");
  });

  it("fluxcd/flux2#956: only HelmReleases that are sent are waited for; whatever else there is comes before by Pulumi", () => {
    for (const name of NAMES) {
      const { sent, waitedFor } = edgesOf(name);
      expect(waitedFor.size).toBeGreaterThan(0);
      expect([...waitedFor].filter((one) => !sent.has(one))).toEqual([]);
    }
    // it waits for Flux too, which is no HelmRelease
    const certManagerEdges = presetOf("minimal").plan.releases.find(({ name }) => name === "cert-manager")?.dependsOn;
    expect(certManagerEdges?.map(({ name }) => name)).toEqual(["cozy-fluxcd", "cilium"]);
    expect(presetOf("minimal").waitsFor("cert-manager")).toEqual(["cilium"]);
  });
});
