import { EXTENSION_IMAGES } from "@plinth/platform/machine";
import {
  type Artefact,
  artefactName,
  inventory,
  type NeededImage,
  type OpenRegistry,
  resolveDigest,
} from "@plinth/platform/mirror";
import type { DescribedPlatform } from "../describe/describe.js";

/** What is fetched beside the charts of a program. */
export interface FurtherImages {
  /** Images by name, for example those of charts that do not say what they run. */
  readonly images: readonly string[];
  /** Version of Talos, for the images of the system extensions that the machines need, for example `v1.6.4`. @default - none of them */
  readonly talos?: string | undefined;
}

/** A digest, or why there is none. */
export type Digest = { readonly digest: string } | { readonly unknown: string };

/** How many registries' answers are waited for at a time. */
const AT_ONCE = 8;

/** Milliseconds after which a registry counts as out of reach. */
const PATIENCE = 10_000;

/**
 * All that the platforms of a program fetch, each once.
 * @returns also the system extensions for which no image is known
 */
export function artefactsOf(
  platforms: readonly DescribedPlatform[],
  { images, talos }: FurtherImages,
): { readonly artefacts: readonly Artefact[]; readonly unknown: readonly string[] } {
  const needed: NeededImage[] = images.map((image) => ({ image, neededBy: "--images" }));
  const unknown = new Set<string>();
  const known = talos === undefined ? undefined : (EXTENSION_IMAGES[talos] ?? {});
  for (const { machine } of platforms) {
    for (const name of known === undefined ? [] : machine.systemExtensions) {
      const image = known?.[name]?.image;
      if (image === undefined) unknown.add(name);
      else for (const neededBy of machine.reasons[`extension ${name}`] ?? []) needed.push({ image, neededBy });
    }
  }
  const releases = platforms.flatMap((platform) => platform.releases);
  return {
    // Flux itself is no chart: `flux install --export` has its objects, and its images are among those given
    artefacts: inventory(
      releases.filter(({ delivery }) => delivery === "flux"),
      needed,
    ),
    unknown: [...unknown],
  };
}

/** Reads a list of images: one a line, with comments behind `#`. */
export function parseImages(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .filter((line) => line !== "");
}

/**
 * The digests of artefacts: what is known, else what their registries say now. A registry that does not answer is not asked
 * again.
 */
export async function digestsOf(
  artefacts: readonly Artefact[],
  open: OpenRegistry,
  onProgress: (artefact: string, done: number) => void = () => {},
): Promise<Digest[]> {
  const digests: Digest[] = [];
  const silent = new Map<string, string>();
  let done = 0;
  const ask = async (artefact: Artefact): Promise<Digest> => {
    if (artefact.digest !== undefined) return { digest: artefact.digest };
    const host = hostOf(artefact);
    const before = silent.get(host);
    if (before !== undefined) return { unknown: before };
    try {
      const digest = await soon(resolveDigest(artefact, open));
      return digest === undefined ? { unknown: `${host} does not have it` } : { digest };
    } catch (error) {
      const why = `${host}: ${reasonOf(error)}`;
      // an answer that is an error is about this artefact only
      if (!(error instanceof Error && "status" in error)) silent.set(host, why);
      return { unknown: why };
    }
  };
  const queue = artefacts.entries();
  const work = async (): Promise<void> => {
    for (const [i, artefact] of queue) {
      digests[i] = await ask(artefact);
      onProgress(artefactName(artefact), ++done);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return digests;
}

/** A line for each artefact. */
export function describeArtefacts(artefacts: readonly Artefact[], digests: readonly Digest[]): string {
  return artefacts
    .map((artefact, i) => {
      const found = digests[i];
      const digest = found !== undefined && "digest" in found ? found.digest : `no digest known (${found?.unknown})`;
      return `${artefact.type}  ${artefactName(artefact)}  ${digest}`;
    })
    .join("\n");
}

function hostOf(artefact: Artefact): string {
  const text = artefact.type === "chart" ? artefact.chart.url : `oci://${artefact.image}`;
  return text.replace(/^[a-z]+:\/\//, "").replace(/\/.*/, "");
}

async function soon<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer")), PATIENCE);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What went wrong, in short: Node's fetch says it in the cause. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & {
    readonly cause?: { readonly code?: string; readonly message?: string };
  };
  return cause?.code ?? (cause?.message ?? message).split("\n", 1)[0] ?? message;
}
