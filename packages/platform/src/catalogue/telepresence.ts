import type { Component } from "../definition.js";
import { chartOf } from "./charts.js";

/** Telepresence: a developer's machine in the place of a pod. */
export const telepresence: Component = {
  name: "telepresence",
  releaseName: "traffic-manager",
  namespace: { name: "cozy-telepresence" },
  chart: chartOf("telepresence"),
};
