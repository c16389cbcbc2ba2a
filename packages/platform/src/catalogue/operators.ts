import type { Component, ComponentNamespace } from "../definition.js";
import { kinds } from "../kinds.js";
import { cozystackChart } from "./charts.js";

// Operators that came after the article: rows of data, see system.ts.

const ETCD: ComponentNamespace = { name: "cozy-etcd-operator" };
const CERTIFICATES = kinds("cert-manager.io", "Certificate", "Issuer");

/** The operator of FoundationDB. */
export const foundationdbOperator: Component = {
  name: "foundationdb-operator",
  namespace: { name: "cozy-foundationdb-operator" },
  chart: cozystackChart("foundationdb-operator"),
  provides: kinds("apps.foundationdb.org", "FoundationDBBackup", "FoundationDBCluster", "FoundationDBRestore"),
  requires: CERTIFICATES,
};

/** The operator of Kafka. */
export const kafkaOperator: Component = {
  name: "kafka-operator",
  namespace: { name: "cozy-kafka-operator" },
  chart: cozystackChart("kafka-operator"),
  provides: [
    ...kinds("core.strimzi.io", "StrimziPodSet"),
    ...kinds(
      "kafka.strimzi.io",
      "Kafka",
      "KafkaBridge",
      "KafkaConnect",
      "KafkaConnector",
      "KafkaMirrorMaker",
      "KafkaMirrorMaker2",
      "KafkaNodePool",
      "KafkaRebalance",
      "KafkaTopic",
      "KafkaUser",
    ),
  ],
  requires: kinds("monitoring.coreos.com", "PrometheusRule"),
  values: (_, platform) => ({ "strimzi-kafka-operator": { kubernetesServiceDnsDomain: platform.clusterDomain } }),
};

/** The operator of ClickHouse. */
export const clickhouseOperator: Component = {
  name: "clickhouse-operator",
  namespace: { name: "cozy-clickhouse-operator" },
  chart: cozystackChart("clickhouse-operator"),
  provides: [
    ...kinds("clickhouse-keeper.altinity.com", "ClickHouseKeeperInstallation"),
    ...kinds(
      "clickhouse.altinity.com",
      "ClickHouseInstallation",
      "ClickHouseInstallationTemplate",
      "ClickHouseOperatorConfiguration",
    ),
  ],
  requires: kinds("monitoring.coreos.com", "ServiceMonitor"),
};

/** The operator of OpenSearch. */
export const opensearchOperator: Component = {
  name: "opensearch-operator",
  namespace: { name: "cozy-opensearch-operator" },
  chart: cozystackChart("opensearch-operator"),
  provides: kinds(
    "opensearch.opster.io",
    "OpenSearchCluster",
    "OpenSearchISMPolicy",
    "OpensearchActionGroup",
    "OpensearchComponentTemplate",
    "OpensearchIndexTemplate",
    "OpensearchRole",
    "OpensearchSnapshotPolicy",
    "OpensearchTenant",
    "OpensearchUser",
    "OpensearchUserRoleBinding",
  ),
  optional: kinds("monitoring.coreos.com", "ServiceMonitor"),
};

/** The operator of MongoDB. */
export const mongodbOperator: Component = {
  name: "mongodb-operator",
  namespace: { name: "cozy-mongodb-operator" },
  chart: cozystackChart("mongodb-operator"),
  provides: kinds(
    "psmdb.percona.com",
    "PerconaServerMongoDB",
    "PerconaServerMongoDBBackup",
    "PerconaServerMongoDBRestore",
  ),
  requires: CERTIFICATES,
};

/** The kinds of the etcd operator. */
export const etcdOperatorCrds: Component = {
  name: "etcd-operator-crds",
  namespace: ETCD,
  chart: cozystackChart("etcd-operator-crds"),
  provides: kinds("etcd-operator.cozystack.io", "EtcdCluster", "EtcdMember", "EtcdSnapshot"),
};

/** The operator of etcd, for the control planes of tenants. */
export const etcdOperator: Component = {
  name: "etcd-operator",
  namespace: ETCD,
  chart: cozystackChart("etcd-operator"),
  requires: [
    ...CERTIFICATES,
    ...kinds("etcd-operator.cozystack.io", "EtcdCluster"),
    ...kinds("autoscaling.k8s.io", "VerticalPodAutoscaler"),
    ...kinds("operator.victoriametrics.com", "VMServiceScrape"),
  ],
  values: (_, platform) => ({ clusterDomain: platform.clusterDomain }),
};
