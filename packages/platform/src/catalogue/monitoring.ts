import { type Check, isDnsLabel, type QuantityText } from "@plinth/core";
import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import type { JsonObject } from "../release.js";
import { PLATFORM_SETTINGS } from "../settings-rules.js";
import { readQuota } from "../tenants/plan-quota.js";
import type { CpuText } from "../tenants/props.js";
import { COZY_LIB, cozystackChart, cozystackValues } from "./charts.js";
import { MONITORING } from "./namespaces.js";

/** The most that a part of a store may use. */
export interface MetricsLimit {
  readonly cpu: CpuText;
  readonly memory: QuantityText;
}

/** How long measurements are kept. */
export interface MetricsStorage {
  readonly name: string;
  /** For example `14d`; a number alone is of months. */
  readonly retentionPeriod: string;
  /** Of several measurements in this time one is kept, for example `15s`. */
  readonly deduplicationInterval: string;
  /** Size of each volume. */
  readonly storage: QuantityText;
  /** @default - the cluster's default StorageClass */
  readonly storageClassName?: string;
  /**
   * How large the vertical pod autoscaler makes each part at most: of each there are two.
   * @default - the chart's: 4 GiB for `vminsert`, 8 GiB for the others
   */
  readonly limits?: { readonly [part in "vminsert" | "vmselect" | "vmstorage"]?: MetricsLimit };
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
  chart: { ...cozystackChart("monitoring", "monitoring"), libraries: [COZY_LIB] },
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
  check: ({ settings: { metricsStorages = [], logsStorage } }, check) => {
    if (logsStorage !== undefined) check.quantity("logsStorage", logsStorage);
    metricsStorages.forEach((storage, i) => {
      const isNamed = isDnsLabel(storage.name) && metricsStorages.findIndex(({ name }) => name === storage.name) === i;
      checkStorage(storage, isNamed, `metricsStorages[${i}]`, check);
    });
  },
  values: ({ metricsStorages = DEFAULT_STORAGES, logsStorage = "10Gi" }, platform) => ({
    ...cozystackValues(platform),
    metricsStorages: metricsStorages.map(metricsStorage),
    logsStorages: [{ name: "generic", retentionPeriod: "1", storage: logsStorage, storageClassName: "" }],
  }),
};

function checkStorage(storage: MetricsStorage, isNamed: boolean, property: string, check: Check): void {
  const { name, retentionPeriod, deduplicationInterval, storage: size, limits = {} } = storage;
  check.quantity(`${property}.storage`, size);
  check.duration(`${property}.deduplicationInterval`, deduplicationInterval);
  for (const [part, limit] of Object.entries(limits)) readQuota(limit, `${property}.limits.${part}`, check);
  const refuse = (key: string, value: string, message: string, fix: string): void =>
    check.refuse(PLATFORM_SETTINGS.metricsStorage, { property: `${property}.${key}`, value, message, fix });
  if (!isNamed)
    refuse("name", name, `${JSON.stringify(name)} is no name or is taken`, "give each a name like shortterm");
  if (/^[0-9]+[hdwy]?$/.test(retentionPeriod)) return;
  refuse("retentionPeriod", retentionPeriod, `${JSON.stringify(retentionPeriod)} is no retention`, "write it like 14d");
}

function metricsStorage({ limits = {}, ...given }: MetricsStorage): JsonObject {
  const parts = Object.entries(limits).map(([part, { cpu, memory }]) => [part, { maxAllowed: { cpu, memory } }]);
  return { storageClassName: "", ...given, ...Object.fromEntries(parts) };
}
