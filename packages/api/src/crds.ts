import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export { normalizeCrd } from "./normalize-crd.js";

/**
 * Folders whose definitions nobody brings to a cluster that Plinth's objects go to. Those of the others come with their
 * controllers (with conversion webhooks and labels that these lack), with a release of the platform, or with the program.
 */
const UNBROUGHT = ["deckhouse"];

/**
 * CustomResourceDefinitions of kinds that Plinth emits, to install them.
 * Send them through {@link normalizeCrd} before server-side apply: upstream's carry keys that it refuses (`x-doc-*`).
 *
 * @param projects names of folders of `data/crds`, for example `metallb`; where a stand-in takes the place of the project
 *   itself. @default - those whose definitions nobody brings
 * @returns Absolute paths of YAML files, one CRD each, sorted.
 * @throws Error for a project that has no folder
 */
export function crdFiles(projects: readonly string[] = UNBROUGHT): string[] {
  const files = schemaFiles();
  const unknown = projects.filter((project) => !files.some(([name]) => name === project));
  if (unknown.length > 0) throw new Error(`There are no definitions of ${unknown.join(", ")}`);
  return files.filter(([project]) => projects.includes(project)).map(([, file]) => file);
}

/**
 * The CustomResourceDefinitions of all kinds that Plinth emits, for their schemas.
 *
 * @returns Project (name of its folder) and absolute path of each YAML file, one CRD each, sorted.
 */
export function schemaFiles(): [project: string, file: string][] {
  const folder = fileURLToPath(new URL("../data/crds/", import.meta.url));
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: project }) =>
      readdirSync(join(folder, project))
        .filter((name) => name.endsWith(".yaml"))
        .map((name): [string, string] => [project, join(folder, project, name)]),
    )
    .sort(([, a], [, b]) => (a < b ? -1 : 1));
}
