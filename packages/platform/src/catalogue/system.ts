import type { Component, ComponentNamespace } from "../definition.js";
import type { HandedDown } from "../handed-down.js";
import { kinds } from "../kinds.js";
import { cozystackChart } from "./charts.js";
import { KUBEVIRT, LINSTOR, MONITORING, SYSTEM, VERTICAL_POD_AUTOSCALER } from "./namespaces.js";
import { piraeusOperator } from "./piraeus-operator.js";

// The rest of the platform of Cozystack 1.6.2, as rows of data: chart, namespace, privilege, kinds. Values are the charts' own.

/** Shared with what says how backups are made. */
export const BACKUP: ComponentNamespace = { name: "cozy-backup-controller" };
const CERTIFICATES = kinds("cert-manager.io", "Certificate", "Issuer");

/** Sizes of virtual machines. */
export const kubevirtInstancetypes: Component = {
  name: "kubevirt-instancetypes",
  namespace: KUBEVIRT,
  chart: cozystackChart("kubevirt-instancetypes"),
  requires: kinds("instancetype.kubevirt.io", "VirtualMachineClusterInstancetype", "VirtualMachineClusterPreference"),
};

/** Whole addresses for virtual machines. */
export const cozyProxy: Component = {
  name: "cozy-proxy",
  namespace: SYSTEM,
  chart: cozystackChart("cozy-proxy"),
};

/** Buckets (COSI). */
export const objectstorageController: Component = {
  name: "objectstorage-controller",
  namespace: { name: "cozy-objectstorage-controller" },
  chart: cozystackChart("objectstorage-controller"),
  provides: kinds("objectstorage.k8s.io", "Bucket", "BucketAccess", "BucketAccessClass", "BucketClaim", "BucketClass"),
};

/** What pods use, for autoscalers. */
export const metricsServer: Component = {
  name: "metrics-server",
  namespace: MONITORING,
  chart: cozystackChart("metrics-server"),
  requires: kinds("monitoring.coreos.com", "ServiceMonitor"),
};

/** The kinds of the vertical pod autoscaler. */
export const verticalPodAutoscalerCrds: Component = {
  name: "vertical-pod-autoscaler-crds",
  namespace: VERTICAL_POD_AUTOSCALER,
  privileged: true,
  chart: cozystackChart("vertical-pod-autoscaler-crds"),
  provides: kinds("autoscaling.k8s.io", "VerticalPodAutoscaler", "VerticalPodAutoscalerCheckpoint"),
};

/** Sizes pods by what they use. */
export const verticalPodAutoscaler: Component = {
  name: "vertical-pod-autoscaler",
  namespace: VERTICAL_POD_AUTOSCALER,
  privileged: true,
  chart: cozystackChart("vertical-pod-autoscaler"),
  requires: [
    ...kinds("autoscaling.k8s.io", "VerticalPodAutoscaler"),
    ...kinds("cert-manager.io", "Certificate", "Issuer"),
  ],
  values: (_, platform) => ({
    vpaForVPA: false,
    "vertical-pod-autoscaler": { recommender: { extraArgs: { "prometheus-address": prometheusOf(platform) } } },
  }),
};

/** Whether nodes reach each other. */
export const goldpinger: Component = {
  name: "goldpinger",
  namespace: { name: "cozy-goldpinger" },
  privileged: true,
  chart: cozystackChart("goldpinger"),
  requires: kinds("monitoring.coreos.com", "PrometheusRule", "ServiceMonitor"),
};

/** Measurements and logs of the nodes. */
export const monitoringAgents: Component = {
  name: "monitoring-agents",
  namespace: MONITORING,
  privileged: true,
  chart: cozystackChart("monitoring-agents"),
  requires: [
    metricsServer,
    ...kinds("operator.victoriametrics.com", "VMAgent", "VMNodeScrape", "VMPodScrape", "VMRule", "VMServiceScrape"),
    ...kinds("autoscaling.k8s.io", "VerticalPodAutoscaler"),
  ],
  optional: kinds("cilium.io", "CiliumClusterwideNetworkPolicy"),
  values: () => ({ global: { target: MONITORING.name } }),
};

/** Pods where their volumes are. */
export const linstorScheduler: Component = {
  name: "linstor-scheduler",
  namespace: LINSTOR,
  chart: cozystackChart("linstor-scheduler"),
  requires: ["storage", ...CERTIFICATES, piraeusOperator],
  stateful: false,
};

/** Backups of namespaces. */
export const velero: Component = {
  name: "velero",
  namespace: { name: "cozy-velero" },
  otherNamespaces: [BACKUP],
  privileged: true,
  chart: cozystackChart("velero"),
  provides: kinds(
    "velero.io",
    "Backup",
    "BackupRepository",
    "BackupStorageLocation",
    "DataDownload",
    "DataUpload",
    "DeleteBackupRequest",
    "DownloadRequest",
    "PodVolumeBackup",
    "PodVolumeRestore",
    "Restore",
    "Schedule",
    "ServerStatusRequest",
    "VolumeSnapshotLocation",
  ),
  requires: [monitoringAgents],
  stateful: true,
};

/** Backups that tenants order. */
export const backupController: Component = {
  name: "backup-controller",
  namespace: BACKUP,
  privileged: true,
  chart: cozystackChart("backup-controller"),
  provides: kinds("backups.cozystack.io", "Backup", "BackupClass", "BackupJob", "Plan", "RestoreJob"),
};

/** Where the platform's measurements are read. */
function prometheusOf({ clusterDomain }: HandedDown): string {
  return `http://vmselect-shortterm.${MONITORING.name}.svc.${clusterDomain}:8481/select/0/prometheus/`;
}
