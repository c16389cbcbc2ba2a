import { filesArtifact, parseReference, pushArtifact, type Registry } from "@plinth/oci";
import type { PlatformBundle } from "./bundle.js";
import type { BundleTarget } from "./target.js";

/**
 * Publishes a bundle where Flux finds it. What is there already is not sent again.
 *
 * @param open opens a registry by its host
 * @returns where it is, with tag and digest
 * @throws RegistryError when the registry does not take it
 */
export async function publishBundle(
  { files, tag }: PlatformBundle,
  target: BundleTarget,
  open: (host: string) => Registry,
): Promise<string> {
  const { registry, repository } = parseReference(target.repository, { path: "publish", property: "repository" });
  // the same content has to give the same artifact: nothing of the time or the place is in it
  const about = { source: target.repository, revision: tag };
  const digest = await pushArtifact(open(registry), repository, tag, await filesArtifact(files, about));
  return `${registry}/${repository}:${tag}@${digest}`;
}
