import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { normalizeCrd } from "@plinth/api/crds";
import { call, type Endpoint } from "@plinth/clients";
import type { JsonObject } from "@plinth/core";
import { loadAll } from "js-yaml";
import { LabError, messageOf } from "../../errors.js";
import { waitFor } from "../../wait.js";
import { type Applier, apply, digestOf, isEstablished, type KubeObject, marked, type StoredCrd } from "./apply.js";

const PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

const APPLIER: Applier = { manager: "plinth-lab", annotation: "lab.plinth.dev/digest" };

/** A CRD of a file, ready to be applied. */
interface Crd {
  readonly name: string;
  /** Where it was read. */
  readonly file: string;
  readonly digest: string;
  readonly object: KubeObject;
}

/** Which CRDs of the sources are meant. */
export interface CrdChoice {
  /** Names of CRDs that are passed over, since somebody else brings them. @default - none */
  readonly except?: readonly string[];
}

/**
 * Applies CustomResourceDefinitions and waits until the API server serves their kinds (`Established`). They are normalised
 * first ({@link normalizeCrd}); one that is there unchanged is left alone.
 *
 * @param endpoint API server, with a token that may do this
 * @param sources YAML files, or folders whose `.yaml` files are taken; documents of other kinds are passed over
 * @returns names of the CRDs that were applied, in the order of the files
 * @throws LabError when the API server refuses one, with its words; when a file is no YAML; when two of one name differ
 */
export async function applyCrds(
  endpoint: Endpoint,
  sources: readonly string[],
  options: CrdChoice & { readonly signal?: AbortSignal | undefined } = {},
): Promise<string[]> {
  const crds = await readCrds(sources, options);
  const absent = await notYet(endpoint, crds);
  for (const { object } of absent) await apply(endpoint, object, APPLIER.manager, options.signal);
  await waitFor(async () => (await notYet(endpoint, crds)).length === 0, {
    what: `the kinds of ${absent.map((crd) => crd.name).join(", ")} to be served`,
    seconds: 60,
    signal: options.signal,
  });
  return absent.map((crd) => crd.name);
}

/** Names of CRDs of these sources that the API server does not serve as they are there. */
export async function missingCrds(
  endpoint: Endpoint,
  sources: readonly string[],
  choice: CrdChoice = {},
): Promise<string[]> {
  return (await notYet(endpoint, await readCrds(sources, choice))).map((crd) => crd.name);
}

async function readCrds(sources: readonly string[], { except = [] }: CrdChoice): Promise<Crd[]> {
  const files = (await Promise.all(sources.map(filesOf))).flat();
  const crds = new Map<string, Crd>();
  for (const crd of (await Promise.all(files.map(crdsOf))).flat()) {
    const other = crds.get(crd.name);
    if (other !== undefined && other.digest !== crd.digest) {
      throw new LabError(`The CRD ${crd.name} is not the same in ${other.file} and ${crd.file}.`);
    }
    crds.set(crd.name, crd);
  }
  return [...crds.values()].filter(({ name }) => !except.includes(name));
}

async function crdsOf(file: string): Promise<Crd[]> {
  return (await documentsOf(file)).flatMap((document) => {
    if (document?.kind !== "CustomResourceDefinition") return [];
    const object = normalizeCrd(document as KubeObject);
    return [{ name: object.metadata.name, file, digest: digestOf(object), object: marked(object, APPLIER) }];
  });
}

async function documentsOf(file: string): Promise<JsonObject[]> {
  try {
    return loadAll(await readFile(file, "utf8")) as JsonObject[];
  } catch (error) {
    throw new LabError(`${file} cannot be read as YAML: ${messageOf(error)}`, { cause: error });
  }
}

async function filesOf(source: string): Promise<string[]> {
  if (!(await stat(source)).isDirectory()) return [source];
  const names = (await readdir(source)).filter((name) => /\.ya?ml$/.test(name)).sort();
  return names.map((name) => join(source, name));
}

async function notYet(endpoint: Endpoint, crds: readonly Crd[]): Promise<Crd[]> {
  if (crds.length === 0) return [];
  const { status, text } = await call(endpoint, PATH);
  if (status !== 200) throw new LabError(`The API server does not list its CRDs (${status}): ${text.slice(0, 500)}`);
  const { items } = JSON.parse(text) as { items: readonly StoredCrd[] };
  const served = new Map(items.filter(isEstablished).map((item) => [item.metadata.name, item]));
  return crds.filter((crd) => served.get(crd.name)?.metadata.annotations?.[APPLIER.annotation] !== crd.digest);
}
