import { parseReference, showReference } from "@plinth/oci/reference";
import { mirrorsOf } from "../machine/registry-mirrors.js";
import type { RegistryMirror } from "../machine/talos/settings.js";

/** Where a mirror keeps an image: below a folder for its registry, so that two registries do not meet. */
export function mirroredImage(mirror: string, image: string): string {
  const { registry, ...rest } = parseReference(image, { path: "mirror", property: "images" });
  return `${withoutScheme(mirror)}/${showReference({ ...rest, registry: registry.replace(":", "-") })}`;
}

/** Where a mirror keeps a chart. */
export function mirroredChart(mirror: string, chart: string): string {
  return `${withoutScheme(mirror)}/${chart}`;
}

/**
 * What nodes are told, so that each of these images comes from the mirror and never from elsewhere: see `mirrorsOf`.
 *
 * @param images that are needed: one mirror for each of their registries
 * @param insecure whether the mirror speaks plain HTTP. @default false
 */
export function registryMirrors(
  mirror: string,
  images: readonly string[],
  insecure = false,
): readonly RegistryMirror[] {
  const registries = images.map((image) => parseReference(image, { path: "mirror", property: "images" }).registry);
  return mirrorsOf(mirror, registries, insecure);
}

export function withoutScheme(mirror: string): string {
  return mirror.replace(/^oci:\/\//, "").replace(/\/$/, "");
}
