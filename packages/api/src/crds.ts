import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Folders whose definitions are not for installing: Cluster API's controllers bring theirs, with conversion webhooks and
 * contract labels, and Plinth's own are among the objects of the program.
 */
const BROUGHT = ["cluster-api", "cluster-api-provider-openstack", "plinth"];

/**
 * The CustomResourceDefinitions of the kinds that Plinth emits and whose definitions nobody brings, to install them.
 * Normalise them before server-side apply: upstream's carry keys that it refuses (`x-doc-*`).
 *
 * @returns Absolute paths of YAML files, one CRD each, sorted.
 */
export function crdFiles(): string[] {
  return schemaFiles()
    .filter(([project]) => !BROUGHT.includes(project))
    .map(([, file]) => file);
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
