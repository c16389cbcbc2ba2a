import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { chartOf } from "./charts.js";

const MONITORS = kinds("monitoring.coreos.com", "ServiceMonitor");

/** What people set for the operator. */
export interface MariaDbOperatorSettings {
  /** Domain of the cluster's DNS. @default "cluster.local" */
  readonly clusterDomain: string;
}

/** The operator of MariaDB. */
export const mariadbOperator: Component<MariaDbOperatorSettings> = {
  name: "mariadb-operator",
  namespace: { name: "cozy-mariadb-operator" },
  chart: chartOf("mariadb-operator"),
  provides: [
    ...kinds(
      "k8s.mariadb.com",
      "Backup",
      "Connection",
      "Database",
      "ExternalMariaDB",
      "Grant",
      "MariaDB",
      "MaxScale",
      "PhysicalBackup",
      "Restore",
      "SqlJob",
      "User",
    ),
  ],
  requires: kinds("cert-manager.io", "Certificate", "Issuer"),
  optional: MONITORS,
  values: ({ clusterDomain = "cluster.local" }, platform) => ({
    clusterName: clusterDomain,
    crds: { enabled: true },
    metrics: { enabled: MONITORS.every((kind) => platform.has(kind)) },
    webhook: { cert: { certManager: { enabled: true } } },
  }),
};
