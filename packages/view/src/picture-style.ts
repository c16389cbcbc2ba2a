import { TEXT, type TextStyle } from "./measure.js";

const SANS = 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const MONO = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace';

/** Colours of one scheme. Text and lines have a contrast of at least 4.5 on what they stand on. */
interface Palette {
  readonly ground: string;
  readonly card: string;
  readonly border: string;
  /** Border of what someone else runs. */
  readonly foreign: string;
  readonly cloud: string;
  readonly cloudBorder: string;
  readonly ink: string;
  readonly muted: string;
  /** Routes of the VMs. */
  readonly forward: string;
  /** Return routes. */
  readonly back: string;
  /** The way out. */
  readonly out: string;
  /** Track of the address strip. */
  readonly track: string;
  /** Pools in the address strip. */
  readonly pool: string;
}

const LIGHT: Palette = {
  ground: "#f8fafc",
  card: "#ffffff",
  border: "#cbd5e1",
  foreign: "#94a3b8",
  cloud: "#eef4ff",
  cloudBorder: "#a9c4f5",
  ink: "#0f172a",
  muted: "#526077",
  forward: "#1d5fd1",
  back: "#a4470b",
  out: "#0b7266",
  track: "#d5deea",
  pool: "#a9c7f7",
};

const DARK: Palette = {
  ground: "#0d1117",
  card: "#171d26",
  border: "#364150",
  foreign: "#66748a",
  cloud: "#101c30",
  cloudBorder: "#2c4a7c",
  ink: "#e8edf4",
  muted: "#9fabbc",
  forward: "#7fb2ff",
  back: "#f0a35e",
  out: "#4fd1bd",
  track: "#2b3443",
  pool: "#31548c",
};

/** Class of a picture's root; every rule is below it, so that none reaches out of a picture that is part of a page. */
export const ROOT = "plinth-picture";

type Rule = readonly [selector: string, declarations: string];

/** The style sheet of a picture: both colour schemes, no font of its own. */
export function styleSheet(): string {
  const shapes: Rule[] = [
    ["path", "fill:none;stroke-width:1.75"],
    [".dashed", "stroke-dasharray:5 4"],
    [".dashed-dot", "stroke-dasharray:2.5 2"],
  ];
  const light = sheet([...Object.values(TEXT).map(fontRule), ...shapes, ...colors(LIGHT)]);
  return `${light}@media (prefers-color-scheme:dark){${sheet(colors(DARK))}}`;
}

function sheet(rules: readonly Rule[]): string {
  return rules.map(([selector, declarations]) => `.${ROOT} ${selector}{${declarations}}`).join("");
}

function fontRule({ className, size, bold, mono }: TextStyle): Rule {
  return [`.${className}`, `font:${bold ? 650 : 400} ${size}px ${mono ? MONO : SANS}`];
}

function colors(palette: Palette): Rule[] {
  const { ground, card, border, foreign, cloud, cloudBorder, ink, muted, forward, back, out, track, pool } = palette;
  const box = (className: string, fill: string, stroke: string): Rule => [
    `.${className}`,
    `fill:${fill};stroke:${stroke}`,
  ];
  const tone = (name: string, color: string): Rule[] => [
    [`text.${name}`, `fill:${color}`],
    [`.head-${name}`, `fill:${color}`],
    [`path.${name}`, `stroke:${color}`],
  ];
  return [
    box("ground", ground, border),
    box("card", card, border),
    box("foreign", ground, foreign),
    box("cloud", cloud, cloudBorder),
    ["text", `fill:${ink}`],
    ["text.muted", `fill:${muted}`],
    ...tone("forward", forward),
    ...tone("back", back),
    ...tone("out", out),
    box("always", forward, forward),
    box("needed", card, forward),
    box("track", track, "none"),
    box("pool", pool, "none"),
    box("taken-gateway", out, "none"),
    box("taken-router", back, "none"),
    box("taken", muted, "none"),
  ];
}
