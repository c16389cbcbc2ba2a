import type { ComponentNamespace } from "../definition.js";

// Namespaces that several components share: one definition, so one owner. The names are Cozystack's.

export const CERT_MANAGER: ComponentNamespace = { name: "cozy-cert-manager" };
export const CLUSTER_API: ComponentNamespace = { name: "cozy-cluster-api" };
export const FLUX: ComponentNamespace = { name: "cozy-fluxcd" };
export const KEYCLOAK: ComponentNamespace = { name: "cozy-keycloak" };
export const KUBEOVN: ComponentNamespace = { name: "cozy-kubeovn" };
export const KUBEVIRT: ComponentNamespace = { name: "cozy-kubevirt" };
export const KUBEVIRT_CDI: ComponentNamespace = { name: "cozy-kubevirt-cdi" };
export const LINSTOR: ComponentNamespace = { name: "cozy-linstor" };
export const MONITORING: ComponentNamespace = { name: "cozy-monitoring" };
/** Where images are for all tenants. */
export const PUBLIC: ComponentNamespace = { name: "cozy-public" };
export const SYSTEM: ComponentNamespace = { name: "cozy-system" };
export const VERTICAL_POD_AUTOSCALER: ComponentNamespace = { name: "cozy-vertical-pod-autoscaler" };
export const VICTORIA_METRICS: ComponentNamespace = { name: "cozy-victoria-metrics-operator" };

/** There in every cluster. */
export const KUBE_SYSTEM: ComponentNamespace = { name: "kube-system", existing: true };
