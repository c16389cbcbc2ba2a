import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { cozystackChart } from "./charts.js";
import { KUBEVIRT_CDI } from "./namespaces.js";

/** The operator of KubeVirt's Containerized Data Importer. */
export const kubevirtCdiOperator: Component = {
  name: "kubevirt-cdi-operator",
  namespace: KUBEVIRT_CDI,
  chart: cozystackChart("kubevirt-cdi-operator"),
  provides: kinds("cdi.kubevirt.io", "CDI"),
};
