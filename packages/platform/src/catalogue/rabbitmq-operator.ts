import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { cozystackChart } from "./charts.js";

/** The operators of RabbitMQ: of clusters, and of what is in them. */
export const rabbitmqOperator: Component = {
  name: "rabbitmq-operator",
  namespace: { name: "cozy-rabbitmq-operator" },
  chart: cozystackChart("rabbitmq-operator"),
  provides: [
    ...kinds(
      "rabbitmq.com",
      "Binding",
      "Exchange",
      "Federation",
      "OperatorPolicy",
      "Permission",
      "Policy",
      "Queue",
      "RabbitmqCluster",
      "SchemaReplication",
      "Shovel",
      "SuperStream",
      "TopicPermission",
      "User",
      "Vhost",
    ),
  ],
  requires: kinds("cert-manager.io", "Certificate", "Issuer"),
};
