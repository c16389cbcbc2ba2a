/**
 * A platform as Kubernetes objects, to render without Pulumi.
 * @packageDocumentation
 */
export * from "./addresses/index.js";
export { BUNDLE_PARTS, type BundlePart, type PlatformBundle, renderPlatform } from "./delivery/bundle.js";
export { BundleChart, type BundleChartProps } from "./delivery/bundle-chart.js";
export { publishBundle } from "./delivery/publish.js";
export type { BundleTarget } from "./delivery/target.js";
export * from "./flux/index.js";
export { PLATFORM_FLUX } from "./flux-rules.js";
export * from "./ingress/index.js";
export { PlatformChart, type PlatformChartProps } from "./platform-chart.js";
export { type PlatformObjects, type PlatformObjectsProps, planPlatformObjects } from "./platform-objects.js";
export { planSetup, type SetupPlan, type SetupProps } from "./setup/plan-setup.js";
export { SetupChart, type SetupChartProps } from "./setup/setup-chart.js";
export { PLATFORM_SETUP } from "./setup-rules.js";
export * from "./storage/index.js";
export * from "./tenants/index.js";
export * from "./virtualization/index.js";
