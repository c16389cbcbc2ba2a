/**
 * Built-in kinds that `validateObject` lets pass by their name alone, by API version.
 * Their content is left to a real API server.
 */
export const WELL_KNOWN_KINDS: Readonly<Record<string, readonly string[]>> = {
  v1: [
    "ConfigMap",
    "LimitRange",
    "Namespace",
    "Node",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "Pod",
    "ResourceQuota",
    "Secret",
    "Service",
    "ServiceAccount",
  ],
  "apiextensions.k8s.io/v1": ["CustomResourceDefinition"],
  "apps/v1": ["DaemonSet", "Deployment", "StatefulSet"],
  "batch/v1": ["CronJob", "Job"],
  "networking.k8s.io/v1": ["Ingress", "IngressClass", "NetworkPolicy"],
  "policy/v1": ["PodDisruptionBudget"],
  "rbac.authorization.k8s.io/v1": ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
  "scheduling.k8s.io/v1": ["PriorityClass"],
  "storage.k8s.io/v1": ["StorageClass"],
};
