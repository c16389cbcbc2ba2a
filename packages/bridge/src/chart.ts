/**
 * Charts as plain objects, YAML and files. This entry does not load Pulumi.
 * @packageDocumentation
 */
export { isOutput, type OutputLike } from "@plinth/core";
export { applyEdit, type Edit, type Emitted } from "./edit.js";
export type { Manifest } from "./manifest.js";
export { type RenderOptions, renderFiles, renderObjects, renderYaml } from "./render.js";
export { OutputTokens } from "./tokens.js";
export type { Reference, WithheldLeaf } from "./withhold.js";
export { formatYaml } from "./yaml.js";
