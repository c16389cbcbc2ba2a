/** Kinds of MetalLB, group metallb.io. */
export * from "./gen/metallb.js";
