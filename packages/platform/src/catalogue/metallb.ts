import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { PLATFORM_SETTINGS } from "../settings-rules.js";
import { chartOf } from "./charts.js";
import { valueAt } from "./check-settings.js";

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
  check: ({ settings: { bgp = "frr-k8s" }, values }, check) => {
    const frr = valueAt(values, "speaker", "frr", "enabled") ?? bgp === "frr";
    const frrk8s = valueAt(values, "frrk8s", "enabled") ?? bgp === "frr-k8s";
    if (frr !== true || (frrk8s !== true && valueAt(values, "frrk8s", "external") !== true)) return;
    check.refuse(PLATFORM_SETTINGS.exclusive, {
      property: "values",
      message: "speaker.frr.enabled and frrk8s would be on together",
      fix: 'leave both out of the values, and choose by the setting bgp: "frr" or "frr-k8s"',
    });
  },
  values: ({ bgp = "frr-k8s", tlsMinVersion }) => ({
    crds: { enabled: true },
    frrk8s: { enabled: bgp === "frr-k8s" },
    speaker: { frr: { enabled: bgp === "frr" } },
    ...(tlsMinVersion === undefined ? {} : { tls: { minVersion: tlsMinVersion } }),
    // the chart leaves it null, which the chart inside it cannot read
    "frr-k8s": { prometheus: { serviceMonitor: { enabled: false }, podMonitor: { enabled: false } } },
  }),
};
