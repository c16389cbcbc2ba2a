export type {
  AnyComponent,
  Capability,
  Component,
  ComponentNamespace,
  Requirement,
} from "./definition.js";
export type { ApiServerAddress, Distribution, HandedDown, PlannedMachine, PlatformNetwork } from "./handed-down.js";
export {
  type ApiKind,
  type ChartReference,
  type EdgeReason,
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
