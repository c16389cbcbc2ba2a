import { autoscalerSettings, inFallbackOrder, type NodeGroupPlan, placementOf } from "@plinth/nodes/plan";
import type { Page } from "./page.js";
import type { ReadCloud, ReadGroup } from "./read.js";
import { sizeText } from "./words.js";

type Ranked = NodeGroupPlan & { readonly priority: number };

/** Writes in which order the groups of a cloud are taken, where they have priorities, and what the autoscaler is told for it. */
export function explainFallback(cloud: ReadCloud, groups: readonly ReadGroup[], page: Page): void {
  const ranked = groups.flatMap(({ plan }): Ranked[] => {
    const { priority } = plan;
    return plan.cloud !== cloud.path || priority === undefined ? [] : [{ ...plan, priority }];
  });
  if (ranked.length === 0) return;
  page.heading(`Fallback order of cloud ${cloud.path}`);
  page.section("A pod that finds no room is given a machine of the first of these groups that it may run on");
  const number = { align: "right" } as const;
  page.table(
    [{ title: "priority", ...number }, { title: "group" }, { title: "zones" }, { title: "each", ...number }],
    inFallbackOrder(ranked).map(({ priority, name, zones, perZone }) => [
      `${priority}`,
      name,
      zones.join(", "),
      sizeText(perZone),
    ]),
  );
  const placements = new Set(ranked.map((plan) => JSON.stringify(placementOf(plan))));
  if (ranked.length > 1 && placements.size === ranked.length) {
    page.note("no placement fits two of them: pods fall back between groups of the same labels and taints");
  }
  const { clusterApi } = cloud.plan;
  if (clusterApi?.autoscaler === undefined) {
    page.note("how long each is waited for is a matter of the autoscaler that the engine brings");
    return;
  }
  const { args, helmValues } = autoscalerSettings(clusterApi, ranked);
  const { extraArgs } = helmValues;
  page.section("How long each is waited for");
  page.line(
    `${extraArgs["max-node-provision-time"]} for the node of a machine; then the next zone, or group, is taken`,
  );
  page.line(
    `${extraArgs["initial-node-group-backoff-duration"]} it is left alone then: all others are tried before it again`,
  );
  page.section("Arguments of the cluster autoscaler");
  for (const arg of args) page.line(arg);
}
