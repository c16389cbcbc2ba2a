import { ROOT, styleSheet } from "../picture-style.js";
import type { GraphRelease } from "./model.js";

/** What the phases are called in the legend, in their order. */
export const PHASE_TITLES: Readonly<Record<GraphRelease["phase"], string>> = {
  host: "host: before there is a pod network",
  cni: "cni: the pod network",
  core: "core: what the platform stands on",
  rest: "all else",
};

type Colors = Readonly<Record<GraphRelease["phase"], string>>;

const LIGHT: Colors = { host: "#a4470b", cni: "#0b7266", core: "#1d5fd1", rest: "#64748b" };
const DARK: Colors = { host: "#f0a35e", cni: "#4fd1bd", core: "#7fb2ff", rest: "#94a3b8" };

/** The style sheet of a release graph: that of pictures, and a colour for each phase. */
export function releaseStyleSheet(): string {
  const edges = `.${ROOT} .edge{fill:none;stroke-width:1.5;stroke-opacity:.55}.${ROOT} .edge:hover{stroke-width:3;stroke-opacity:1}`;
  return `${styleSheet()}${edges}${sheet(LIGHT)}@media (prefers-color-scheme:dark){${sheet(DARK)}}`;
}

function sheet(colors: Colors): string {
  return Object.entries(colors)
    .map(([phase, color]) => `.${ROOT} .phase-${phase}{fill:${color}}.${ROOT} .edge-${phase}{stroke:${color}}`)
    .join("");
}
