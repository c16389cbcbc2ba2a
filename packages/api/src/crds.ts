import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The CustomResourceDefinitions of the kinds that Plinth emits, as they stand in this package.
 * Normalise them before server-side apply: upstream's carry keys that it refuses (`x-doc-*`).
 *
 * @returns Absolute paths of YAML files, one CRD each, sorted.
 */
export function crdFiles(): string[] {
  const folder = fileURLToPath(new URL("../data/crds/", import.meta.url));
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => join(folder, name))
    .sort();
}
