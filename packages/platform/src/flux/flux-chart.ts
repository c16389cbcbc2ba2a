import type { HelmRelease } from "@plinth/api/flux";
import { type ApiObject, Chart } from "cdk8s";
import { Construct } from "constructs";
import { namespaceObject } from "../namespace-object.js";
import { helmRelease } from "./helm-release.js";
import type { FluxPlan } from "./plan-flux.js";
import { sourceObjects } from "./sources.js";

/** Properties of {@link FluxChart}. */
export interface FluxChartProps {
  /** What was computed. */
  readonly plan: FluxPlan;
}

/**
 * The releases of a platform as Flux reads them: namespaces, sources, HelmReleases.
 *
 * A HelmRelease depends on those that it waits for in the construct tree as well. To make them it would not matter, but
 * Flux removes all at once: whoever removes these objects in the reverse order takes down what stands on others first.
 */
export class FluxChart extends Chart {
  /** HelmReleases by the path of their release, in the order of the releases. */
  readonly releases: ReadonlyMap<string, HelmRelease>;

  constructor(scope: Construct, id: string, { plan }: FluxChartProps) {
    super(scope, id);
    const namespaces = new Construct(this, "namespaces");
    const byName = new Map(plan.namespaces.map((one) => [one.name, namespaceObject(namespaces, one.name, one)]));
    const sources = this.#sources(plan, byName);
    const scoped = new Construct(this, "releases");
    const context = { plan, byPath: new Map(plan.releases.map((one) => [one.release.path, one])) };
    const releases = new Map(plan.releases.map((one) => [one.release.path, helmRelease(scoped, one, context)]));
    for (const { release, chart } of plan.releases) {
      const before = [
        byName.get(release.namespace),
        ...(sources.get(keyOf(chart)) ?? []),
        ...release.dependsOn.map((edge) => releases.get(edge.path)),
      ];
      releases.get(release.path)?.node.addDependency(...before.filter((one) => one !== undefined));
    }
    this.releases = releases;
  }

  /** Objects of each source, by what releases name. */
  #sources(plan: FluxPlan, namespaces: ReadonlyMap<string, ApiObject>): Map<string, ApiObject[]> {
    const scope = new Construct(this, "sources");
    const found = new Map<string, ApiObject[]>();
    for (const source of plan.sources) {
      const objects = sourceObjects(scope, source, plan);
      for (const object of objects) {
        const namespace = namespaces.get(object.metadata.namespace ?? "");
        if (namespace !== undefined) object.node.addDependency(namespace);
      }
      const cut = source.kind === "OCIRepository" ? [...source.folders.keys()] : [];
      for (const name of cut) found.set(keyOf({ kind: "ExternalArtifact", name }), objects);
      if (cut.length === 0) found.set(keyOf(source), objects);
    }
    return found;
  }
}

function keyOf({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind}/${name}`;
}
