import type { QuantityText } from "@plinth/core";
import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { cozystackChart, cozystackValues } from "./charts.js";
import { MONITORING } from "./namespaces.js";

/** How long measurements are kept. */
export interface MetricsStorage {
  readonly name: string;
  /** For example `14d`. */
  readonly retentionPeriod: string;
  /** Of several measurements in this time one is kept, for example `15s`. */
  readonly deduplicationInterval: string;
  /** Size of each volume. */
  readonly storage: QuantityText;
  /** @default - the cluster's default StorageClass */
  readonly storageClassName?: string;
}

/** What people set for the monitoring of the platform. */
export interface MonitoringSettings {
  /** @default - three days in full, fourteen days at five minutes */
  readonly metricsStorages: readonly MetricsStorage[];
  /** Size of the volume of the logs. @default "10Gi" */
  readonly logsStorage: QuantityText;
}

const DEFAULT_STORAGES: readonly MetricsStorage[] = [
  { name: "shortterm", retentionPeriod: "3d", deduplicationInterval: "15s", storage: "10Gi" },
  { name: "longterm", retentionPeriod: "14d", deduplicationInterval: "5m", storage: "10Gi" },
];

/** Measurements, logs, alerts and dashboards of the platform itself. */
export const monitoring: Component<MonitoringSettings> = {
  name: "monitoring",
  namespace: MONITORING,
  privileged: true,
  chart: cozystackChart("monitoring", "monitoring"),
  requires: [
    "storage",
    ...kinds("grafana.integreatly.org", "Grafana", "GrafanaDashboard", "GrafanaDatasource"),
    ...kinds(
      "operator.victoriametrics.com",
      "VLCluster",
      "VMAgent",
      "VMAlert",
      "VMAlertmanager",
      "VMCluster",
      "VMServiceScrape",
    ),
    ...kinds("postgresql.cnpg.io", "Cluster"),
    ...kinds("autoscaling.k8s.io", "VerticalPodAutoscaler"),
  ],
  values: ({ metricsStorages = DEFAULT_STORAGES, logsStorage = "10Gi" }, platform) => ({
    ...cozystackValues(platform),
    metricsStorages: metricsStorages.map((one) => ({ storageClassName: "", ...one })),
    logsStorages: [{ name: "generic", retentionPeriod: "1", storage: logsStorage, storageClassName: "" }],
  }),
};
