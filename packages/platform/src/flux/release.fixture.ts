import { Check, type PlinthError } from "@plinth/core";
import type { PlannedNamespace } from "../plan-components.js";
import type { Release, ReleaseEdge } from "../release.js";
import { type FluxPlan, type FluxProps, planFlux } from "./plan-flux.js";

/** A release of a chart in a registry, with what a test changes. */
export function releaseOf(name: string, change: Partial<Release> = {}): Release {
  return {
    path: `platform/${name}`,
    name,
    releaseName: name,
    namespace: name,
    privileged: false,
    chart: { source: "oci", url: "oci://registry.example.org/charts", chart: name, version: "1.2.3" },
    values: {},
    valuesFrom: [],
    dependsOn: [],
    provides: [],
    uses: [],
    installsCrds: false,
    stateful: false,
    delivery: "flux",
    phase: "core",
    level: 0,
    ...change,
  };
}

/** An edge to a release. */
export function edgeTo({ path, name, namespace, delivery }: Release): ReleaseEdge {
  return { path, name, namespace, delivery, reasons: [{ type: "component" }] };
}

/** Namespaces of releases, privileged where one of them is. */
export function namespacesOf(releases: readonly Release[]): PlannedNamespace[] {
  return [...new Set(releases.map(({ namespace }) => namespace))].map((name) => {
    const inside = releases.filter(({ namespace }) => namespace === name);
    return {
      name,
      podSecurity: inside.some(({ privileged }) => privileged) ? "privileged" : "baseline",
      labels: {},
      existing: false,
      releases: inside.map(({ path }) => path),
    };
  });
}

/** The plan for releases, and what was refused. */
export function planned(
  releases: readonly Release[],
  settings?: FluxProps["settings"],
): { readonly plan: FluxPlan; readonly refusals: readonly PlinthError[] } {
  const check = new Check("platform");
  const props = { releases, namespaces: namespacesOf(releases), fluxNamespace: "cozy-fluxcd" };
  const plan = planFlux(settings === undefined ? props : { ...props, settings }, check);
  return { plan, refusals: check.refusals };
}
