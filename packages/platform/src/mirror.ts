/**
 * What a platform fetches, and how it gets to a mirror: for places without a way out.
 * @packageDocumentation
 */
export { copyToMirror, type Mirrored, type MirrorProgress, resolveDigest } from "./mirror/copy.js";
export { annotatedImages, type FetchedChart, fetchChart, type OpenRegistry } from "./mirror/fetch-chart.js";
export {
  type Artefact,
  artefactName,
  type ChartArtefact,
  chartName,
  type ImageArtefact,
  inventory,
  type NeededImage,
} from "./mirror/inventory.js";
export { mirroredChart, mirroredImage, registryMirrors } from "./mirror/registry-mirrors.js";
