import { formatDuration } from "@plinth/core";
import { backoffSeconds, inFallbackOrder, type RankedGroup } from "../../plan-fallback.js";
import { deploymentName } from "./names.js";
import type { ClusterApiCloudPlan } from "./plan.js";

/** How long the autoscaler leaves a group alone at most, by its own default. */
const USUAL_MAX_BACKOFF_SECONDS = 1800;
/** After how long without a failure the autoscaler begins with the shortest time again, by its own default. */
const USUAL_RESET_SECONDS = 10_800;

/** What a cluster autoscaler is told so that it goes through the groups of a cloud in their order, to the last. */
export interface AutoscalerSettings {
  /** Its command-line arguments. Where the controllers' cluster is another, its two kubeconfigs come beside them. */
  readonly args: readonly string[];
  /**
   * Values for its Helm chart, `cluster-autoscaler` of https://kubernetes.github.io/autoscaler, to be installed in the namespace
   * of `engine.autoscaler`. `expanderPriorities` is not among them: the cloud provider makes that ConfigMap.
   */
  readonly helmValues: {
    readonly cloudProvider: "clusterapi";
    readonly autoDiscovery: { readonly clusterName: string; readonly namespace: string };
    readonly extraArgs: Readonly<Record<string, string>>;
  };
  /** Text below `priorities` of the ConfigMap `cluster-autoscaler-priority-expander`. */
  readonly priorities: string;
}

/**
 * Computes what the autoscaler is told.
 *
 * It knows no groups but MachineDeployments, of which a group has one a zone; each is waited for before the next is taken. So it
 * leaves one that has failed alone for as many time-outs as there are.
 *
 * Source: kubernetes/autoscaler:cluster-autoscaler/expander/priority/readme.md; cluster-autoscaler/FAQ.md, What are the
 * parameters to CA; cluster-autoscaler/cloudprovider/clusterapi/README.md
 * @throws TypeError when the cloud describes no autoscaler
 */
export function autoscalerSettings(
  { clusterName, autoscaler }: ClusterApiCloudPlan,
  groups: readonly Pick<RankedGroup, "name" | "priority" | "zones">[],
): AutoscalerSettings {
  if (autoscaler === undefined) throw new TypeError("The cloud describes no autoscaler");
  const backoff = backoffSeconds(groups, autoscaler);
  const most = Math.max(backoff, USUAL_MAX_BACKOFF_SECONDS);
  const text = (seconds: number): string => formatDuration(seconds * 1000);
  const extraArgs = {
    expander: "priority",
    "max-node-provision-time": text(autoscaler.maxNodeProvisionSeconds),
    "initial-node-group-backoff-duration": text(backoff),
    "max-node-group-backoff-duration": text(most),
    "node-group-backoff-reset-timeout": text(Math.max(2 * most, USUAL_RESET_SECONDS)),
  };
  const all = {
    "cloud-provider": "clusterapi",
    "node-group-auto-discovery": `clusterapi:namespace=${clusterName},clusterName=${clusterName}`,
    namespace: autoscaler.namespace,
    ...extraArgs,
  };
  return {
    args: Object.entries(all).map(([flag, value]) => `--${flag}=${value}`),
    helmValues: {
      cloudProvider: "clusterapi",
      autoDiscovery: { clusterName, namespace: clusterName },
      extraArgs,
    },
    priorities: priorities(clusterName, groups),
  };
}

/** YAML: regular expressions of the MachineDeployments' ids, by priority. Names are DNS labels: nothing in them is a sign. */
function priorities(namespace: string, groups: readonly Pick<RankedGroup, "name" | "priority" | "zones">[]): string {
  if (groups.length === 0) return "{}\n";
  return inFallbackOrder(groups)
    .flatMap(({ name, priority, zones }) => [
      `${priority}:`,
      ...zones.map((zone) => `  - ^MachineDeployment/${namespace}/${deploymentName(name, zone)}$`),
    ])
    .map((line) => `${line}\n`)
    .join("");
}
