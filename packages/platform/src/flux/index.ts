export { bootstrapFlux, type FluxBootstrapProps } from "./bootstrap.js";
export { FluxChart, type FluxChartProps } from "./flux-chart.js";
export { healthChecks } from "./health.js";
export { type FluxPlan, type FluxProps, planFlux } from "./plan-flux.js";
export type { DriftIgnore, FluxSettings, RegistryAccess } from "./settings.js";
