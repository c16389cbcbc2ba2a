import { Check } from "@plinth/core";
import { bootstrapFlux, type FluxSettings } from "@plinth/platform/chart";
import { platform } from "plinth";
import { describe, expect, it } from "vitest";
import { component, deployments, podOf, presetOf, render } from "./program.js";

const { full, kinds } = platform;

const refused = (settings: object) => render({}, settings as FluxSettings).refusals;

describe("Flux is told", () => {
  it("fluxcd/helm-controller#276: to wait for the version that is to come, not for the one that is ready", () => {
    const rendered = render({ preset: full, mirror: "oci://registry.example.com/plinth" });
    const edges = rendered.all("HelmRelease").flatMap(({ spec }) => (spec.dependsOn ?? []) as Edge[]);
    expect(edges.length).toBeGreaterThan(150);
    const versions = new Map(rendered.plan.releases.map(({ name, chart }) => [name, chart.version]));
    for (const { name, readyExpr } of edges) {
      const version = versions.get(name)?.replace(/^v/, "").replaceAll(".", "[.]");
      expect(readyExpr).toContain(`dep.status.history[0].chartVersion.matches('^v?${version}`);
      expect(readyExpr).toContain("dep.status.observedGeneration == dep.metadata.generation");
      expect(readyExpr).toContain("c.type == 'Ready' && c.status == 'True'");
    }
  });

  it("fluxcd/helm-controller#149: to end what it is doing before it restarts, so that no release is left pending", () => {
    const { plan, release } = presetOf("minimal");
    const pod = plan.flux.mode === "installed" ? plan.flux.pod : undefined;
    const objects = pod === undefined ? [] : bootstrapFlux(deployments(), { pod }, new Check("platform"));
    expect(release("cert-manager").timeout).toBe("10m");
    expect(podOf(objects)).toMatchObject({ terminationGracePeriodSeconds: 600 });
    expect(objects.find(({ kind }) => kind === "Deployment")?.spec).toMatchObject({ strategy: { type: "Recreate" } });
  });

  it("fluxcd/flux2#5592: to try for ever: there is no number of retries after which a release is given up", () => {
    expect(JSON.stringify(presetOf("full").objects)).not.toContain('"retries"');
    const { spec } = presetOf("full").all("HelmRelease")[0] ?? {};
    expect(spec?.install).toMatchObject({ strategy: { name: "RetryOnFailure" } });
    expect(refused({ retries: 3 })).toEqual([["PL1009", "platform", "flux.retries"]]);
    // @ts-expect-error nobody can say how often
    const settings: FluxSettings = { retries: 3 };
    expect(settings).toBeDefined();
  });

  it("fluxcd/flux2#3953: to replace CRDs on upgrade, by the one release that owns them", () => {
    const { plan, release } = presetOf("full");
    const delivered = plan.releases.filter(({ delivery }) => delivery === "flux");
    for (const { name, installsCrds } of delivered) {
      const crds = installsCrds ? "CreateReplace" : "Skip";
      expect(release(name)).toMatchObject({ install: { crds }, upgrade: { crds } });
    }
    const SHOP = kinds("shop.example.com", "Shop");
    const two = ["one", "other"].map((name) => component(name, { provides: SHOP }));
    expect(render({ components: two }).refusals).toEqual([["PL5004", "platform/other", "provides"]]);
  });

  it("fluxcd/helm-controller#1139: to leave objects alone that another release has", () => {
    for (const { spec } of presetOf("full").all("HelmRelease")) {
      expect(spec).toMatchObject({ install: { disableTakeOwnership: true }, upgrade: { disableTakeOwnership: true } });
    }
  });

  it("fluxcd/helm-controller#805: to mend what was changed or deleted, but not what controllers write by right", () => {
    for (const { spec } of presetOf("full").all("HelmRelease")) {
      const { mode, ignore } = spec.driftDetection as { mode: string; ignore: { paths: string[] }[] };
      expect(mode).toBe("enabled");
      expect(ignore.flatMap(({ paths }) => paths)).toEqual(
        expect.arrayContaining([
          "/spec/replicas",
          "/spec/caBundle",
          "/webhooks/0/clientConfig/caBundle",
          "/spec/conversion/webhook/clientConfig/caBundle",
        ]),
      );
      // without a path the whole object would be left alone
      expect(ignore.filter(({ paths }) => paths.length === 0 || paths.includes(""))).toEqual([]);
    }
    for (const paths of [[], ["/"], ["spec"]]) {
      expect(refused({ driftIgnores: [{ paths }] })).toEqual([["PL5057", "platform", "flux.driftIgnores[0].paths"]]);
    }
  });

  it("fluxcd/helm-controller#554: about releases of this cluster only, by no account that may go first", () => {
    for (const { spec } of presetOf("full").all("HelmRelease")) {
      expect(Object.keys(spec).filter((key) => /kubeConfig|serviceAccountName/.test(key))).toEqual([]);
    }
    const remote: platform.Component = {
      ...component("remote"),
      // @ts-expect-error a release of another cluster: its objects could not be removed once that is gone
      kubeConfig: { secretRef: { name: "tenant" } },
    };
    expect(JSON.stringify(render({ components: [remote] }).objects)).not.toContain("kubeConfig");
  });
});

interface Edge {
  readonly name: string;
  readonly readyExpr?: string;
}
