import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { chartOf } from "./charts.js";
import { VICTORIA_METRICS } from "./namespaces.js";

const PROMETHEUS = kinds("monitoring.coreos.com", "PodMonitor", "PrometheusRule", "ServiceMonitor");

/** The operator of VictoriaMetrics; takes over the objects of the Prometheus operator where their kinds are served. */
export const victoriaMetricsOperator: Component = {
  name: "victoria-metrics-operator",
  namespace: VICTORIA_METRICS,
  chart: chartOf("victoria-metrics-operator"),
  phase: "core",
  provides: [
    ...kinds(
      "operator.victoriametrics.com",
      "VLAgent",
      "VLCluster",
      "VLSingle",
      "VLogs",
      "VMAgent",
      "VMAlert",
      "VMAlertmanager",
      "VMAlertmanagerConfig",
      "VMAnomaly",
      "VMAuth",
      "VMCluster",
      "VMDistributed",
      "VMNodeScrape",
      "VMPodScrape",
      "VMProbe",
      "VMRule",
      "VMScrapeConfig",
      "VMServiceScrape",
      "VMSingle",
      "VMStaticScrape",
      "VMUser",
      "VTCluster",
      "VTSingle",
    ),
  ],
  requires: kinds("cert-manager.io", "Certificate", "Issuer"),
  optional: PROMETHEUS,
  values: (settings, platform) => ({
    fullnameOverride: "victoria-metrics-operator",
    crds: { enabled: true, plain: true },
    env: [{ name: "VM_DISABLESELFSERVICESCRAPECREATION", value: "true" }],
    admissionWebhooks: { enabled: true, certManager: { enabled: true } },
    operator: {
      disable_prometheus_converter: !PROMETHEUS.every((kind) => platform.has(kind)),
      enable_converter_ownership: true,
      useCustomConfigReloader: true,
    },
    ...settings,
  }),
};
