import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { PLATFORM_SETTINGS } from "../settings-rules.js";
import { cozystackChart, cozystackValues } from "./charts.js";
import { cozystackApi, cozystackController } from "./engine.js";

/** What people set for the dashboard. */
export interface DashboardSettings {
  /** `["dashboard"]`: it is reached from outside; `[]`: from inside only. @default ["dashboard"] */
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
  check: ({ settings: { exposedServices = [] } }, check) =>
    exposedServices.forEach((name, i) => {
      if (name === "dashboard") return;
      check.refuse(PLATFORM_SETTINGS.exposed, {
        property: `exposedServices[${i}]`,
        value: name,
        message: `The chart of the dashboard exposes no ${name}`,
        fix: `set it where it is read: configure(…, {}, { values: { _cluster: { "expose-services": "${name}" } } }) for the component with ${name}`,
      });
    }),
  values: ({ exposedServices = ["dashboard"], issuer = "letsencrypt-prod" }, platform) =>
    cozystackValues(platform, { "expose-services": exposedServices.join(","), "issuer-name": issuer }),
};
