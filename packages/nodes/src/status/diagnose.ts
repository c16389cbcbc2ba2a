import { diagnoseClusterApi } from "./diagnose-cluster-api.js";
import { diagnoseDeckhouse } from "./diagnose-deckhouse.js";
import type { GroupStatus } from "./group-status.js";
import type { KubeObject } from "./kube-object.js";

/** What a diagnosis needs beside the objects. */
export interface DiagnoseOptions {
  /** The time at which the objects were read: by it it is known what is late. */
  readonly now: Date;
  /** What Nova says of servers that it put into ERROR, by their id: no object of Kubernetes has it. @default - it is not known */
  readonly faults?: ReadonlyMap<string, string>;
}

/**
 * How each group of nodes is, which of its machines fail, and why: the true cause, which controllers do not pass on. Pure.
 *
 * - Engine `clusterApi`: a quota or an error of the cloud stands on the `OpenStackServer` only, while the Machine goes on saying
 *   `WaitingForBootstrapData`. Then the user data, the health check, the Node.
 * - Engine `deckhouse`: the NodeGroup's status, Machines of the machine controller, and its events.
 *
 * Groups are those that {@link HybridNodeGroup} made: MachineDeployments with its label, NodeGroups of the type CloudEphemeral.
 *
 * @param objects of the kinds that `STATUS_KINDS` names, of one cluster
 * @returns the groups by name
 */
export function diagnose(objects: readonly KubeObject[], options: DiagnoseOptions): readonly GroupStatus[] {
  return [...diagnoseClusterApi(objects, options), ...diagnoseDeckhouse(objects, options)].sort((a, b) =>
    a.name === b.name ? 0 : a.name < b.name ? -1 : 1,
  );
}

/** The kinds that a diagnosis looks at. No Secret is among them. */
export const STATUS_KINDS = [
  ["cluster.x-k8s.io/v1beta2", "Cluster"],
  ["cluster.x-k8s.io/v1beta2", "MachineDeployment"],
  ["cluster.x-k8s.io/v1beta2", "MachineSet"],
  ["cluster.x-k8s.io/v1beta2", "Machine"],
  ["cluster.x-k8s.io/v1beta2", "MachineHealthCheck"],
  ["infrastructure.cluster.x-k8s.io/v1beta1", "OpenStackCluster"],
  ["infrastructure.cluster.x-k8s.io/v1beta1", "OpenStackMachine"],
  ["infrastructure.cluster.x-k8s.io/v1alpha1", "OpenStackServer"],
  ["bootstrap.cluster.x-k8s.io/v1beta2", "KubeadmConfig"],
  ["deckhouse.io/v1", "NodeGroup"],
  ["machine.sapcloud.io/v1alpha1", "Machine"],
  ["v1", "Event"],
] as const;
