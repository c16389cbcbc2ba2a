import { type Check, PlinthError } from "@plinth/core";
import { parseReference } from "@plinth/oci/reference";

/** Where a bundle is published. */
export interface BundleTarget {
  /** Repository of the bundle, without a tag: that is made from the content. */
  readonly repository: `oci://${string}`;
  /** Whether the registry speaks plain HTTP. @default false */
  readonly insecure?: boolean;
  /** Secret in Flux's namespace with credentials, of type `kubernetes.io/dockerconfigjson`. @default - none are needed */
  readonly secretName?: string;
}

/** Refuses what names no repository (PL8001). */
export function checkTarget({ repository }: BundleTarget, check: Check): void {
  try {
    parseReference(repository, { path: check.path, property: "delivery.repository" });
  } catch (error) {
    if (!PlinthError.isInstance(error)) throw error;
    check.refusals.push(error);
  }
}
