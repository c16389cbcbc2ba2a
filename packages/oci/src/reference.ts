import { PlinthError } from "@plinth/core";
import { OCI } from "./rules.js";

/** An artefact in a registry: an image, a chart, a bundle. */
export interface Reference {
  /** Host with its port, for example `ghcr.io` or `127.0.0.1:5000`. */
  readonly registry: string;
  /** For example `fluxcd/charts/flux2`. */
  readonly repository: string;
  /** @default - none: then there is a digest, or the whole repository is meant */
  readonly tag?: string;
  /** `sha256:` and 64 hexadecimal digits. @default - none */
  readonly digest?: string;
}

// opencontainers/distribution-spec, "Pulling manifests"
const NAME = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const PATTERN = new RegExp(
  `^(?:oci://)?((?:[a-zA-Z0-9.-]+\\.[a-zA-Z0-9-]+|localhost|[a-zA-Z0-9.-]+(?=:\\d))(?::\\d+)?|\\[[0-9a-fA-F:]+\\](?::\\d+)?)/` +
    `(${NAME}(?:/${NAME})*)(?::([a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$`,
);

/** What {@link parseReference} is told besides the text. */
export interface Place {
  /** Construct path. */
  readonly path: string;
  /** @default - the whole construct */
  readonly property?: string;
}

/**
 * Reads `[oci://]host[:port]/repository[:tag][@sha256:…]`.
 *
 * @throws PlinthError PL8001 when it is none
 */
export function parseReference(text: string, place: Place): Reference {
  const [, registry, repository, tag, digest] = PATTERN.exec(text) ?? [];
  if (registry === undefined || repository === undefined) {
    throw new PlinthError(OCI.reference, {
      ...place,
      value: text,
      message: `${text === "" ? "an empty text" : text} does not name an artefact in a registry`,
      fix: "write it out, for example ghcr.io/owner/name:1.2.3",
    });
  }
  return {
    registry,
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** The tag under which a version is kept, as Helm pushes charts: a tag has no plus sign, so `1.0.0+a` is at `1.0.0_a`. */
export function tagOf(version: string): string {
  return version.replaceAll("+", "_");
}

/** A reference as text, without a scheme. */
export function showReference({ registry, repository, tag, digest }: Reference): string {
  return `${registry}/${repository}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}
