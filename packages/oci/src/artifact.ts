import { type Files, tarball } from "./tarball.js";

/** What is pushed under one tag. */
export interface Artifact {
  readonly config: Content;
  readonly layers: readonly Content[];
  readonly annotations: Readonly<Record<string, string>>;
}

/** Bytes and what they are. */
export interface Content {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** `Chart.yaml`: what Helm demands of it. */
export interface ChartMetadata {
  readonly apiVersion: "v2";
  readonly name: string;
  readonly version: string;
  readonly [key: string]: unknown;
}

/**
 * A Helm chart as an artefact; its tag must be the `tagOf` its version.
 * Media types: helm/helm:pkg/registry/constants.go.
 *
 * @param files of the chart, by path below its root, without `Chart.yaml`
 */
export async function chartArtifact(metadata: ChartMetadata, files: Files): Promise<Artifact> {
  const within = Object.entries(files).map(([path, content]) => [`${metadata.name}/${path}`, content]);
  const manifest = JSON.stringify(metadata); // JSON is YAML
  return packedChart(
    metadata,
    await tarball({ ...Object.fromEntries(within), [`${metadata.name}/Chart.yaml`]: manifest }),
  );
}

/** A chart that is packed already (`.tgz`) as an artefact. */
export function packedChart(metadata: ChartMetadata, packed: Uint8Array): Artifact {
  return {
    config: { mediaType: "application/vnd.cncf.helm.config.v1+json", bytes: Buffer.from(JSON.stringify(metadata)) },
    layers: [{ mediaType: "application/vnd.cncf.helm.chart.content.v1.tar+gzip", bytes: packed }],
    annotations: {
      "org.opencontainers.image.title": metadata.name,
      "org.opencontainers.image.version": metadata.version,
    },
  };
}

/**
 * Plain files as an artefact that an `OCIRepository` of Flux reads: what `flux push artifact` makes.
 * Media types: fluxcd/pkg:oci/client.go.
 *
 * @param source where the files came from, for people: an URL
 * @param revision for example `main@sha1:…`
 */
export async function filesArtifact(files: Files, about: { source: string; revision: string }): Promise<Artifact> {
  return {
    config: { mediaType: "application/vnd.cncf.flux.config.v1+json", bytes: Buffer.from("{}") },
    layers: [{ mediaType: "application/vnd.cncf.flux.content.v1.tar+gzip", bytes: await tarball(files) }],
    annotations: {
      "org.opencontainers.image.source": about.source,
      "org.opencontainers.image.revision": about.revision,
    },
  };
}
