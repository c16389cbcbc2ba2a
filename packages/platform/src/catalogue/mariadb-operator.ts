import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { chartOf } from "./charts.js";

const MONITORS = kinds("monitoring.coreos.com", "ServiceMonitor");

/** The operator of MariaDB. */
export const mariadbOperator: Component = {
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
  values: (settings, platform) => ({
    clusterName: platform.clusterDomain,
    crds: { enabled: true },
    metrics: { enabled: MONITORS.every((kind) => platform.has(kind)) },
    webhook: { cert: { certManager: { enabled: true } } },
    ...settings,
  }),
};
