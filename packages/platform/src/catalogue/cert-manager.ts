import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { chartOf } from "./charts.js";
import { CERT_MANAGER } from "./namespaces.js";

/** What people set for cert-manager. */
export interface CertManagerSettings {
  /** How many controllers run; one leads. @default 1 */
  readonly replicas: number;
  /** Name servers, with ports, that DNS challenges are checked with. @default - the cluster's */
  readonly dns01Nameservers: readonly string[];
}

const MONITORS = kinds("monitoring.coreos.com", "ServiceMonitor");

/** cert-manager, with its CRDs. */
export const certManager: Component<CertManagerSettings> = {
  name: "cert-manager",
  namespace: CERT_MANAGER,
  chart: chartOf("cert-manager"),
  phase: "core",
  provides: [
    ...kinds("acme.cert-manager.io", "Challenge", "Order"),
    ...kinds("cert-manager.io", "Certificate", "CertificateRequest", "ClusterIssuer", "Issuer"),
  ],
  optional: MONITORS,
  values: ({ replicas = 1, dns01Nameservers = [] }, platform) => ({
    crds: { enabled: true, keep: true },
    replicaCount: replicas,
    // the chart's 10250 is the kubelet's port: a connection that strays to a node finds the wrong server
    webhook: { securePort: 10260 },
    ...(dns01Nameservers.length === 0
      ? {}
      : { dns01RecursiveNameservers: dns01Nameservers.join(","), dns01RecursiveNameserversOnly: true }),
    prometheus: { servicemonitor: { enabled: MONITORS.every((kind) => platform.has(kind)) } },
  }),
};
