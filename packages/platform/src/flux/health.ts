import type { HelmReleaseSpecHealthCheckExprs } from "@plinth/api/flux";
import { kindText } from "../kinds.js";
import type { ApiKind } from "../release.js";

/** How to see in its status that an object does what it was made for, in CEL over the object. */
type Health = Omit<HelmReleaseSpecHealthCheckExprs, "kind">;

/** An expression on a field that is not there yet is an error, which is waited out; `has` keeps it out of the events. */
const condition = (type: string, status = "True"): string =>
  `has(status.conditions) && status.conditions.exists(c, c.type == '${type}' && c.status == '${status}')`;

const field = (name: string, value: string): string => `has(status.${name}) && status.${name} == '${value}'`;

/** What has a condition Ready, which without this would count as healthy as long as it has no conditions at all. */
const ready = (apiVersion: string): Health => ({ apiVersion, current: condition("Ready") });

/** What KubeVirt's operators install. */
const deployed = (apiVersion: string): Health => ({
  apiVersion,
  current: `${field("phase", "Deployed")} && ${condition("Available")}`,
});

/** What the VictoriaMetrics operator runs. */
const operational = (version: string): Health => ({
  apiVersion: `operator.victoriametrics.com/${version}`,
  current: field("updateStatus", "operational"),
  failed: field("updateStatus", "failed"),
});

/** A virtual machine that is to run and runs, or is stopped because it is to be. */
const virtualMachine: Health = {
  apiVersion: "kubevirt.io/v1",
  current: [
    "has(status.ready) && status.ready",
    "has(status.printableStatus) && status.printableStatus == 'Stopped' && !(has(spec.runStrategy) && spec.runStrategy == 'Always') && !(has(spec.running) && spec.running)",
  ].join(" || "),
};

/** A volume that is filled, or will be when the pod that it waits for starts. */
const dataVolume: Health = {
  apiVersion: "cdi.kubevirt.io/v1beta1",
  current: ["Succeeded", "WaitForFirstConsumer", "PendingPopulation"]
    .map((phase) => field("phase", phase))
    .join(" || "),
  failed: field("phase", "Failed"),
};

const provider = ready("operator.cluster.x-k8s.io/v1alpha2");

/**
 * Kinds whose controllers say how they are, by {@link kindText}. Those that are not here are read as Flux reads any object
 * (kstatus: conditions Ready, Stalled and Reconciling where they are there).
 */
const HEALTH: Readonly<Record<string, Health>> = {
  "Certificate.cert-manager.io": ready("cert-manager.io/v1"),
  "ClusterIssuer.cert-manager.io": ready("cert-manager.io/v1"),
  "Issuer.cert-manager.io": ready("cert-manager.io/v1"),
  "KubeVirt.kubevirt.io": deployed("kubevirt.io/v1"),
  "CDI.cdi.kubevirt.io": deployed("cdi.kubevirt.io/v1beta1"),
  "DataVolume.cdi.kubevirt.io": dataVolume,
  "VirtualMachine.kubevirt.io": virtualMachine,
  "LinstorCluster.piraeus.io": {
    apiVersion: "piraeus.io/v1",
    current: `${condition("Available")} && ${condition("Configured")}`,
  },
  "CoreProvider.operator.cluster.x-k8s.io": provider,
  "BootstrapProvider.operator.cluster.x-k8s.io": provider,
  "ControlPlaneProvider.operator.cluster.x-k8s.io": provider,
  "InfrastructureProvider.operator.cluster.x-k8s.io": provider,
  "VLCluster.operator.victoriametrics.com": operational("v1"),
  "VMCluster.operator.victoriametrics.com": operational("v1beta1"),
  "VMAgent.operator.victoriametrics.com": operational("v1beta1"),
  "VMAlert.operator.victoriametrics.com": operational("v1beta1"),
  "VMAlertmanager.operator.victoriametrics.com": operational("v1beta1"),
  "Grafana.grafana.integreatly.org": {
    apiVersion: "grafana.integreatly.org/v1beta1",
    current: `${field("stage", "complete")} && ${field("stageStatus", "success")}`,
  },
  "Cluster.postgresql.cnpg.io": ready("postgresql.cnpg.io/v1"),
};

/** Health checks for a release with objects of these kinds. */
export function healthChecks(kinds: readonly ApiKind[]): HelmReleaseSpecHealthCheckExprs[] {
  return kinds.flatMap((kind) => {
    const health = HEALTH[kindText(kind)];
    return health === undefined ? [] : [{ ...health, kind: kind.kind }];
  });
}
