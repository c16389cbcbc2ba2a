import { type ChartMetadata, digestOf, type Registry, RegistryError, showReference, tarball, untar } from "@plinth/oci";
import { load } from "js-yaml";
import type { ChartReference, HelmChart, OciChart } from "../release.js";
import { chartReference } from "./chart-reference.js";
import { chartName } from "./inventory.js";

/** Opens a registry by its host. */
export type OpenRegistry = (host: string) => Registry;

/** A chart as it was fetched. */
export interface FetchedChart {
  readonly metadata: ChartMetadata;
  /** `.tgz` */
  readonly packed: Uint8Array;
}

interface IndexEntry {
  readonly version: string;
  readonly digest?: string;
  readonly urls: readonly string[];
}

const LAYERS = /chart\.content\.v1\.tar\+gzip|flux\.content\.v1\.tar\+gzip/;

/**
 * Fetches a chart: from a Helm repository (verified by the digest in its index, where there is one), from an OCI registry, or
 * from the folder of an artefact that carries many.
 *
 * @throws RegistryError when it is not there, or not the one that the index names
 */
export function fetchChart(chart: ChartReference, open: OpenRegistry): Promise<FetchedChart> {
  return chartFetcher(open)(chart);
}

/** As {@link fetchChart}, for many charts: an artefact that carries some of them is fetched once. */
export function chartFetcher(open: OpenRegistry): (chart: ChartReference) => Promise<FetchedChart> {
  const artefacts = new Map<string, Promise<Record<string, Buffer>>>();
  const folder = async (chart: OciChart, path: string) => {
    const key = showReference(chartReference(chart));
    const files = artefacts.get(key) ?? contentOf(chart, open).then(untar);
    artefacts.set(key, files);
    return folderOf(await files, path, chart);
  };
  return async (chart) => {
    if (chart.source === "helm") return read(chart, await fromRepository(chart));
    const { path } = chart;
    return read(chart, path === undefined ? await contentOf(chart, open) : await folder(chart, path));
  };
}

async function read(chart: ChartReference, packed: Uint8Array): Promise<FetchedChart> {
  const files = await untar(packed);
  const [, manifest] = Object.entries(files).find(([path]) => /^[^/]+\/Chart\.yaml$/.test(path)) ?? [];
  if (manifest === undefined)
    throw new RegistryError(`${chartName(chart)} is no chart: there is no Chart.yaml in it`, 200);
  return { metadata: load(manifest.toString()) as ChartMetadata, packed };
}

/** The digest of a chart in the index of its Helm repository. @returns undefined when there is none */
export async function indexDigest(chart: HelmChart): Promise<string | undefined> {
  return digestIn(await entryOf(chart));
}

function digestIn({ digest }: IndexEntry): string | undefined {
  return digest === undefined ? undefined : `sha256:${digest.replace(/^sha256:/, "")}`;
}

/** The images that a chart says it runs: the annotation that Artifact Hub reads. Empty where it says nothing. */
export function annotatedImages({ metadata }: FetchedChart): string[] {
  const { annotations } = metadata as { annotations?: Readonly<Record<string, string>> };
  const text = annotations?.["artifacthub.io/images"];
  const images = text === undefined ? [] : (load(text) as readonly { readonly image?: string }[]);
  return images.flatMap(({ image }) => (image === undefined ? [] : [image]));
}

async function fromRepository(chart: HelmChart): Promise<Uint8Array> {
  const entry = await entryOf(chart);
  const [url = ""] = entry.urls;
  const bytes = Buffer.from(await (await get(new URL(url, `${chart.url.replace(/\/$/, "")}/`))).arrayBuffer());
  const wanted = chart.digest ?? digestIn(entry);
  if (wanted !== undefined && digestOf(bytes) !== wanted) {
    throw new RegistryError(`${chartName(chart)}: ${url} is ${digestOf(bytes)}, and its index says ${wanted}`, 200);
  }
  return bytes;
}

async function entryOf(chart: HelmChart): Promise<IndexEntry> {
  const index = load(await (await get(new URL("index.yaml", `${chart.url.replace(/\/$/, "")}/`))).text());
  const { entries } = index as { entries: Readonly<Record<string, readonly IndexEntry[]>> };
  const plain = (version: string) => version.replace(/^v/, "");
  const found = entries[chart.chart]?.find(({ version }) => plain(version) === plain(chart.version));
  if (found === undefined) throw new RegistryError(`${chartName(chart)} is not in the index of ${chart.url}`, 404);
  return found;
}

/** What the artefact of a chart holds. */
async function contentOf(chart: OciChart, open: OpenRegistry): Promise<Uint8Array> {
  const { registry, repository, tag = "latest", digest = tag } = chartReference(chart);
  const source = open(registry);
  const manifest = await source.manifest(repository, digest);
  if (manifest === undefined) throw new RegistryError(`${chartName(chart)} is not there`, 404);
  const { layers } = JSON.parse(manifest.bytes.toString()) as { layers: { mediaType: string; digest: string }[] };
  const layer = layers.find(({ mediaType }) => LAYERS.test(mediaType)) ?? layers[0];
  if (layer === undefined) throw new RegistryError(`${chartName(chart)} has no content`, 200);
  return source.blob(repository, layer.digest);
}

/** A folder of an artefact, packed by itself, with its libraries where Flux puts them: see `sourceObjects`. */
async function folderOf(all: Record<string, Uint8Array>, path: string, chart: OciChart): Promise<Uint8Array> {
  const within = (folder: string, to: string): (readonly [string, Uint8Array])[] => {
    const prefix = `${folder.replace(/^\.?\//, "").replace(/\/$/, "")}/`;
    return Object.entries(all)
      .filter(([file]) => file.startsWith(prefix))
      .map(([file, content]) => [`${to}/${file.slice(prefix.length)}`, content]);
  };
  const libraries = (chart.libraries ?? []).flatMap((library) => {
    const files = within(library, `${chart.chart}/charts/${library.replace(/\/$/, "").split("/").at(-1)}`);
    if (files.length === 0)
      throw new RegistryError(`${chartName(chart)}: its library ${library} is not in the artefact`, 404);
    return files;
  });
  return tarball(Object.fromEntries([...within(path, chart.chart), ...libraries]));
}

async function get(url: URL): Promise<Response> {
  const answer = await fetch(url);
  if (!answer.ok) throw new RegistryError(`${url} answers ${answer.status}`, answer.status);
  return answer;
}
