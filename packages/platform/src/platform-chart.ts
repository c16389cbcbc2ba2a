import type { Manifest } from "@plinth/bridge/chart";
import { ApiObject, Chart } from "cdk8s";
import { Construct } from "constructs";
import { FluxChart } from "./flux/flux-chart.js";
import type { FluxPlan } from "./flux/plan-flux.js";

/** Properties of {@link PlatformChart}. */
export interface PlatformChartProps {
  readonly flux: FluxPlan;
  /** Flux's own objects, already changed for where it starts. @default - Flux is there */
  readonly fluxObjects?: readonly Manifest[];
  /**
   * Seconds that Pulumi gives a release to get ready, before it goes on with those that wait for it. @default - it does not wait: Flux keeps
   * the order by itself
   */
  readonly timeout?: number | undefined;
}

/** All objects of a platform: Flux itself where it is not there yet, namespaces, sources, releases. */
export class PlatformChart extends Chart {
  /** The releases, and what is around them. */
  readonly flux: FluxChart;

  constructor(scope: Construct, id: string, { flux, fluxObjects = [], timeout }: PlatformChartProps) {
    super(scope, id);
    const own = new Construct(this, "flux-itself");
    const names = new Map<string, number>();
    for (const object of fluxObjects) {
      const base = `${object.kind}-${object.metadata.name}`.toLowerCase().replaceAll(/[^a-z0-9-]/g, "-");
      const count = names.get(base) ?? 0;
      names.set(base, count + 1);
      new ApiObject(own, count === 0 ? base : `${base}-${count}`, object);
    }
    this.flux = new FluxChart(this, "flux", { plan: flux });
    if (fluxObjects.length > 0) this.flux.node.addDependency(own);
    if (timeout === undefined) return;
    for (const release of this.flux.releases.values()) {
      release.metadata.addAnnotation("pulumi.com/waitFor", "condition=Ready");
      release.metadata.addAnnotation("pulumi.com/timeoutSeconds", String(timeout));
    }
  }
}
