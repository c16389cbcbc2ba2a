import * as catalogue from "./catalogue/index.js";
import type { AnyComponent } from "./definition.js";

/** A choice of components. */
export interface Preset {
  /** Name for people: in the plan and in `explain`. */
  readonly name: string;
  /** What it installs. Releases of one level are listed in this order. */
  readonly components: readonly AnyComponent[];
}

/** Components that are chosen by themselves: they need hardware, an account, or somebody who wants them. */
const BY_CHOICE: ReadonlySet<AnyComponent> = new Set<AnyComponent>([
  catalogue.gpuOperator,
  catalogue.hami,
  catalogue.keycloak,
  catalogue.keycloakOperator,
  catalogue.externalDns,
  catalogue.externalSecretsOperator,
  catalogue.nfsDriver,
  catalogue.kuberture,
  catalogue.linstorGui,
  catalogue.hetznerRobotlb,
  catalogue.localCcm,
  catalogue.ouroboros,
  // the first tenant is a release whose chart Cozystack's own operator cuts out of its artifact
  catalogue.cozystackBasics,
  catalogue.backupstrategyController,
]);

/** Names of the article's bundle: Cozystack 0.1.0, in its order. */
const ARTICLE: readonly AnyComponent[] = [
  catalogue.fluxcd,
  catalogue.cilium,
  catalogue.kubeovn,
  catalogue.certManager,
  catalogue.certManagerIssuers,
  catalogue.victoriaMetricsOperator,
  catalogue.monitoring,
  catalogue.kubevirtOperator,
  catalogue.kubevirt,
  catalogue.kubevirtCdiOperator,
  catalogue.kubevirtCdi,
  catalogue.metallb,
  catalogue.grafanaOperator,
  catalogue.mariadbOperator,
  catalogue.postgresOperator,
  catalogue.rabbitmqOperator,
  catalogue.redisOperator,
  catalogue.piraeusOperator,
  catalogue.linstor,
  catalogue.telepresence,
  catalogue.dashboard,
  catalogue.kamaji,
  catalogue.capiOperator,
  catalogue.capiProviders,
];

/** Everything in the catalogue that is a component. */
const ALL: readonly AnyComponent[] = [
  ...new Set<AnyComponent>([
    ...ARTICLE,
    ...Object.values(catalogue).filter((one): one is AnyComponent => "chart" in one),
    ...Object.values(catalogue.APPLICATIONS),
  ]),
];

/** A whole cloud on machines of one's own: network, storage, virtual machines, clusters and databases for tenants. */
export const full: Preset = { name: "full", components: ALL.filter((component) => !BY_CHOICE.has(component)) };

/** What a machine of one's own needs, and a cluster of somebody else's has. */
const OF_MACHINES: readonly AnyComponent[] = [
  catalogue.cilium,
  catalogue.ciliumNetworkpolicy,
  catalogue.kubeovn,
  catalogue.kubeovnPlunger,
  catalogue.kubeovnWebhook,
  catalogue.linstor,
  catalogue.linstorScheduler,
  catalogue.cozystackScheduler,
  catalogue.metallb,
  catalogue.piraeusOperator,
];

/** Virtual machines, and clusters of them. */
const OF_TENANT_CLUSTERS: readonly AnyComponent[] = [
  catalogue.capiOperator,
  catalogue.capiProviders,
  catalogue.capiProvidersBootstrap,
  catalogue.capiProvidersControlPlane,
  catalogue.capiProvidersInfrastructure,
  catalogue.cozyProxy,
  catalogue.kamaji,
  catalogue.kubevirt,
  catalogue.kubevirtCdi,
  catalogue.kubevirtCdiOperator,
  catalogue.kubevirtInstancetypes,
  catalogue.kubevirtOperator,
  catalogue.multus,
  catalogue.securitygroupController,
  catalogue.APPLICATIONS.kubernetes,
  catalogue.APPLICATIONS.virtualprivatecloud,
  catalogue.APPLICATIONS.vmDisk,
  catalogue.APPLICATIONS.vmInstance,
];

/** Databases and pages for tenants, in a cluster of somebody else's. */
export const hosted: Preset = {
  name: "hosted",
  components: without(full.components, [...OF_MACHINES, ...OF_TENANT_CLUSTERS]),
};

/** A Kubernetes of one's own for one's own use: network, storage, addresses, monitoring and operators; no tenants. */
export const distro: Preset = {
  name: "distro",
  components: [
    catalogue.fluxcd,
    catalogue.gatewayApiCrds,
    catalogue.prometheusOperatorCrds,
    catalogue.cilium,
    catalogue.ciliumNetworkpolicy,
    catalogue.certManager,
    catalogue.certManagerIssuers,
    catalogue.reloader,
    catalogue.snapshotController,
    catalogue.metallb,
    catalogue.victoriaMetricsOperator,
    catalogue.piraeusOperator,
    catalogue.linstor,
    catalogue.metricsServer,
    catalogue.verticalPodAutoscalerCrds,
    catalogue.verticalPodAutoscaler,
    catalogue.grafanaOperator,
    catalogue.postgresOperator,
    catalogue.monitoring,
    catalogue.monitoringAgents,
    catalogue.mariadbOperator,
    catalogue.kafkaOperator,
    catalogue.clickhouseOperator,
    catalogue.rabbitmqOperator,
    catalogue.redisOperator,
    catalogue.telepresence,
  ],
};

/** The least on which something runs: Flux, the pod network and certificates. */
export const minimal: Preset = {
  name: "minimal",
  components: [catalogue.fluxcd, catalogue.cilium, catalogue.certManager],
};

/** All presets, by name. */
export const PRESETS: Readonly<Record<"full" | "hosted" | "distro" | "minimal", Preset>> = {
  full,
  hosted,
  distro,
  minimal,
};

function without(components: readonly AnyComponent[], left: readonly AnyComponent[]): AnyComponent[] {
  const gone = new Set(left);
  return components.filter((component) => !gone.has(component));
}
