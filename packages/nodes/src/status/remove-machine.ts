import { formatDuration } from "@plinth/core";

/** A group of which one machine shall go. */
export interface ShrinkingGroup {
  readonly name: string;
  readonly namespace: string;
  /** Whether the autoscaler decides the number of machines. */
  readonly autoscaled: boolean;
  /** Seconds that its workloads have to leave. @default 600 */
  readonly drainSeconds?: number;
}

/** Annotation by which a MachineSet removes a Machine before all others. */
const DELETE_FIRST = "cluster.x-k8s.io/delete-machine=yes";

/**
 * How to remove one machine of Cluster API. Deleting its Machine, Node or server does not help: the group makes another one.
 *
 * Source: kubernetes-sigs/cluster-api:docs/book/src/tasks/automated-machine-management/scaling.md
 */
export function removeOneOfClusterApi({
  name,
  namespace,
  autoscaled,
  drainSeconds = 600,
}: ShrinkingGroup): readonly string[] {
  const mark = `mark it: kubectl -n ${namespace} annotate machine MACHINE ${DELETE_FIRST}`;
  const deployment =
    "its MachineDeployment: kubectl -n " +
    `${namespace} get machine MACHINE -o jsonpath='{.metadata.labels.cluster\\.x-k8s\\.io/deployment-name}'`;
  const wait = `its workloads have ${formatDuration(drainSeconds * 1000)} to leave, then its server and its Node go`;
  if (!autoscaled) {
    return [
      mark,
      `in the program lower size.replicas of ${name} by one, and run pulumi up (a kubectl scale would be undone by it)`,
      wait,
    ];
  }
  return [
    mark,
    `in the program lower size.max of ${name} to one less than it has now, and size.min where that is above, and run pulumi up: otherwise the autoscaler may order another one`,
    deployment,
    `kubectl -n ${namespace} scale machinedeployment DEPLOYMENT --replicas=ONE_LESS (the number is not the program's: pulumi up leaves it)`,
    `${wait}; then size.max may be raised again`,
  ];
}

/**
 * How to remove one machine of Deckhouse. It keeps the number of machines of a zone between `minPerZone` and `maxPerZone`, and
 * removes those of the lowest priority first.
 *
 * Source: deckhouse/deckhouse:modules/040-node-manager/docs/FAQ.md; gardener/machine-controller-manager:
 * pkg/util/provider/machineutils/utils.go, MachinePriority
 */
export function removeOneOfDeckhouse({ name, namespace }: ShrinkingGroup, engine: "MCM" | "CAPI"): readonly string[] {
  const mark =
    engine === "CAPI"
      ? `kubectl -n ${namespace} annotate machines.cluster.x-k8s.io MACHINE ${DELETE_FIRST}`
      : `kubectl -n ${namespace} annotate machines.machine.sapcloud.io MACHINE machinepriority.machine.sapcloud.io=1`;
  return [
    `mark it: ${mark}`,
    `in the program lower size.max of ${name} to one less than its zone has now, and size.min where that is above, and run pulumi up`,
    "its workloads leave, then its server and its Node go; then size.max may be raised again",
  ];
}
