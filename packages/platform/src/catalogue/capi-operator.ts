import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { chartOf } from "./charts.js";
import { CLUSTER_API } from "./namespaces.js";

/** The operator of Cluster API's providers. */
export const capiOperator: Component = {
  name: "capi-operator",
  namespace: CLUSTER_API,
  privileged: true,
  chart: chartOf("cluster-api-operator"),
  provides: [
    ...kinds(
      "operator.cluster.x-k8s.io",
      "AddonProvider",
      "BootstrapProvider",
      "ControlPlaneProvider",
      "CoreProvider",
      "IPAMProvider",
      "InfrastructureProvider",
      "RuntimeExtensionProvider",
    ),
  ],
  requires: kinds("cert-manager.io", "Certificate", "Issuer"),
};
