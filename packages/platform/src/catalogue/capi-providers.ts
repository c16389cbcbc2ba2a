import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { cozystackChart } from "./charts.js";
import { kamaji } from "./kamaji.js";
import { kubevirt } from "./kubevirt.js";
import { CLUSTER_API } from "./namespaces.js";

/** A provider of Cluster API: the operator of the providers makes its kinds. */
function provider(name: string, given: Pick<Component, "provides" | "requires">): Component {
  const chart = cozystackChart(name === "capi-providers" ? "capi-providers-core" : name);
  return { name, namespace: CLUSTER_API, privileged: true, chart, installsCrds: false, ...given };
}

const OPERATOR = "operator.cluster.x-k8s.io";

/**
 * Cluster API's core. The article's one release had all providers in it; they are four today, with an edge from each to what
 * it drives.
 */
export const capiProviders = provider("capi-providers", {
  provides: [
    ...kinds("addons.cluster.x-k8s.io", "ClusterResourceSet", "ClusterResourceSetBinding"),
    ...kinds(
      "cluster.x-k8s.io",
      "Cluster",
      "ClusterClass",
      "Machine",
      "MachineDeployment",
      "MachineDrainRule",
      "MachineHealthCheck",
      "MachinePool",
      "MachineSet",
    ),
    ...kinds("ipam.cluster.x-k8s.io", "IPAddress", "IPAddressClaim"),
    ...kinds("runtime.cluster.x-k8s.io", "ExtensionConfig"),
  ],
  requires: kinds(OPERATOR, "CoreProvider"),
});

/** Machines that join by kubeadm, or as Talos. */
export const capiProvidersBootstrap = provider("capi-providers-bootstrap", {
  provides: [
    ...kinds(
      "bootstrap.cluster.x-k8s.io",
      "KubeadmConfig",
      "KubeadmConfigTemplate",
      "TalosConfig",
      "TalosConfigTemplate",
    ),
  ],
  requires: [...kinds(OPERATOR, "BootstrapProvider"), capiProviders],
});

/** Control planes by Kamaji. */
export const capiProvidersControlPlane = provider("capi-providers-cpprovider", {
  provides: [...kinds("controlplane.cluster.x-k8s.io", "KamajiControlPlane", "KamajiControlPlaneTemplate")],
  requires: [...kinds(OPERATOR, "ControlPlaneProvider"), capiProviders, kamaji],
});

/** Machines by KubeVirt. */
export const capiProvidersInfrastructure = provider("capi-providers-infraprovider", {
  provides: [
    ...kinds(
      "infrastructure.cluster.x-k8s.io",
      "KubevirtCluster",
      "KubevirtClusterTemplate",
      "KubevirtMachine",
      "KubevirtMachineTemplate",
    ),
  ],
  requires: [...kinds(OPERATOR, "InfrastructureProvider"), capiProviders, kubevirt],
});
