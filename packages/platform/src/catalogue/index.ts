export type {
  HostDevice,
  KubeVirtSettings,
  MediatedDevice,
  PciDevice,
} from "../virtualization/kubevirt-settings.js";
export { APPLICATIONS, cozystackBasics, tenant } from "./applications.js";
export { capiOperator } from "./capi-operator.js";
export {
  capiProviders,
  capiProvidersBootstrap,
  capiProvidersControlPlane,
  capiProvidersInfrastructure,
} from "./capi-providers.js";
export { type CertManagerSettings, certManager } from "./cert-manager.js";
export { certManagerIssuers, type IssuerSettings } from "./cert-manager-issuers.js";
export { type CiliumSettings, cilium } from "./cilium.js";
export { type DashboardSettings, dashboard } from "./dashboard.js";
export * from "./engine.js";
export { fluxcd } from "./fluxcd.js";
export * from "./foundation.js";
export { grafanaOperator } from "./grafana-operator.js";
export { type KamajiSettings, kamaji } from "./kamaji.js";
export { type KubeOvnSettings, kubeovn } from "./kubeovn.js";
export { kubevirt } from "./kubevirt.js";
export { type CdiSettings, kubevirtCdi } from "./kubevirt-cdi.js";
export { kubevirtCdiOperator } from "./kubevirt-cdi-operator.js";
export { kubevirtOperator } from "./kubevirt-operator.js";
export * from "./last.js";
export { type LinstorSettings, linstor } from "./linstor.js";
export { mariadbOperator } from "./mariadb-operator.js";
export { type MetalLbSettings, metallb } from "./metallb.js";
export { type MetricsLimit, type MetricsStorage, type MonitoringSettings, monitoring } from "./monitoring.js";
export * from "./network.js";
export * from "./operators.js";
export * from "./optional.js";
export { piraeusOperator } from "./piraeus-operator.js";
export { postgresOperator } from "./postgres-operator.js";
export { rabbitmqOperator } from "./rabbitmq-operator.js";
export { redisOperator } from "./redis-operator.js";
export * from "./system.js";
export { telepresence } from "./telepresence.js";
export { victoriaMetricsOperator } from "./victoria-metrics-operator.js";
