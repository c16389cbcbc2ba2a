import { Check, Program } from "@plinth/core";
import { planTenants, TenantsChart } from "@plinth/platform/chart";
import { planUpgrade, recordOfPlan } from "@plinth/platform/upgrade";
import { type ApiObject, App } from "cdk8s";
import type { IConstruct } from "constructs";
import { platform } from "plinth";
import { beforeAll, describe, expect, it } from "vitest";
import type { Outcome } from "../hybrid/program.js";
import { type Change, component, type Rendered, render, run } from "./program.js";

const { distro, kinds, telepresence } = platform;

/** What becomes of releases when one platform takes the place of another. */
function upgrade(before: Rendered, after: Rendered, acknowledged: readonly string[] = []) {
  const check = new Check("platform");
  const { releases } = planUpgrade(recordOfPlan(before.plan), recordOfPlan(after.plan), acknowledged, check);
  const program = new Program();
  program.take(check);
  return { releases, refusals: program.refusals.map(({ code, value }) => [code, value]) };
}

/** What names of the resources of releases begin with. */
const RELEASES = "cloud-platform/flux/releases/";

describe("what goes", () => {
  const TOPIC = kinds("kafka.example.com", "Topic");
  const components = [component("operator", { provides: TOPIC }), component("topics", { requires: TOPIC })];
  let outcome: Outcome;
  beforeAll(async () => {
    outcome = await run({ components });
  });

  it("cozystack/cozystack#801: a component that is left out is uninstalled, and nothing of it is kept", () => {
    const before = render({ preset: distro });
    const after = render({ preset: distro, disable: [telepresence] });
    const names = (rendered: Rendered) => rendered.all("HelmRelease").map(({ metadata }) => metadata.name);
    expect(names(before).filter((name) => !names(after).includes(name))).toEqual(["telepresence"]);
    expect(after.all("Namespace").map(({ metadata }) => metadata.name)).not.toContain("cozy-telepresence");
    for (const { metadata } of before.objects) expect(JSON.stringify(metadata)).not.toMatch(/keep|prune|retain/i);
    expect(upgrade(before, after).releases).toEqual([
      { type: "uninstall", path: "platform/telepresence", losesData: false },
    ]);
  });

  it("cozystack/cozystack#2128: no two releases have one name in Helm, and what loses data is acknowledged by name", () => {
    const namespace = { name: "shared" };
    const clash = [
      component("operator", { namespace }),
      component("new-operator", { namespace, releaseName: "operator" }),
    ];
    expect(render({ components: clash }).refusals).toEqual([["PL5006", "platform/new-operator", "releaseName"]]);

    const root = (given: Partial<platform.AnyComponent>): Change => ({
      components: [component("root", { stateful: true, ...given })],
    });
    const before = render(root({}));
    const moves: Change[] = [{}, root({ releaseName: "tenant" }), root({ namespace: { name: "elsewhere" } })];
    for (const after of moves.map((change) => render(change))) {
      expect(upgrade(before, after).refusals).toEqual([["PL5040", "platform/root"]]);
      expect(upgrade(before, after, ["platform/root"]).refusals).toEqual([]);
    }
    expect(upgrade(before, render(root({}))).refusals).toEqual([]);
  });

  it("cozystack/cozystack#2065: a tenant that is left out is a loss of data, acknowledged by name", () => {
    const { plan } = render();
    const refused = (tenants: readonly string[], acknowledged: readonly string[] = []) => {
      const check = new Check("platform");
      const before = recordOfPlan({ ...plan, tenants: ["tenant-root", "tenant-shop"] });
      planUpgrade(before, recordOfPlan({ ...plan, tenants }), acknowledged, check);
      return check.refusals.map(({ code, value }) => [code, value]);
    };
    expect(refused([])).toEqual([
      ["PL5040", "tenant-root"],
      ["PL5040", "tenant-shop"],
    ]);
    expect(refused(["tenant-root"], ["tenant-shop"])).toEqual([]);
  });

  it("cozystack/cozystack#3062: an operator goes after the objects that it has to let go of", () => {
    const topics = outcome.resource("HelmRelease", `${RELEASES}topics`);
    expect(outcome.waitsFor(topics)).toContain(`${RELEASES}operator`);
    for (const { spec } of outcome.objects("HelmRelease")) {
      expect(spec).toMatchObject({ uninstall: { deletionPropagation: "foreground", timeout: "10m" } });
    }
  });

  it("cozystack/cozystack#1660: tenants go from below: one with tenants in it outlives them", () => {
    const check = new Check("platform");
    const tenants = [{ name: "shop", tenants: [{ name: "dev" }] }];
    const plan = planTenants({ host: "cloud.example.com", tenants }, check);
    const chart = new TenantsChart(new App(), "tenants", { plan });
    const before = (object: IConstruct) => object.node.dependencies.map((one) => (one as ApiObject).name);
    const all = chart.node.findAll().filter((one): one is ApiObject => "kind" in one && one.kind === "Namespace");
    expect(all.map((one) => [one.name, before(one)])).toEqual([
      ["tenant-root", []],
      ["tenant-shop", ["tenant-root"]],
      ["tenant-shop-dev", ["tenant-shop"]],
    ]);
  });

  it("fluxcd/flux2#5586: releases go in the reverse order of what waits for what, which Flux does not heed", () => {
    const certManager = outcome.resource("HelmRelease", `${RELEASES}cert-manager`);
    expect(outcome.waitsFor(certManager)).toContain(`${RELEASES}cilium`);
  });

  it.each([
    ["cilium", "cozy-cilium"],
    ["topics", "topics"],
  ])(
    "fluxcd/flux2#4793: the namespace of %s goes after it, so that Helm takes out what it has put in",
    (name, namespace) => {
      expect(render({ components }).before(name)).toContain(`Namespace/${namespace}`);
      const release = outcome.resource("HelmRelease", RELEASES + name);
      expect(outcome.waitsFor(release)).toContain(`cloud-platform/flux/namespaces/${namespace}`);
    },
  );
});
