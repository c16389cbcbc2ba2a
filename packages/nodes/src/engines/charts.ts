import type { Engine } from "../props.js";
import { CLUSTER_API_CHARTS } from "./cluster-api/component.js";
import { DECKHOUSE_CHARTS } from "./deckhouse/component.js";
import type { EngineCharts } from "./given.js";

const CHARTS: Readonly<Record<Engine["type"], EngineCharts>> = {
  clusterApi: CLUSTER_API_CHARTS,
  deckhouse: DECKHOUSE_CHARTS,
};

/** What the engine of that type emits. */
export function engineCharts(type: Engine["type"]): EngineCharts {
  return CHARTS[type];
}
