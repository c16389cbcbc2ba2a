import { type Check, nameFromPath } from "@plinth/core";
import { tagOf } from "@plinth/oci/reference";
import { PLATFORM_FLUX } from "../flux-rules.js";
import type { OciChart, Release } from "../release.js";
import type { PlannedFluxSettings, RegistryAccess } from "./settings.js";

/** A Helm repository: one for all charts from its URL. */
export interface HelmRepositoryPlan {
  readonly kind: "HelmRepository";
  readonly name: string;
  readonly url: string;
  readonly access: RegistryAccess | undefined;
}

/** A chart inside an artifact. */
export interface ChartFolder {
  readonly folder: string;
  /** Folders of library charts that go into its `charts`. */
  readonly libraries: readonly string[];
}

/** An artifact in a registry: one for all releases that take the same. */
export interface OciRepositoryPlan {
  readonly kind: "OCIRepository";
  readonly name: string;
  readonly url: string;
  readonly tag: string;
  readonly digest: string | undefined;
  /** Charts that are cut out of it, by the name of what each becomes. @default - empty: the artifact is the chart */
  readonly folders: ReadonlyMap<string, ChartFolder>;
  /** Charts that are cut out of it for what tenants order, by namespace and name. */
  readonly external: ReadonlyMap<string, ReadonlyMap<string, ChartFolder>>;
  readonly access: RegistryAccess | undefined;
}

export type SourcePlan = HelmRepositoryPlan | OciRepositoryPlan;

/** Where a HelmRelease finds its chart. */
export type ChartPlan =
  | { readonly kind: "HelmRepository"; readonly name: string; readonly chart: string; readonly version: string }
  | { readonly kind: "OCIRepository" | "ExternalArtifact"; readonly name: string };

/** What sources there are, and which release uses which. */
export interface SourcesPlan {
  readonly sources: readonly SourcePlan[];
  /** By the path of the release. */
  readonly charts: ReadonlyMap<string, ChartPlan>;
}

const VERSION = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/** An artifact, as long as its releases are gathered. */
interface Artifact {
  readonly url: string;
  readonly tag: string;
  digest: string | undefined;
  readonly releases: { readonly release: Release; readonly folder: ChartFolder | undefined }[];
}

/** Finds the sources of releases: as few as there are URLs. */
export function planSources(releases: readonly Release[], settings: PlannedFluxSettings, check: Check): SourcesPlan {
  const charts = new Map<string, ChartPlan>();
  const repositories = new Map<string, HelmRepositoryPlan>();
  const artifacts = new Map<string, Artifact>();
  for (const release of releases) {
    const { chart, path } = release;
    checkVersion(release, check);
    if (chart.source === "oci") {
      gather(release, chart, artifacts, check);
      continue;
    }
    const url = chart.url.replace(/\/+$/, "");
    const name = nameFromPath(url.replace(/^https?:\/\//, ""));
    repositories.set(url, { kind: "HelmRepository", name, url, access: accessTo(url, settings) });
    charts.set(path, { kind: "HelmRepository", name, chart: chart.chart, version: chart.version });
  }
  const versions = new Map<string, number>();
  for (const { url } of artifacts.values()) versions.set(url, (versions.get(url) ?? 0) + 1);
  const sources = [...artifacts.values()].map((artifact): OciRepositoryPlan => {
    const { url, tag, digest } = artifact;
    // its version is in the name only where it has to be: another name is another object
    const alone = versions.get(url) === 1;
    const name = nameFromPath(url.replace("oci://", "") + (alone ? "" : `-${tag}`));
    const folders = new Map<string, ChartFolder>();
    const external = new Map<string, Map<string, ChartFolder>>();
    for (const { release, folder } of artifact.releases) {
      if (folder === undefined) {
        charts.set(release.path, { kind: "OCIRepository", name });
      } else {
        folders.set(release.name, folder);
        charts.set(release.path, { kind: "ExternalArtifact", name: release.name });
        for (const { name: of, path, libraries = [] } of release.externalCharts ?? []) {
          const inNamespace = external.get(release.namespace) ?? new Map<string, ChartFolder>();
          inNamespace.set(of, { folder: trimmed(path), libraries: libraries.map(trimmed) });
          external.set(release.namespace, inNamespace);
        }
      }
    }
    return { kind: "OCIRepository", name, url, tag, digest, folders, external, access: accessTo(url, settings) };
  });
  return { sources: [...repositories.values(), ...sources], charts };
}

function gather(release: Release, chart: OciChart, artifacts: Map<string, Artifact>, check: Check): void {
  const { version, digest, path: folder, libraries = [] } = chart;
  const base = chart.url.replace(/\/+$/, "");
  const url = folder === undefined ? `${base}/${chart.chart}` : base;
  const tag = tagOf(version);
  const key = `${url}:${tag}`;
  const known: Artifact = artifacts.get(key) ?? { url, tag, digest, releases: [] };
  artifacts.set(key, known);
  if (digest !== undefined && known.digest !== undefined && digest !== known.digest) {
    check.refuse(PLATFORM_FLUX.chartDigest, {
      property: `${release.path}: chart.digest`,
      value: digest,
      message: `${release.path} and ${known.releases[0]?.release.path} give ${key} different digests`,
      fix: "give the one that the registry has, for example by crane digest",
    });
  }
  known.digest ??= digest;
  const cut = folder === undefined ? undefined : { folder: trimmed(folder), libraries: libraries.map(trimmed) };
  known.releases.push({ release, folder: cut });
}

function trimmed(folder: string): string {
  return folder.replace(/^\/+|\/+$/g, "");
}

function checkVersion({ path, chart }: Release, check: Check): void {
  if (VERSION.test(chart.version)) return;
  check.refuse(PLATFORM_FLUX.chartVersion, {
    property: `${path}: chart.version`,
    value: chart.version,
    message: `${JSON.stringify(chart.version)} is not one exact version of the chart ${chart.chart}`,
    fix: "write the whole version, for example 1.19.4",
  });
}

function accessTo(url: string, { registries }: PlannedFluxSettings): RegistryAccess | undefined {
  const host = /^[a-z]+:\/\/([^/]+)/.exec(url)?.[1];
  return registries.find((registry) => registry.host === host);
}
