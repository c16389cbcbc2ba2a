import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { cozystackChart } from "./charts.js";

/** The operator of PostgreSQL (CloudNativePG), with its plug-in for backups: that one has the certificates. */
export const postgresOperator: Component = {
  name: "postgres-operator",
  namespace: { name: "cozy-postgres-operator" },
  chart: cozystackChart("postgres-operator"),
  provides: [
    ...kinds("barmancloud.cnpg.io", "ObjectStore"),
    ...kinds(
      "postgresql.cnpg.io",
      "Backup",
      "Cluster",
      "ClusterImageCatalog",
      "Database",
      "FailoverQuorum",
      "ImageCatalog",
      "Pooler",
      "Publication",
      "ScheduledBackup",
      "Subscription",
    ),
  ],
  requires: [...kinds("cert-manager.io", "Certificate", "Issuer"), ...kinds("monitoring.coreos.com", "PrometheusRule")],
};
