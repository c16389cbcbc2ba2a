/** Key of the label that every node of a group has, and no node of metal. */
export const CLUSTER_API_GROUP_LABEL = "plinth.dev/node-group";

/** Labels of Kubernetes' own that a kubelet may give to its node. */
const KUBELET_KEYS = ["topology.kubernetes.io/zone", "topology.kubernetes.io/region"];

/**
 * How a node comes by a label: its kubelet registers with it, or Cluster API hands it on from the Machine.
 * `undefined`: neither may.
 *
 * Sources: kubernetes/kubernetes:staging/src/k8s.io/kubelet/pkg/apis/well_known_labels.go;
 * kubernetes-sigs/cluster-api:docs/book/src/reference/api/metadata-propagation.md
 */
export function labelWay(key: string): "kubelet" | "machine" | undefined {
  const domain = key.includes("/") ? key.slice(0, key.indexOf("/")) : "";
  if (domain === "node-role.kubernetes.io") return "machine";
  if (isBelow(domain, "node-restriction.kubernetes.io") || isBelow(domain, "node.cluster.x-k8s.io")) return "machine";
  if (KUBELET_KEYS.includes(key)) return "kubelet";
  if (isBelow(domain, "kubelet.kubernetes.io") || isBelow(domain, "node.kubernetes.io")) return "kubelet";
  return isBelow(domain, "kubernetes.io") || isBelow(domain, "k8s.io") ? undefined : "kubelet";
}

function isBelow(domain: string, root: string): boolean {
  return domain === root || domain.endsWith(`.${root}`);
}

/** The labels that go one way. */
export function labelsBy(
  way: "kubelet" | "machine",
  labels: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => labelWay(key) === way));
}
