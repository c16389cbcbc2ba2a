import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { cozystackChart } from "./charts.js";
import { cilium } from "./cilium.js";
import { kubeovn } from "./kubeovn.js";
import { KUBEOVN } from "./namespaces.js";

// What stands beside the pod network: rows of data, see system.ts.

const CERTIFICATES = kinds("cert-manager.io", "Certificate", "Issuer");

/** Policies for the nodes themselves. */
export const ciliumNetworkpolicy: Component = {
  name: "cilium-networkpolicy",
  namespace: cilium.namespace,
  privileged: true,
  chart: cozystackChart("cilium-networkpolicy"),
  requires: kinds("cilium.io", "CiliumClusterwideNetworkPolicy"),
};

/** Admission checks of kube-ovn. */
export const kubeovnWebhook: Component = {
  name: "kubeovn-webhook",
  namespace: KUBEOVN,
  privileged: true,
  chart: cozystackChart("kubeovn-webhook"),
  requires: [...CERTIFICATES, kubeovn],
};

/** Mends OVN's databases after a lost node. */
export const kubeovnPlunger: Component = {
  name: "kubeovn-plunger",
  namespace: KUBEOVN,
  chart: cozystackChart("kubeovn-plunger"),
  requires: [kubeovn, ...kinds("operator.victoriametrics.com", "VMPodScrape")],
};

/** Several networks for a pod. */
export const multus: Component = {
  name: "multus",
  namespace: { name: "cozy-multus" },
  privileged: true,
  chart: cozystackChart("multus"),
  provides: kinds("k8s.cni.cncf.io", "NetworkAttachmentDefinition"),
};

/** Security groups of tenants. */
export const securitygroupController: Component = {
  name: "securitygroup-controller",
  namespace: { name: "cozy-securitygroup-controller" },
  privileged: true,
  chart: cozystackChart("securitygroup-controller"),
  requires: [...kinds("kubeovn.io", "SecurityGroup"), ...kinds("cilium.io", "CiliumNetworkPolicy")],
};
