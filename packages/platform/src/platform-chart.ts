import type { Manifest } from "@plinth/bridge/chart";
import { ApiObject, Chart } from "cdk8s";
import { Construct } from "constructs";
import { FluxChart } from "./flux/flux-chart.js";
import type { FluxPlan } from "./flux/plan-flux.js";
import type { SetupPlan } from "./setup/plan-setup.js";
import { SetupChart } from "./setup/setup-chart.js";

/** Properties of {@link PlatformChart}. */
export interface PlatformChartProps {
  readonly flux: FluxPlan;
  readonly setup: SetupPlan;
  /** Flux's own objects, already changed for where it starts. @default - Flux is there */
  readonly fluxObjects?: readonly Manifest[];
  /**
   * Which releases Pulumi waits for before it goes on: all, or those without which what is set up would be refused.
   * @default - for a rendering: Pulumi is told nothing
   */
  readonly waitFor?: "all" | "needed";
}

/** All objects of a platform: Flux itself where it is not there yet, namespaces, sources, releases. */
export class PlatformChart extends Chart {
  /** The releases, and what is around them. */
  readonly flux: FluxChart;

  constructor(scope: Construct, id: string, { flux, setup, fluxObjects = [], waitFor }: PlatformChartProps) {
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
    const releaseOf = (path: string) => this.flux.releases.get(path);
    new SetupChart(this, "setup", { plan: setup, releaseOf });
    if (waitFor === undefined) return;
    // what is set up would be refused while its kinds are not there
    const needed = new Set([setup.storage, setup.addresses, setup.ingress].flatMap((part) => part?.after ?? []));
    for (const [path, release] of this.flux.releases) {
      if (waitFor === "needed" && !needed.has(path)) continue;
      release.metadata.addAnnotation("pulumi.com/waitFor", "condition=Ready");
    }
  }
}
