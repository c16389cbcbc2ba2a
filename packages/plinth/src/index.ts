/** Your own Kubernetes cloud, described in one typed program. */
export { type Edit, type Emitted, KubernetesProvider } from "@plinth/bridge";
export { PlinthError, PlinthReport } from "@plinth/core";
export * from "@plinth/network";
export * from "@plinth/nodes";
/** The platform: its components, presets and graph. A name of its own, because it has a hundred of them. */
export * as platform from "@plinth/platform";
export { Platform, type PlatformArgs } from "@plinth/platform";
export { type RecoverOptions, recover } from "./recover/recover.js";
export type { Recovery, RecoveryPlan } from "./recover/recover-stack.js";
export { type StatusOptions, status } from "./status/status.js";
