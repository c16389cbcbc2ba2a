import type { ChartReference, Release } from "../release.js";

/** Something that a platform fetches. */
export type Artefact = ChartArtefact | ImageArtefact;

/** What all artefacts have. */
interface SharedArtefact {
  /** `sha256:` and 64 hexadecimal digits, where it is known without asking. @default - not known */
  readonly digest?: string;
  /** Construct paths of those that need it. */
  readonly neededBy: readonly string[];
}

/** A Helm chart. */
export interface ChartArtefact extends SharedArtefact {
  readonly type: "chart";
  /** Where it is published. */
  readonly chart: ChartReference;
}

/** A container image. */
export interface ImageArtefact extends SharedArtefact {
  readonly type: "image";
  /** With its registry, and a tag or a digest, for example `ghcr.io/siderolabs/installer:v1.13.9`. */
  readonly image: string;
}

/** An image, and who needs it. */
export interface NeededImage {
  readonly image: string;
  /** Construct path. */
  readonly neededBy: string;
}

/** All that a platform fetches, each once, in order: charts by name, then images by name. */
export function inventory(releases: readonly Release[], images: readonly NeededImage[]): Artefact[] {
  const charts = new Map<string, ChartArtefact>();
  for (const { chart, path } of releases) {
    const key = chartName(chart);
    const known = charts.get(key)?.neededBy ?? [];
    const digest = chart.digest === undefined ? {} : { digest: chart.digest };
    charts.set(key, { type: "chart", chart, ...digest, neededBy: [...known, path] });
  }
  const needed = new Map<string, ImageArtefact>();
  for (const { image, neededBy } of images) {
    const known = needed.get(image)?.neededBy ?? [];
    const digest = /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1];
    const paths = known.includes(neededBy) ? known : [...known, neededBy];
    needed.set(image, { type: "image", image, ...(digest === undefined ? {} : { digest }), neededBy: paths });
  }
  return [...sorted(charts), ...sorted(needed)];
}

/** A chart in one line, for example `oci://ghcr.io/cozystack/charts/cilium:1.2.3`. */
export function chartName({ url, chart, version, ...rest }: ChartReference): string {
  const at = "path" in rest && rest.path !== undefined ? `${url}:${version} (${rest.path})` : undefined;
  return at ?? `${url.replace(/\/$/, "")}/${chart}:${version}`;
}

/** An artefact in one line. */
export function artefactName(artefact: Artefact): string {
  return artefact.type === "chart" ? chartName(artefact.chart) : artefact.image;
}

function sorted<T>(byName: ReadonlyMap<string, T>): T[] {
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
