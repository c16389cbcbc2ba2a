import {
  type CopyProgress,
  copyArtifact,
  packedChart,
  parseReference,
  pushArtifact,
  type Reference,
  type Registry,
  tagOf,
} from "@plinth/oci";
import type { ChartReference } from "../release.js";
import { chartReference } from "./chart-reference.js";
import { annotatedImages, chartFetcher, type FetchedChart, indexDigest, type OpenRegistry } from "./fetch-chart.js";
import { type Artefact, artefactName, type ImageArtefact } from "./inventory.js";
import { mirroredChart, mirroredImage, withoutScheme } from "./registry-mirrors.js";

/** How far copying is. */
export interface MirrorProgress {
  /** Artefact that is copied, in one line. */
  readonly artefact: string;
  /** How many are done, of how many. */
  readonly done: number;
  readonly total: number;
  /** Of this one, 0 to 1. */
  readonly fraction: number;
}

/** An artefact that was copied. */
export interface Mirrored {
  readonly artefact: Artefact;
  /** Where it is now, with its digest. */
  readonly at: string;
}

/**
 * The digest of an artefact as its registry or repository gives it now.
 *
 * @throws RegistryError when it is not there
 */
export async function resolveDigest(artefact: Artefact, open: OpenRegistry): Promise<string | undefined> {
  if (artefact.digest !== undefined) return artefact.digest;
  if (artefact.type === "image") return resolve(imageReference(artefact.image), open);
  return artefact.chart.source === "helm" ? indexDigest(artefact.chart) : resolve(chartReference(artefact.chart), open);
}

/**
 * Copies artefacts to a mirror, in order, with the images that the charts among them say they run. What is there already is
 * not fetched again, so a copy that was broken off goes on where it was.
 *
 * @param mirror for example `oci://registry.example.com/plinth`
 * @returns what was copied; images that were found in charts are among it
 * @throws RegistryError
 */
export async function copyToMirror(
  artefacts: readonly Artefact[],
  mirror: string,
  open: OpenRegistry,
  onProgress: (progress: MirrorProgress) => void = () => {},
): Promise<Mirrored[]> {
  const queue = [...artefacts];
  const known = new Set(queue.map(artefactName));
  const copied: Mirrored[] = [];
  const fetch = chartFetcher(open);
  for (const artefact of queue) {
    const say = (fraction: number) =>
      onProgress({ artefact: artefactName(artefact), done: copied.length, total: queue.length, fraction });
    say(0);
    if (artefact.type === "image") {
      copied.push({ artefact, at: await copyImage(artefact, mirror, open, say) });
      continue;
    }
    const { at, images } = await copyChart(artefact.chart, mirror, { open, fetch }, say);
    copied.push({ artefact, at });
    for (const image of images.filter((each) => !known.has(each))) {
      known.add(image);
      queue.push({ type: "image", image, neededBy: artefact.neededBy });
    }
    say(1);
  }
  return copied;
}

/**
 * A chart that stands by itself in a registry stays as it is, digest and signatures; any other is packed anew.
 *
 * @returns where it is now, and the images that it says it runs
 */
async function copyChart(
  chart: ChartReference,
  mirror: string,
  { open, fetch }: { readonly open: OpenRegistry; readonly fetch: (chart: ChartReference) => Promise<FetchedChart> },
  say: (fraction: number) => void,
): Promise<{ at: string; images: string[] }> {
  const to = targetOf(mirroredChart(mirror, chart.chart), open);
  const tag = tagOf(chart.version);
  const done = (digest: string, copy: FetchedChart) => ({
    at: `${to.registry.host}/${to.repository}:${tag}@${digest}`,
    images: annotatedImages(copy),
  });
  if (chart.source === "helm" || chart.path !== undefined) {
    const fetched = await fetch(chart);
    return done(
      await pushArtifact(to.registry, to.repository, tag, packedChart(fetched.metadata, fetched.packed)),
      fetched,
    );
  }
  const reference = chartReference(chart);
  const digest = await copyArtifact({ registry: open(reference.registry), reference }, to, share(say));
  // what it says is read where it is now: its source may be far
  return done(digest, await fetch({ ...chart, url: `oci://${withoutScheme(mirror)}` }));
}

async function copyImage(
  { image }: ImageArtefact,
  mirror: string,
  open: OpenRegistry,
  say: (fraction: number) => void,
): Promise<string> {
  const reference = imageReference(image);
  const to = targetOf(mirroredImage(mirror, image), open);
  const digest = await copyArtifact({ registry: open(reference.registry), reference }, to, share(say));
  return `${to.registry.host}/${to.repository}@${digest}`;
}

function share(say: (fraction: number) => void): (progress: CopyProgress) => void {
  return ({ done, total }) => say(total === 0 ? 1 : done / total);
}

function targetOf(text: string, open: OpenRegistry): { registry: Registry; repository: string } {
  const { registry, repository } = parseReference(text, { path: "mirror", property: "mirror" });
  return { registry: open(registry), repository };
}

function resolve({ registry, repository, tag = "latest" }: Reference, open: OpenRegistry): Promise<string | undefined> {
  return open(registry).resolve(repository, tag);
}

function imageReference(image: string): Reference {
  return parseReference(image, { path: "mirror", property: "images" });
}
