/** Kinds of cert-manager, group cert-manager.io. */
export * from "./gen/cert-manager.js";
