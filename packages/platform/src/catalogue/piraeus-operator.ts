import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { cozystackChart } from "./charts.js";
import { LINSTOR } from "./namespaces.js";

/** The operator of LINSTOR, with its CRDs. Its chart has a PrometheusRule that no value leaves out. */
export const piraeusOperator: Component = {
  name: "piraeus-operator",
  namespace: LINSTOR,
  chart: cozystackChart("piraeus-operator"),
  phase: "core",
  provides: [
    ...kinds(
      "piraeus.io",
      "LinstorCluster",
      "LinstorNodeConnection",
      "LinstorSatellite",
      "LinstorSatelliteConfiguration",
    ),
  ],
  requires: [...kinds("cert-manager.io", "Certificate", "Issuer"), ...kinds("monitoring.coreos.com", "PrometheusRule")],
  values: () => ({ piraeus: { installCRDs: true } }),
};
