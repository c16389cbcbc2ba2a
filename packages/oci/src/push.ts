import { Buffer } from "node:buffer";
import type { Artifact, Content } from "./artifact.js";
import type { Registry } from "./registry.js";

const MANIFEST = "application/vnd.oci.image.manifest.v1+json";

/**
 * Pushes an artefact; what the registry has already is not sent again.
 *
 * @returns the digest of its manifest
 * @throws RegistryError
 */
export async function pushArtifact(
  registry: Registry,
  repository: string,
  tag: string,
  { config, layers, annotations }: Artifact,
): Promise<string> {
  const manifest = {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: await put(registry, repository, config),
    layers: await Promise.all(layers.map((layer) => put(registry, repository, layer))),
    annotations,
  };
  return registry.putManifest(repository, tag, MANIFEST, Buffer.from(JSON.stringify(manifest)));
}

async function put(registry: Registry, repository: string, { mediaType, bytes }: Content): Promise<object> {
  return { mediaType, digest: await registry.putBlob(repository, bytes), size: bytes.length };
}
