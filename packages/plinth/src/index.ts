/** Your own Kubernetes cloud, described in one typed program. */
export { type Edit, type Emitted, KubernetesProvider } from "@plinth/bridge";
export { PlinthError, PlinthReport } from "@plinth/core";
export * from "@plinth/network";
export * from "@plinth/nodes";
export { type RecoverOptions, recover } from "./recover/recover.js";
export type { Recovery, RecoveryPlan } from "./recover/recover-stack.js";
