import { formatDuration } from "@plinth/core";
import type { NodeGroupPlan } from "../../plan.js";
import { groupLabel } from "../../plan-labels.js";
import type { ClusterApiCloudPlan } from "./plan.js";

const CAPACITY = "capacity.cluster-autoscaler.kubernetes.io";
const SIZE = "cluster.x-k8s.io/cluster-api-autoscaler-node-group";

/** Says of one group what the autoscaler's flag `--max-node-provision-time` says of all. */
const PROVISION_TIME = "cluster.x-k8s.io/autoscaling-options-maxnodeprovisiontime";

/**
 * What the cluster autoscaler reads of a group: its limits, how long a machine may take and, to start from no machine, what a
 * node of it is like.
 *
 * Source: kubernetes/autoscaler:cluster-autoscaler/cloudprovider/clusterapi/README.md
 */
export function autoscalerAnnotations(
  plan: NodeGroupPlan,
  { maxNodeProvisionSeconds }: ClusterApiCloudPlan,
): Readonly<Record<string, string>> {
  const { perZone, machine, labels, taints } = plan;
  const all = { ...groupLabel(plan), ...labels };
  return {
    [`${SIZE}-min-size`]: `${perZone.min}`,
    [`${SIZE}-max-size`]: `${perZone.max}`,
    [PROVISION_TIME]: formatDuration(maxNodeProvisionSeconds * 1000),
    [`${CAPACITY}/cpu`]: `${machine.cores}`,
    [`${CAPACITY}/memory`]: `${machine.memoryMiB}Mi`,
    [`${CAPACITY}/ephemeral-disk`]: `${machine.diskGiB}Gi`,
    [`${CAPACITY}/labels`]: Object.entries(all)
      .map((pair) => pair.join("="))
      .join(","),
    [`${CAPACITY}/taints`]: taints.map(({ key, value = "", effect }) => `${key}=${value}:${effect}`).join(","),
  };
}
