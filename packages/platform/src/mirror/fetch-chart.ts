import {
  type ChartMetadata,
  digestOf,
  parseReference,
  type Registry,
  RegistryError,
  tagOf,
  tarball,
  untar,
} from "@plinth/oci";
import { load } from "js-yaml";
import type { ChartReference, HelmChart, OciChart } from "../release.js";
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
export async function fetchChart(chart: ChartReference, open: OpenRegistry): Promise<FetchedChart> {
  const packed = chart.source === "helm" ? await fromRepository(chart) : await fromRegistry(chart, open);
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

async function fromRegistry(chart: OciChart, open: OpenRegistry): Promise<Uint8Array> {
  const { registry, repository } = parseReference(
    chart.path === undefined ? `${chart.url.replace(/\/$/, "")}/${chart.chart}` : chart.url,
    { path: chart.chart, property: "chart" },
  );
  const source = open(registry);
  const manifest = await source.manifest(repository, chart.digest ?? tagOf(chart.version));
  if (manifest === undefined) throw new RegistryError(`${chartName(chart)} is not there`, 404);
  const { layers } = JSON.parse(manifest.bytes.toString()) as { layers: { mediaType: string; digest: string }[] };
  const layer = layers.find(({ mediaType }) => LAYERS.test(mediaType)) ?? layers[0];
  if (layer === undefined) throw new RegistryError(`${chartName(chart)} has no content`, 200);
  const bytes = await source.blob(repository, layer.digest);
  return chart.path === undefined ? bytes : folderOf(bytes, chart.path, chart.chart);
}

/** A folder of an artefact, packed by itself. */
async function folderOf(bytes: Uint8Array, path: string, name: string): Promise<Uint8Array> {
  const prefix = `${path.replace(/^\.?\//, "").replace(/\/$/, "")}/`;
  const files = Object.entries(await untar(bytes)).filter(([file]) => file.startsWith(prefix));
  return tarball(Object.fromEntries(files.map(([file, content]) => [`${name}/${file.slice(prefix.length)}`, content])));
}

async function get(url: URL): Promise<Response> {
  const answer = await fetch(url);
  if (!answer.ok) throw new RegistryError(`${url} answers ${answer.status}`, answer.status);
  return answer;
}
