import { type Reference, showReference } from "./reference.js";
import { type Manifest, type Registry, RegistryError } from "./registry.js";

/** How far a copy is: bytes of content that are there, of those that were found so far. */
export interface CopyProgress {
  readonly done: number;
  readonly total: number;
}

interface Descriptor {
  readonly digest: string;
  readonly size: number;
}

interface ManifestBody {
  readonly config?: Descriptor;
  readonly layers?: readonly Descriptor[];
  /** Of an index: one manifest for each platform. */
  readonly manifests?: readonly Descriptor[];
}

/**
 * Copies an artefact with all its platforms to another registry, byte by byte: digests stay. What is there already is not
 * fetched.
 *
 * @param to where: its tag is that of `from`
 * @returns the digest of the artefact
 * @throws RegistryError when it is not there, or is not the one that its digest names
 */
export async function copyArtifact(
  from: { readonly registry: Registry; readonly reference: Reference },
  to: { readonly registry: Registry; readonly repository: string },
  onProgress: (progress: CopyProgress) => void = () => {},
): Promise<string> {
  const { reference } = from;
  const wanted = reference.digest ?? reference.tag ?? "latest";
  const root = await need(from.registry, reference, wanted);
  const progress = { done: 0, total: 0 };
  await copyManifest(root);
  return to.registry.putManifest(to.repository, reference.tag ?? root.digest, root.mediaType, root.bytes);

  async function copyManifest({ bytes }: Manifest): Promise<void> {
    const { config, layers = [], manifests = [] } = JSON.parse(bytes.toString()) as ManifestBody;
    const blobs = [...(config === undefined ? [] : [config]), ...layers];
    progress.total += blobs.reduce((sum, { size }) => sum + size, 0);
    for (const { digest, size } of blobs) {
      if (!(await to.registry.hasBlob(to.repository, digest))) {
        await to.registry.putBlob(to.repository, await from.registry.blob(reference.repository, digest));
      }
      progress.done += size;
      onProgress({ ...progress });
    }
    for (const { digest } of manifests) {
      const part = await need(from.registry, reference, digest);
      await copyManifest(part);
      await to.registry.putManifest(to.repository, digest, part.mediaType, part.bytes);
    }
  }
}

async function need(registry: Registry, reference: Reference, wanted: string): Promise<Manifest> {
  const found = await registry.manifest(reference.repository, wanted);
  if (found === undefined) throw new RegistryError(`${showReference(reference)} is not there`, 404);
  return found;
}
