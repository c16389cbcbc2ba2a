import { Page } from "./page.js";
import type { ReadPlatform } from "./read.js";

/**
 * A platform's releases by level, as text: those of one level wait only for releases of the levels above, so the first level with
 * one that is not ready is where to look.
 */
export function sketchPlatform({ path, plan }: ReadPlatform, width?: number): string {
  const page = new Page(false, width);
  page.line(`${path}: each level waits for those above it`, 0);
  const rows = plan.levels.flatMap((releases, level) =>
    Object.keys(plan.phases).flatMap((phase) => {
      const names = releases.filter((release) => release.phase === phase).map(({ name }) => name);
      return names.length === 0 ? [] : [[`${level}`, phase, names.join(", ")]];
    }),
  );
  page.table([{ title: "level", align: "right" }, { title: "phase" }, { title: "releases" }], rows, 2);
  return page.toString();
}
