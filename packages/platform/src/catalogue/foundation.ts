import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { cozystackChart } from "./charts.js";
import { VICTORIA_METRICS } from "./namespaces.js";

// What other components stand on, beside those of the article: rows of data, see system.ts.

const CERTIFICATES = kinds("cert-manager.io", "Certificate", "Issuer");

/** The kinds of the Gateway API. */
export const gatewayApiCrds: Component = {
  name: "gateway-api-crds",
  namespace: { name: "cozy-gateway-api" },
  chart: cozystackChart("gateway-api-crds"),
  phase: "host",
  provides: [
    ...kinds(
      "gateway.networking.k8s.io",
      "BackendTLSPolicy",
      "GRPCRoute",
      "Gateway",
      "GatewayClass",
      "HTTPRoute",
      "ListenerSet",
      "ReferenceGrant",
      "TCPRoute",
      "TLSRoute",
      "UDPRoute",
    ),
    ...kinds("gateway.networking.x-k8s.io", "XBackendTrafficPolicy", "XMesh"),
  ],
};

/** The kinds of the Prometheus operator, without that operator. */
export const prometheusOperatorCrds: Component = {
  name: "prometheus-operator-crds",
  namespace: VICTORIA_METRICS,
  chart: cozystackChart("prometheus-operator-crds"),
  phase: "host",
  provides: kinds(
    "monitoring.coreos.com",
    "Alertmanager",
    "AlertmanagerConfig",
    "PodMonitor",
    "Probe",
    "Prometheus",
    "PrometheusAgent",
    "PrometheusRule",
    "ScrapeConfig",
    "ServiceMonitor",
    "ThanosRuler",
  ),
};

/** Restarts pods whose Secrets or ConfigMaps changed. */
export const reloader: Component = {
  name: "reloader",
  namespace: { name: "cozy-reloader" },
  chart: cozystackChart("reloader"),
  phase: "core",
};

/** Snapshots of volumes. */
export const snapshotController: Component = {
  name: "snapshot-controller",
  namespace: { name: "cozy-snapshot-controller" },
  chart: cozystackChart("snapshot-controller"),
  phase: "core",
  provides: [
    ...kinds(
      "groupsnapshot.storage.k8s.io",
      "VolumeGroupSnapshot",
      "VolumeGroupSnapshotClass",
      "VolumeGroupSnapshotContent",
    ),
    ...kinds("snapshot.storage.k8s.io", "VolumeSnapshot", "VolumeSnapshotClass", "VolumeSnapshotContent"),
  ],
  requires: CERTIFICATES,
};
