import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { cozystackChart } from "./charts.js";

/** The operator of Grafana. */
export const grafanaOperator: Component = {
  name: "grafana-operator",
  namespace: { name: "cozy-grafana-operator" },
  chart: cozystackChart("grafana-operator"),
  provides: [
    ...kinds(
      "grafana.integreatly.org",
      "Grafana",
      "GrafanaAlertRuleGroup",
      "GrafanaContactPoint",
      "GrafanaDashboard",
      "GrafanaDatasource",
      "GrafanaFolder",
      "GrafanaNotificationPolicy",
    ),
  ],
};
