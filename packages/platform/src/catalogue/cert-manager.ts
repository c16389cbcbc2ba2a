import type { Check } from "@plinth/core";
import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { PLATFORM_SETTINGS } from "../settings-rules.js";
import { chartOf } from "./charts.js";
import { checkCount, valueAt } from "./check-settings.js";
import { CERT_MANAGER } from "./namespaces.js";

/** What people set for cert-manager. */
export interface CertManagerSettings {
  /** How many controllers run; one leads. @default 1 */
  readonly replicas: number;
  /** Name servers that DNS challenges are checked with: `1.1.1.1:53`, or an https URL. @default - the cluster's */
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
  check: ({ settings: { replicas, dns01Nameservers = [] }, values }, check) => {
    checkCount("replicas", replicas, check);
    dns01Nameservers.forEach((server, i) => {
      checkNameserver(`dns01Nameservers[${i}]`, server, check);
    });
    if (valueAt(values, "installCRDs") !== true) return;
    check.refuse(PLATFORM_SETTINGS.exclusive, {
      property: "values.installCRDs",
      value: true,
      message: "installCRDs is the old name of crds.enabled, which is set",
      fix: "leave it out",
    });
  },
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

function checkNameserver(property: string, server: string, check: Check): void {
  const port = /^(?:\[[0-9a-f:.]+\]|[^\s:[\],]+):(\d{1,5})$/i.exec(server)?.[1];
  const isServer = server.startsWith("https://") ? URL.canParse(server) : port !== undefined && Number(port) < 65536;
  if (isServer && !server.includes(",")) return;
  check.refuse(PLATFORM_SETTINGS.nameserver, {
    property,
    value: server,
    message: `${JSON.stringify(server)} is no name server with a port`,
    fix: "write it like 1.1.1.1:53, [2606:4700:4700::1111]:53 or https://1.1.1.1/dns-query",
  });
}
