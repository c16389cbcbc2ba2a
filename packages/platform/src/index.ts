export * from "./catalogue/index.js";
export { type DescribedPlatformPlan, Platform, type PlatformArgs, type PlatformDelivery } from "./component.js";
export { configure, type ReleaseOverrides, type Setting } from "./configure.js";
export type {
  AnyComponent,
  Capability,
  Component,
  ComponentNamespace,
  GivenSettings,
  Requirement,
} from "./definition.js";
export type { ApiServerAddress, Distribution, HandedDown, PlatformMachine, PlatformNetwork } from "./handed-down.js";
export { kinds, kindText } from "./kinds.js";
export {
  cidrsOf,
  describeLevels,
  describeReason,
  type FluxPod,
  type PlannedFlux,
  type PlannedNamespace,
  type PlatformPlan,
  planPlatform,
  rangeText,
  type Toleration,
} from "./plan.js";
export { distro, full, hosted, minimal, PRESETS, type Preset } from "./presets.js";
export type {
  ExistingFlux,
  HostedPlatformProps,
  LoadBalancerRange,
  Machine,
  NetworkRanges,
  NodeSubnet,
  OwnPlatformProps,
  PlatformProps,
} from "./props.js";
export {
  type ApiKind,
  type ChartReference,
  type EdgeReason,
  type ExternalChart,
  type HelmChart,
  type Json,
  type JsonObject,
  type OciChart,
  PHASES,
  type Phase,
  type Release,
  type ReleaseEdge,
  type ValuesReference,
} from "./release.js";
export { PLATFORM } from "./rules.js";
export {
  type LiveCondition,
  type LiveHelmRelease,
  type ReleaseState,
  type ReleaseStatus,
  type WaitingRelease,
  whyWaiting,
} from "./why-waiting.js";
