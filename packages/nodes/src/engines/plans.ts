import type { Engine } from "../props.js";
import { CLUSTER_API_PLAN } from "./cluster-api/plan.js";
import { DECKHOUSE_PLAN } from "./deckhouse/plan.js";
import type { EnginePlan } from "./engine.js";

const PLANS: Readonly<Record<Engine["type"], EnginePlan>> = { clusterApi: CLUSTER_API_PLAN, deckhouse: DECKHOUSE_PLAN };

/** The engine that is used where none is given. */
export const DEFAULT_ENGINE = { type: "clusterApi" } as const satisfies Engine;

/** What the engine of that type decides. */
export function enginePlan(type: Engine["type"]): EnginePlan {
  return PLANS[type];
}
