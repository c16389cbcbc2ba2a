import { parseReference, showReference } from "@plinth/oci";
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
 * What nodes are told, so that each image comes from the mirror and never from elsewhere: for the machine constructs, and for
 * the documents of Talos.
 *
 * @param mirror for example `oci://registry.example.com/plinth`
 * @param images that are needed: one mirror for each of their registries
 * @param insecure whether the mirror speaks plain HTTP. @default false
 */
export function registryMirrors(mirror: string, images: readonly string[], insecure = false): RegistryMirror[] {
  const [host = "", ...folders] = withoutScheme(mirror).split("/");
  const registries = images.map((image) => parseReference(image, { path: "mirror", property: "images" }).registry);
  return [...new Set(registries)].sort().map((registry) => ({
    registry,
    endpoints: [`${insecure ? "http" : "https"}://${[host, "v2", ...folders, registry.replace(":", "-")].join("/")}`],
    overridePath: true,
    skipFallback: true,
  }));
}

function withoutScheme(mirror: string): string {
  return mirror.replace(/^oci:\/\//, "").replace(/\/$/, "");
}
