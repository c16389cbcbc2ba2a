import { BUILT_WITH } from "./extension-tags.js";

/** An image of a system extension, and where its name was read. */
export interface ExtensionImage {
  /** With its tag, and with its digest where the source has one. */
  readonly image: string;
  readonly source: string;
}

/**
 * Images of system extensions by version of Talos and name. Only what was read from a source is here; for another version
 * the user gives them.
 */
export const EXTENSION_IMAGES: Readonly<Record<string, Readonly<Record<string, ExtensionImage>>>> = Object.fromEntries(
  Object.entries(BUILT_WITH).map(([version, { readFrom, tags }]) => [
    version,
    Object.fromEntries(
      Object.entries(tags).map(([name, tag]) => [
        name,
        { image: `ghcr.io/siderolabs/${name}:${tag}`, source: `cozystack/cozystack:${readFrom}` },
      ]),
    ),
  ]),
);

/** Extensions that carry kernel modules, and so the version of Talos in their tag: siderolabs/extensions:README.md. */
export const WITH_MODULES: ReadonlySet<string> = new Set(["amdgpu", "drbd", "i915", "zfs"]);
