import type { RegistryMirror } from "./talos/settings.js";

/** Registries that the charts of the catalogue take images from. */
export const REGISTRIES = ["docker.io", "gcr.io", "ghcr.io", "quay.io", "registry.k8s.io"] as const;

/**
 * What nodes are told, so that images come from a mirror and never from elsewhere: for the machine constructs, and for the documents of
 * Talos. A mirror keeps the images of each registry below a folder of its name, so that two registries do not meet.
 *
 * @param mirror for example `oci://registry.example.com/plinth`
 * @param registries that images come from. @default - those of the catalogue
 * @param insecure whether the mirror speaks plain HTTP. @default false
 */
export function mirrorsOf(
  mirror: string,
  registries: readonly string[] = REGISTRIES,
  insecure = false,
): readonly RegistryMirror[] {
  const [host = "", ...folders] = mirror
    .replace(/^oci:\/\//, "")
    .replace(/\/$/, "")
    .split("/");
  return [...new Set(registries)].sort().map((registry) => ({
    registry,
    endpoints: [`${insecure ? "http" : "https"}://${[host, "v2", ...folders, registry.replace(":", "-")].join("/")}`],
    overridePath: true,
    skipFallback: true,
  }));
}
