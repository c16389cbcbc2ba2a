import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { cozystackChart } from "./charts.js";
import { KUBEVIRT } from "./namespaces.js";

/** The operator of KubeVirt. Its chart has a PrometheusRule that no value leaves out. */
export const kubevirtOperator: Component = {
  name: "kubevirt-operator",
  namespace: KUBEVIRT,
  chart: cozystackChart("kubevirt-operator"),
  provides: kinds("kubevirt.io", "KubeVirt"),
  requires: kinds("monitoring.coreos.com", "PrometheusRule"),
};
