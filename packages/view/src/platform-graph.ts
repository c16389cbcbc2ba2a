import type { Described } from "@plinth/core";
import { readDescribed } from "./read.js";
import { type ReleaseGraphOptions, releaseGraph } from "./release-graph/release-graph.js";

/**
 * The releases of the platforms that a program describes, by levels, as an SVG.
 * @returns `undefined` when it describes none
 */
export function platformGraph(described: readonly Described[], options: ReleaseGraphOptions): string | undefined {
  const { platforms } = readDescribed(described);
  if (platforms.length === 0) return undefined;
  // names of two platforms may be the same
  const nameOf = ({ name, path }: { readonly name: string; readonly path: string }) =>
    platforms.length === 1 ? name : path;
  const releases = platforms.flatMap(({ plan }) => plan.releases);
  return releaseGraph(
    releases.map((release) => ({
      name: nameOf(release),
      note: `${release.chart.chart} ${release.chart.version}`,
      phase: release.phase,
      level: release.level,
      dependsOn: release.dependsOn.map(nameOf),
    })),
    options,
  );
}
