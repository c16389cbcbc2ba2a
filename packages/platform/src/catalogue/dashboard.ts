import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { cozystackChart, cozystackValues } from "./charts.js";
import { cozystackApi, cozystackController } from "./engine.js";

/** What people set for the dashboard. */
export interface DashboardSettings {
  /** Services of the platform that are reached from outside. @default ["dashboard"] */
  readonly exposedServices: readonly string[];
  /** Issuer of its certificate. @default "letsencrypt-prod" */
  readonly issuer: string;
}

/** The page on which tenants order. */
export const dashboard: Component<DashboardSettings> = {
  name: "dashboard",
  namespace: { name: "cozy-dashboard" },
  chart: cozystackChart("dashboard"),
  requires: [cozystackApi, cozystackController, ...kinds("cozystack.io", "ApplicationDefinition")],
  values: ({ exposedServices = ["dashboard"], issuer = "letsencrypt-prod" }, platform) =>
    cozystackValues(platform, { "expose-services": exposedServices.join(","), "issuer-name": issuer }),
};
