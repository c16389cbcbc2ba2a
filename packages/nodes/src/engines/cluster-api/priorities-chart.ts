import { ApiObject, Chart } from "cdk8s";
import type { Construct } from "constructs";

/** Properties of {@link ClusterApiPrioritiesChart}. Texts may be the bridge's tokens for Outputs. */
export interface ClusterApiPrioritiesChartProps {
  /** Namespace of the autoscaler. */
  readonly namespace: string;
  /** Text below `priorities`: which groups, by priority. */
  readonly priorities: string;
}

/**
 * In which order the cluster autoscaler takes the groups. It looks for this in the cluster whose Pods and Nodes it watches
 * (`--kubeconfig`), wherever it runs itself: in that which the machines join, and not in that of Cluster API's objects.
 *
 * Source: kubernetes/autoscaler:cluster-autoscaler/expander/factory/expander_factory.go;
 * cluster-autoscaler/cloudprovider/clusterapi/README.md
 */
export class ClusterApiPrioritiesChart extends Chart {
  constructor(scope: Construct, id: string, { namespace, priorities }: ClusterApiPrioritiesChartProps) {
    super(scope, id);
    new ApiObject(this, "autoscaler-priorities", {
      apiVersion: "v1",
      kind: "ConfigMap",
      // the one name under which the autoscaler looks for it
      metadata: { name: "cluster-autoscaler-priority-expander", namespace },
      data: { priorities },
    });
  }
}
