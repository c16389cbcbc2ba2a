/**
 * A platform as Kubernetes objects, to render without Pulumi.
 * @packageDocumentation
 */
export * from "./addresses/index.js";
export * from "./flux/index.js";
export { PLATFORM_FLUX } from "./flux-rules.js";
export * from "./ingress/index.js";
export { PLATFORM_SETUP } from "./setup-rules.js";
export * from "./storage/index.js";
export * from "./tenants/index.js";
export * from "./virtualization/index.js";
