import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type PlinthError, PlinthReport, Program } from "@plinth/core";
import type { IConstruct } from "constructs";
import { collect } from "./collect.js";
import type { Edit } from "./edit.js";
import { groupOf, isSecretObject, type Manifest } from "./manifest.js";
import { shortPath } from "./resource-name.js";
import { OutputTokens } from "./tokens.js";
import { type Reference, withhold } from "./withhold.js";
import { formatYaml } from "./yaml.js";

/** How a chart is rendered. */
export interface RenderOptions {
  /** Changes any object: see {@link Edit}. @default - nothing is changed */
  readonly edit?: Edit;
  /** What stands instead of a secret or of a value not known yet. @default - such leaves are refused */
  readonly reference?: Reference;
}

/**
 * The objects of a chart, or of all charts of an App, as plain data in the order in which they are to be applied.
 * They are the objects that `registerChart` registers, but for the annotation that is meant for Pulumi's provider; Pulumi is
 * not needed and not loaded.
 * @param root a chart, an App or any construct with objects below it
 * @throws PlinthReport with all that the program and the tree are refused for
 */
export function renderObjects(root: IConstruct, options: RenderOptions = {}): Manifest[] {
  const { edit, reference } = options;
  const { units, manifests, unresolved, refusals } = collect(root, { edit, name: shortPath });
  const tokens = OutputTokens.of(root);
  const withheld: PlinthError[] = [];
  const rendered: Manifest[] = [];
  for (const { object, path } of units) {
    const manifest = object && manifests.get(object);
    if (object === undefined || manifest === undefined) continue;
    const plain = edit === undefined && !unresolved.has(object) && !isSecretObject(manifest);
    rendered.push(plain ? manifest : withhold(manifest, path, tokens, reference, (refusal) => withheld.push(refusal)));
  }
  const all = [...Program.of(root.node.root).refusals, ...refusals, ...withheld];
  if (all.length > 0) throw new PlinthReport(all);
  return rendered;
}

/** The objects of {@link renderObjects} as YAML documents in one text. The same tree gives the same text. */
export function renderYaml(root: IConstruct, options: RenderOptions = {}): string {
  return formatYaml(renderObjects(root, options));
}

/**
 * Writes the objects of {@link renderObjects}, one a file, named after the object and nothing else:
 * `<kind>[.<group>][_<namespace>]_<name>.yaml`. Other files in the folder are left alone.
 * @param folder is made when it is missing
 * @returns the files' names in the order in which they are to be applied
 */
export function renderFiles(root: IConstruct, folder: string, options: RenderOptions = {}): string[] {
  const objects = renderObjects(root, options);
  mkdirSync(folder, { recursive: true });
  return objects.map((object) => {
    const name = fileName(object);
    writeFileSync(join(folder, name), formatYaml([object]));
    return name;
  });
}

function fileName({ apiVersion, kind, metadata }: Manifest): string {
  const group = groupOf(apiVersion);
  const type = (group === "" ? kind : `${kind}.${group}`).toLowerCase();
  const parts = metadata.namespace === undefined ? [type, metadata.name] : [type, metadata.namespace, metadata.name];
  // names of RBAC objects may have colons, which not every file system takes
  return `${parts.map(encodeURIComponent).join("_")}.yaml`;
}
