/**
 * A platform as Kubernetes objects, to render without Pulumi.
 * @packageDocumentation
 */
export * from "./flux/index.js";
export { PLATFORM_FLUX } from "./flux-rules.js";
