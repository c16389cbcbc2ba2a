import type { AnyComponent, Component, Requirement } from "../definition.js";
import { kinds } from "../kinds.js";
import { chartsOfApplication } from "./application-charts.js";
import {
  capiProviders,
  capiProvidersBootstrap,
  capiProvidersControlPlane,
  capiProvidersInfrastructure,
} from "./capi-providers.js";
import { cozystackChart, cozystackValues } from "./charts.js";
import { cozystackApi } from "./engine.js";
import { grafanaOperator } from "./grafana-operator.js";
import { kubeovn } from "./kubeovn.js";
import { kubevirt } from "./kubevirt.js";
import { kubevirtCdi } from "./kubevirt-cdi.js";
import { mariadbOperator } from "./mariadb-operator.js";
import { SYSTEM } from "./namespaces.js";
import { multus } from "./network.js";
import {
  clickhouseOperator,
  etcdOperator,
  foundationdbOperator,
  kafkaOperator,
  mongodbOperator,
  opensearchOperator,
} from "./operators.js";
import { postgresOperator } from "./postgres-operator.js";
import { rabbitmqOperator } from "./rabbitmq-operator.js";
import { redisOperator } from "./redis-operator.js";
import { objectstorageController } from "./system.js";
import { victoriaMetricsOperator } from "./victoria-metrics-operator.js";

const DEFINITION = kinds("cozystack.io", "ApplicationDefinition");

/** An application that tenants order: its definition, and what has to run so that an order is met. */
function application(name: string, ...needed: readonly Requirement[]): AnyComponent {
  const chart = cozystackChart(`${name}-rd`, `${name}-rd`);
  const requires = [...DEFINITION, cozystackApi, ...needed];
  return { name: `${name}-rd`, namespace: SYSTEM, chart, externalCharts: chartsOfApplication(name), requires };
}

/** Applications that tenants order, each with what it runs on. */
export const APPLICATIONS = {
  bucket: application("bucket", objectstorageController),
  clickhouse: application("clickhouse", clickhouseOperator),
  etcd: application("etcd", etcdOperator),
  foundationdb: application("foundationdb", foundationdbOperator),
  harbor: application("harbor", postgresOperator, redisOperator, objectstorageController),
  httpCache: application("http-cache"),
  info: application("info"),
  ingress: application("ingress"),
  kafka: application("kafka", kafkaOperator),
  kubernetes: application(
    "kubernetes",
    capiProviders,
    capiProvidersBootstrap,
    capiProvidersControlPlane,
    capiProvidersInfrastructure,
  ),
  mariadb: application("mariadb", mariadbOperator),
  mongodb: application("mongodb", mongodbOperator),
  monitoring: application("monitoring", postgresOperator, grafanaOperator, victoriaMetricsOperator),
  nats: application("nats"),
  openbao: application("openbao"),
  opensearch: application("opensearch", opensearchOperator),
  postgres: application("postgres", postgresOperator),
  qdrant: application("qdrant"),
  rabbitmq: application("rabbitmq", rabbitmqOperator),
  redis: application("redis", redisOperator),
  seaweedfs: application("seaweedfs"),
  tcpBalancer: application("tcp-balancer"),
  virtualprivatecloud: application("virtualprivatecloud", multus, kubeovn),
  vmDisk: application("vm-disk", kubevirtCdi),
  vmInstance: application("vm-instance", kubevirt),
  vpn: application("vpn"),
} as const;

/** Tenants, with all that each of them has. */
export const tenant: AnyComponent = application(
  "tenant",
  APPLICATIONS.ingress,
  APPLICATIONS.seaweedfs,
  APPLICATIONS.info,
  APPLICATIONS.monitoring,
  APPLICATIONS.etcd,
);

/** The first tenant, and policies for all. */
export const cozystackBasics: Component = {
  name: "cozystack-basics",
  namespace: SYSTEM,
  chart: cozystackChart("cozystack-basics", "cozy-basics"),
  requires: [tenant, cozystackApi],
  optional: kinds("gateway.networking.k8s.io", "HTTPRoute"),
  values: (_, platform) => cozystackValues(platform),
};
