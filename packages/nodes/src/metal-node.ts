/** What keeps the controllers of a cloud away from a node that is no machine of it. */
export interface MetalNodeSettings {
  /** Flags of the node's kubelet, in the form of kubeadm's `kubeletExtraArgs`. `cloud-provider` is not among them. */
  readonly kubeletExtraArgs: readonly { readonly name: string; readonly value: string }[];
  /** Labels of the Node. */
  readonly labels: Readonly<Record<string, string>>;
  /** Arguments of the OpenStack cloud controller, once for the cluster. */
  readonly cloudControllerArgs: readonly string[];
}

/**
 * Settings for a node of bare metal in a cluster whose other nodes are VMs of an OpenStack:
 *
 * - its provider id is of another scheme than `openstack:///<id>`, so the cloud controller cannot take a node that does not
 *   answer for a server that is gone, and delete it. Set it before the node joins: it cannot be changed afterwards;
 * - its kubelet has no `cloud-provider=external`: it would wait for ever for a cloud controller to know it;
 * - it is no member of load balancers of the cloud, which cannot reach it;
 * - the cloud controller makes no routes: it would make one for each node, those of metal too.
 *
 * The health check of a group looks at Machines: a node of metal has none.
 *
 * Sources: kubernetes/cloud-provider-openstack#2062, #1186; deckhouse/deckhouse#11969; kubernetes/cloud-provider#35
 * @param nodeName name of the Node
 */
export function metalNodeSettings(nodeName: string): MetalNodeSettings {
  return {
    kubeletExtraArgs: [{ name: "provider-id", value: `metal://${nodeName}` }],
    labels: { "node.kubernetes.io/exclude-from-external-load-balancers": "" },
    cloudControllerArgs: ["--controllers=*,-node-route-controller"],
  };
}
