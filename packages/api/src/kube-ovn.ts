/** Kinds of kube-ovn, group kubeovn.io. */
export * from "./gen/kube-ovn.js";
