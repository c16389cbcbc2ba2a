/** Your own Kubernetes cloud, described in one typed program. */
export { PlinthError, PlinthReport } from "@plinth/core";
export * from "@plinth/network";
export * from "@plinth/nodes";
