import { kindText } from "./kinds.js";
import type { PlatformPlan } from "./plan.js";
import { type EdgeReason, PHASES } from "./release.js";

/**
 * The order in which a platform is installed, as text: a line for each level and phase. Releases of one level wait only for
 * those of the levels above, so the first level with one that is not ready is where to look.
 */
export function describeLevels({ levels }: Pick<PlatformPlan, "levels">): string {
  const width = String(Math.max(0, levels.length - 1)).length;
  return levels
    .flatMap((releases, level) =>
      PHASES.flatMap((phase) => {
        const names = releases.filter((release) => release.phase === phase).map(({ name }) => name);
        return names.length === 0
          ? []
          : [`level ${String(level).padStart(width)}  ${phase.padEnd(4)}  ${names.join(", ")}`];
      }),
    )
    .join("\n");
}

/** Why a release waits for another, in words. */
export function describeReason(reason: EdgeReason): string {
  switch (reason.type) {
    case "kind":
      return `defines ${kindText(reason.kind)}`;
    case "storage":
      return "provides volumes";
    case "network":
      return "makes the pod network";
    case "component":
      return "is named by its definition";
    case "delivery":
      return "delivers it";
  }
}
