import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { chartOf } from "./charts.js";

/** What people set for MetalLB. */
export interface MetalLbSettings {
  /** Who speaks BGP. @default "frr-k8s" */
  readonly bgp: "frr-k8s" | "frr" | "native";
  /** Oldest TLS of its metrics. @default - TLS 1.3 */
  readonly tlsMinVersion: "VersionTLS12" | "VersionTLS13";
}

/** MetalLB: addresses for Services of type LoadBalancer. Its pools are made from the platform's network. */
export const metallb: Component<MetalLbSettings> = {
  name: "metallb",
  namespace: { name: "cozy-metallb" },
  privileged: true,
  chart: chartOf("metallb"),
  phase: "core",
  provides: [
    ...kinds("frrk8s.metallb.io", "BGPSessionState", "FRRConfiguration", "FRRK8sConfiguration", "FRRNodeState"),
    ...kinds(
      "metallb.io",
      "BFDProfile",
      "BGPAdvertisement",
      "BGPPeer",
      "Community",
      "ConfigurationState",
      "IPAddressPool",
      "L2Advertisement",
      "ServiceBGPStatus",
      "ServiceL2Status",
    ),
  ],
  values: ({ bgp = "frr-k8s", tlsMinVersion }) => ({
    crds: { enabled: true },
    frrk8s: { enabled: bgp === "frr-k8s" },
    speaker: { frr: { enabled: bgp === "frr" } },
    ...(tlsMinVersion === undefined ? {} : { tls: { minVersion: tlsMinVersion } }),
    // the chart leaves it null, which the chart inside it cannot read
    "frr-k8s": { prometheus: { serviceMonitor: { enabled: false }, podMonitor: { enabled: false } } },
  }),
};
