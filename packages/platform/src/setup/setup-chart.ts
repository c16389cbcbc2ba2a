import { Chart } from "cdk8s";
import type { Construct, IConstruct } from "constructs";
import { AddressesChart } from "../addresses/addresses-chart.js";
import { IngressChart } from "../ingress/ingress-chart.js";
import { StorageChart } from "../storage/storage-chart.js";
import { TenantsChart } from "../tenants/tenants-chart.js";
import type { SetupPlan } from "./plan-setup.js";

/** Properties of {@link SetupChart}. */
export interface SetupChartProps {
  /** What was computed. */
  readonly plan: SetupPlan;
  /** The release of a path, where it is part of the same tree: what each part waits for. */
  readonly releaseOf: (path: string) => IConstruct | undefined;
}

/** What is set up once the releases run. Each part waits for those whose kinds it has. */
export class SetupChart extends Chart {
  constructor(scope: Construct, id: string, { plan, releaseOf }: SetupChartProps) {
    super(scope, id);
    const { storage, addresses, ingress, tenants } = plan;
    const after = (part: Construct, paths: readonly string[]): void =>
      part.node.addDependency(...paths.map(releaseOf).filter((one) => one !== undefined));
    if (storage !== undefined) after(new StorageChart(this, "storage", storage), storage.after);
    if (addresses !== undefined) after(new AddressesChart(this, "addresses", addresses), addresses.after);
    if (ingress !== undefined) after(new IngressChart(this, "ingress", ingress), ingress.after);
    if (tenants !== undefined) new TenantsChart(this, "tenants", { plan: tenants });
  }
}
