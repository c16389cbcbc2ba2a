import { CLUSTER_API_GROUP_LABEL } from "./engines/cluster-api/labels.js";

/** What keeps the controllers of a cloud away from a node that is no machine of it. */
export interface MetalNodeSettings {
  /** Flags of the node's kubelet, in the form of kubeadm's `kubeletExtraArgs`. `cloud-provider` is not among them. */
  readonly kubeletExtraArgs: readonly { readonly name: string; readonly value: string }[];
  /** Labels of the Node; a kubelet may set them itself, by `--node-labels`. */
  readonly labels: Readonly<Record<string, string>>;
  /** Arguments of the OpenStack cloud controller, once for the cluster. */
  readonly cloudControllerArgs: readonly string[];
  /**
   * For the pods of DaemonSets that work on machines of the cloud only, as the node plug-ins of Cinder's and Manila's CSI drivers
   * do: goes into their `spec.template.spec`. Once for the cluster.
   */
  readonly cloudNodesOnly: {
    readonly affinity: {
      readonly nodeAffinity: {
        readonly requiredDuringSchedulingIgnoredDuringExecution: {
          readonly nodeSelectorTerms: readonly {
            readonly matchExpressions: readonly { readonly key: string; readonly operator: "Exists" }[];
          }[];
        };
      };
    };
    readonly tolerations: readonly { readonly operator: "Exists" }[];
  };
}

/**
 * Settings for a node of bare metal in a cluster whose other nodes are VMs of an OpenStack:
 *
 * - its provider id is of another scheme than `openstack:///<id>`, so the cloud controller cannot take a node that does not
 *   answer for a server that is gone, and delete it. Set it before the node joins: it cannot be changed afterwards;
 * - its kubelet has no `cloud-provider=external`: it would wait for ever for a cloud controller to know it;
 * - it is no member of load balancers of the cloud, which cannot reach it;
 * - the cloud controller makes no routes: it would make one for each node, those of metal too;
 * - the cloud's CSI drivers register on machines of the cloud only: metal has no metadata service to ask which server it is.
 *
 * The health check of a group looks at Machines that have the label of the group: a node of metal has no Machine. Workloads of
 * the racks stay on them, as the nodes of each group have a taint. Deckhouse sets all this for its static nodes itself, with
 * provider ids of the scheme `static://`.
 *
 * Sources: kubernetes/cloud-provider-openstack#2062, #1186, #1947; deckhouse/deckhouse#11969; kubernetes/cloud-provider#35
 * @param nodeName name of the Node
 */
export function metalNodeSettings(nodeName: string): MetalNodeSettings {
  const ofCloud = { key: CLUSTER_API_GROUP_LABEL, operator: "Exists" } as const;
  return {
    kubeletExtraArgs: [{ name: "provider-id", value: `metal://${nodeName}` }],
    labels: { "node.kubernetes.io/exclude-from-external-load-balancers": "" },
    cloudControllerArgs: ["--controllers=*,-node-route-controller"],
    cloudNodesOnly: {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [ofCloud] }] },
        },
      },
      tolerations: [{ operator: "Exists" }],
    },
  };
}
