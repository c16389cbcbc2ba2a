import { LINE_HEIGHT, TEXT, textWidth } from "../measure.js";
import { framed } from "../picture-frame.js";
import { element, escapeXml, rect, text } from "../svg.js";
import { type Layout, layOut, type Placed, type PlacedEdge } from "./layout.js";
import type { GraphRelease } from "./model.js";
import { PHASE_TITLES, releaseStyleSheet } from "./style.js";

/** How {@link releaseGraph} draws. */
export interface ReleaseGraphOptions {
  /** Stands above the drawing and names it for those who don't see it. */
  readonly title: string;
}

const MARGIN = 32;
const ROW = 50;
const CARD_HEIGHT = 40;
const PADDING = 12;
const BAR = 5;
const GAP = 84;
const HEAD = 92;
const LEGEND = 40;

/**
 * The releases of a platform by levels, as an SVG: each stands right of all that it waits for, and what stands in one column can
 * be installed together. Edges that follow from others are left out. One file without fonts, scripts or references, in the
 * colours of the reader's scheme.
 */
export function releaseGraph(releases: readonly GraphRelease[], { title }: ReleaseGraphOptions): string {
  const layout = layOut(releases);
  const cardWidth = Math.max(150, ...releases.map(widthOf));
  const x = (column: number) => MARGIN + column * (cardWidth + GAP);
  const y = (row: number) => HEAD + row * ROW;
  const least = textWidth(title, TEXT.title) + 2 * MARGIN;
  const width = Math.ceil(Math.max(least, x(layout.columns - 1) + cardWidth + MARGIN, 640));
  const height = Math.ceil(y(layout.rows) + LEGEND + MARGIN);
  const frame = { title, description: describe(layout, releases), width, height, style: releaseStyleSheet() };
  return framed(frame, [
    text(MARGIN, 46, title, TEXT.title),
    ...Array.from({ length: layout.columns }, (_, column) =>
      text(x(column), 74, `level ${column}`, TEXT.code, { tone: "muted" }),
    ),
    ...layout.edges.map((edge) => curve(edge, { x, y, cardWidth })),
    ...layout.releases.map((placed) => card(placed, x(placed.column), y(placed.row), cardWidth)),
    ...legend(height - MARGIN),
  ]);
}

function widthOf({ name, note }: GraphRelease): number {
  return Math.ceil(Math.max(textWidth(name, TEXT.plain), textWidth(note, TEXT.code))) + 2 * PADDING + BAR;
}

function card({ release }: Placed, x: number, middle: number, width: number): string {
  const { name, note, phase, dependsOn } = release;
  const top = middle - CARD_HEIGHT / 2;
  const waits = dependsOn.length === 0 ? "waits for nothing" : `waits for ${dependsOn.join(", ")}`;
  const start = x + BAR + PADDING;
  return element("g", {}, [
    element("title", {}, escapeXml(`${name} (${note}): ${waits}`)),
    rect({ x, y: top, width, height: CARD_HEIGHT }, "card", 7),
    rect({ x, y: top, width: BAR, height: CARD_HEIGHT }, `phase-${phase}`, 2.5),
    text(start, middle - 3, name, TEXT.plain),
    text(start, middle - 3 + TEXT.plain.size * LINE_HEIGHT * 0.85, note, TEXT.code, { tone: "muted" }),
  ]);
}

/** A curve from card to card that goes level through the columns between. */
function curve(
  { from, to, rows }: PlacedEdge,
  { x, y, cardWidth }: { x: (column: number) => number; y: (row: number) => number; cardWidth: number },
): string {
  let d = "";
  for (const [i, row] of rows.entries()) {
    const [left, at] = [x(from.level + i), Math.round(y(row) * 10) / 10];
    if (i === 0) {
      d = `M${left + cardWidth} ${at}`;
      continue;
    }
    const bend = left - GAP / 2;
    d += `C${bend} ${Math.round(y(rows[i - 1] ?? row) * 10) / 10} ${bend} ${at} ${left} ${at}`;
    if (i < rows.length - 1) d += `H${left + cardWidth}`;
  }
  return element("path", { class: `edge edge-${from.phase}`, d }, [
    element("title", {}, escapeXml(`${to.name} waits for ${from.name}`)),
  ]);
}

function legend(y: number): string[] {
  let x = MARGIN;
  return Object.entries(PHASE_TITLES).flatMap(([phase, title]) => {
    const parts = [
      rect({ x, y: y - 11, width: BAR, height: 14 }, `phase-${phase}`, 2.5),
      text(x + BAR + 7, y, title, TEXT.plain, { tone: "muted" }),
    ];
    x += BAR + 7 + textWidth(title, TEXT.plain) + 24;
    return parts;
  });
}

function describe({ columns }: Layout, releases: readonly GraphRelease[]): string {
  const levels = Array.from({ length: columns }, (_, level) => {
    const names = releases.filter((release) => release.level === level).map(({ name }) => name);
    return `Level ${level}: ${names.join(", ")}.`;
  });
  return `${releases.length} releases in ${columns} levels. ${levels.join(" ")}`;
}
