/**
 * A platform as Kubernetes objects, to render without Pulumi.
 * @packageDocumentation
 */
export * from "./addresses/index.js";
export * from "./flux/index.js";
export { PLATFORM_FLUX } from "./flux-rules.js";
export { PLATFORM_SETUP } from "./setup-rules.js";
export * from "./storage/index.js";
