import type { NodeGroupPlan } from "../../plan.js";
import { groupLabel } from "../../plan-labels.js";

const CAPACITY = "capacity.cluster-autoscaler.kubernetes.io";
const SIZE = "cluster.x-k8s.io/cluster-api-autoscaler-node-group";

/**
 * What the cluster autoscaler reads of a group: its limits and, to start from no machine, what a node of it is like.
 *
 * Source: kubernetes/autoscaler:cluster-autoscaler/cloudprovider/clusterapi/README.md
 */
export function autoscalerAnnotations(plan: NodeGroupPlan): Readonly<Record<string, string>> {
  const { perZone, machine, labels, taints } = plan;
  const all = { ...groupLabel(plan), ...labels };
  return {
    [`${SIZE}-min-size`]: `${perZone.min}`,
    [`${SIZE}-max-size`]: `${perZone.max}`,
    [`${CAPACITY}/cpu`]: `${machine.cores}`,
    [`${CAPACITY}/memory`]: `${machine.memoryMiB}Mi`,
    [`${CAPACITY}/ephemeral-disk`]: `${machine.diskGiB}Gi`,
    [`${CAPACITY}/labels`]: Object.entries(all)
      .map((pair) => pair.join("="))
      .join(","),
    ...(taints.length === 0
      ? {}
      : { [`${CAPACITY}/taints`]: taints.map(({ key, value = "", effect }) => `${key}=${value}:${effect}`).join(",") }),
  };
}
