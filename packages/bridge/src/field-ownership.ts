import * as pulumi from "@pulumi/pulumi";
import { isMap, type Manifest } from "./manifest.js";

/**
 * Has the provider send an object with `force`: the API server then gives a field that another manager has taken over back
 * to the program, instead of answering with a conflict.
 *
 * Source: pulumi/pulumi-kubernetes:provider/pkg/await/await.go, `patchForce`. Without it the provider takes fields back from
 * managers whose name begins with `kubectl` only, and even then the preview fails.
 */
const PATCH_FORCE = "pulumi.com/patchForce";

/** An object whose fields the program owns: see `docs/adr/0008`. An annotation of that name that it has already stays. */
export function ownFields(manifest: Manifest): Manifest {
  const { annotations } = manifest.metadata;
  const own = (given: unknown): unknown => ({ [PATCH_FORCE]: "true", ...(isMap(given) ? given : {}) });
  const owned = pulumi.Output.isInstance(annotations) ? annotations.apply(own) : own(annotations);
  return { ...manifest, metadata: { ...manifest.metadata, annotations: owned } };
}
