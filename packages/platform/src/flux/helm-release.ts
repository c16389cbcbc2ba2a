import { HelmRelease, type HelmReleaseProps, type HelmReleaseSpecDependsOn } from "@plinth/api/flux";
import type { Construct } from "constructs";
import type { Release, ReleaseEdge } from "../release.js";
import { DRIFT_IGNORES } from "./drift.js";
import { healthChecks } from "./health.js";
import type { FluxPlan, FluxReleasePlan } from "./plan-flux.js";
import type { ChartPlan } from "./plan-sources.js";
import type { PlannedFluxSettings } from "./settings.js";

type Spec = NonNullable<HelmReleaseProps["spec"]>;

/** Lays an annotation over every CRD by which Helm leaves it alone when the release goes. */
const KEEP_CRDS = [
  "apiVersion: apiextensions.k8s.io/v1",
  "kind: CustomResourceDefinition",
  "metadata:",
  "  name: any",
  "  annotations:",
  "    helm.sh/resource-policy: keep",
  "",
].join("\n");

/** What every HelmRelease is made with. */
export interface HelmReleaseContext {
  readonly plan: FluxPlan;
  /** All releases, by their paths. */
  readonly byPath: ReadonlyMap<string, FluxReleasePlan>;
}

/** The HelmRelease of a release. */
export function helmRelease(scope: Construct, planned: FluxReleasePlan, context: HelmReleaseContext): HelmRelease {
  const { release } = planned;
  return new HelmRelease(scope, release.name, {
    metadata: { name: release.name, namespace: release.namespace },
    spec: spec(planned, context),
  });
}

function spec({ release, chart }: FluxReleasePlan, { plan, byPath }: HelmReleaseContext): Spec {
  const { settings, fluxNamespace } = plan;
  const waitsFor = release.dependsOn.filter(({ delivery }) => delivery === "flux");
  const checks = healthChecks(release.uses);
  return {
    interval: settings.interval,
    timeout: settings.timeout,
    releaseName: release.releaseName,
    targetNamespace: release.namespace,
    storageNamespace: release.namespace,
    ...chartOf(chart, settings, fluxNamespace),
    ...(waitsFor.length === 0 ? {} : { dependsOn: waitsFor.map((edge) => dependency(edge, byPath.get(edge.path))) }),
    maxHistory: settings.history,
    ...actions(release, settings),
    waitStrategy: { name: "poller" },
    ...(checks.length === 0 ? {} : { healthCheckExprs: checks }),
    driftDetection: {
      mode: "enabled",
      ignore: [...DRIFT_IGNORES, ...settings.driftIgnores].map(({ paths, ...rest }) => ({
        paths: [...paths],
        ...rest,
      })),
    },
    ...(release.valuesFrom.length === 0
      ? {}
      : { valuesFrom: release.valuesFrom.map((reference) => ({ ...reference })) }),
    ...(Object.keys(release.values).length === 0 ? {} : { values: release.values }),
  };
}

/** What Helm does: it tries for ever and never uninstalls to mend; CRDs are the business of their owner. */
function actions({ installsCrds }: Release, settings: PlannedFluxSettings): Partial<Spec> {
  const crds = installsCrds ? "CreateReplace" : "Skip";
  const shared = {
    crds,
    strategy: { name: "RetryOnFailure", retryInterval: settings.retryInterval },
    disableTakeOwnership: !settings.takeOwnership,
  } as const;
  return {
    install: shared,
    // a chart of another name would be uninstalled first, with its volumes
    upgrade: { ...shared, chartNameChangeStrategy: "InPlaceUpdate" },
    // waits for pods too: what comes after, a namespace or an operator, finds nothing left
    uninstall: { deletionPropagation: "foreground", timeout: settings.timeout },
    ...(installsCrds && settings.keepCrds
      ? {
          postRenderers: [
            { kustomize: { patches: [{ target: { kind: "CustomResourceDefinition" }, patch: KEEP_CRDS }] } },
          ],
        }
      : {}),
  };
}

function chartOf(chart: ChartPlan, { sourceInterval }: PlannedFluxSettings, namespace: string): Partial<Spec> {
  if (chart.kind !== "HelmRepository") return { chartRef: { kind: chart.kind, name: chart.name, namespace } };
  return {
    chart: {
      spec: {
        chart: chart.chart,
        version: chart.version,
        interval: sourceInterval,
        reconcileStrategy: "ChartVersion",
        sourceRef: { kind: chart.kind, name: chart.name, namespace },
      },
    },
  };
}

/**
 * Waits until the other is ready in the version that it is to have: a release that is ready in its old version, and whose
 * upgrade has not begun, would let this one go ahead. Source: fluxcd/helm-controller#276, #1271.
 */
function dependency({ name, namespace }: ReleaseEdge, on: FluxReleasePlan | undefined): HelmReleaseSpecDependsOn {
  const readyExpr = on === undefined ? undefined : readyIn(on);
  return { name, namespace, ...(readyExpr === undefined ? {} : { readyExpr }) };
}

/** In CEL. It stands instead of Flux's own check, so that is part of it. */
function readyIn({ release, chart }: FluxReleasePlan): string | undefined {
  // a chart in a folder of an artifact has a version of its own, which nobody knows here
  if (chart.kind === "ExternalArtifact") return undefined;
  const version = release.chart.version.replace(/^v/, "").replace(/\+.*/, "");
  // behind a plus helm-controller writes the digest of an artifact
  const pattern = `^v?${version.replaceAll(".", "[.]")}([+].*)?$`;
  return [
    "has(dep.status.observedGeneration) && dep.status.observedGeneration == dep.metadata.generation",
    "has(dep.status.conditions) && dep.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')",
    `has(dep.status.history) && size(dep.status.history) > 0 && dep.status.history[0].chartVersion.matches('${pattern}')`,
  ].join(" && ");
}
