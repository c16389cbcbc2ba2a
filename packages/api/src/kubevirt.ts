/** KubeVirt's own kind, group kubevirt.io. */
export * from "./gen/kubevirt.js";
