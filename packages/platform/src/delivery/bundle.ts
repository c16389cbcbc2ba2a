import { createHash } from "node:crypto";
import { type Edit, formatYaml, type Manifest, renderObjects } from "@plinth/bridge/chart";
import { Check, PlinthReport } from "@plinth/core";
import { App } from "cdk8s";
import { PlatformChart } from "../platform-chart.js";
import { type PlatformObjects, type PlatformObjectsProps, planPlatformObjects } from "../platform-objects.js";

/**
 * The parts of a bundle, in the order in which they are applied: the namespaces, because Flux removes a part as a whole and Helm
 * cannot uninstall from a namespace that is going; the releases with their sources; what is set up once the releases run.
 */
export const BUNDLE_PARTS = ["namespaces", "releases", "setup"] as const;

/** A part of a bundle: a folder of it. */
export type BundlePart = (typeof BUNDLE_PARTS)[number];

/** The objects of a platform, as files that Flux applies. Equal objects give an equal bundle. */
export interface PlatformBundle {
  /** Content by path: one file for each part that has objects. */
  readonly files: Readonly<Record<string, string>>;
  /** Tag of it: a digest of the files. */
  readonly tag: string;
}

/**
 * Renders a platform for GitOps: the objects that Pulumi would apply, without Pulumi.
 *
 * @param name of the platform, as a component is called
 * @throws PlinthReport with all that it is refused for
 */
export function renderPlatform(name: string, props: PlatformObjectsProps, edit?: Edit): PlatformBundle {
  const check = new Check(name);
  const planned = planPlatformObjects(props, check);
  if (!check.passed || planned === undefined) throw new PlinthReport(check.refusals);
  return bundleOf(name, planned.objects, edit);
}

/** The bundle of a platform that was computed. */
export function bundleOf(name: string, objects: PlatformObjects, edit?: Edit): PlatformBundle {
  const parts = partsOf(renderedObjects(name, objects, edit));
  const written = [...parts].filter(([, part]) => part.length > 0);
  const files = Object.fromEntries(written.map(([part, manifests]) => [`${part}/objects.yaml`, formatYaml(manifests)]));
  const digest = createHash("sha256").update(JSON.stringify(files)).digest("hex");
  return { files, tag: `sha-${digest.slice(0, 12)}` };
}

/** The objects of a platform in the order in which they are to be applied. */
export function renderedObjects(name: string, objects: PlatformObjects, edit?: Edit): readonly Manifest[] {
  const app = new App();
  new PlatformChart(app, name, objects);
  return renderObjects(app, edit === undefined ? {} : { edit });
}

function partsOf(manifests: readonly Manifest[]): ReadonlyMap<BundlePart, readonly Manifest[]> {
  const parts = new Map<BundlePart, Manifest[]>(BUNDLE_PARTS.map((part) => [part, []]));
  for (const manifest of manifests) parts.get(partOf(manifest))?.push(manifest);
  return parts;
}

/** Kinds by which releases are told from what is set up after them. */
const OF_FLUX = /\.(toolkit|extensions)\.fluxcd\.io\//;

function partOf({ apiVersion, kind }: Manifest): BundlePart {
  if (kind === "Namespace") return "namespaces";
  return OF_FLUX.test(apiVersion) ? "releases" : "setup";
}
