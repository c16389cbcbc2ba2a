import type { Described } from "@plinth/core";
import { bandsOf } from "./bands.js";
import { type Block, lines, stack } from "./card.js";
import { TEXT } from "./measure.js";
import { bandBlock, bandWidth, routerWidth } from "./picture-band.js";
import { descriptionOf } from "./picture-description.js";
import { framed } from "./picture-frame.js";
import { groupCard } from "./picture-group.js";
import { legend } from "./picture-legend.js";
import { siteColumns } from "./picture-site.js";
import { styleSheet } from "./picture-style.js";
import { element } from "./svg.js";
import { topologyOf } from "./topology-of.js";
import { NOTHING } from "./words.js";

/** How {@link picture} draws. */
export interface PictureOptions {
  /** Stands above the drawing and names it for those who don't see it. */
  readonly title: string;
}

const MARGIN = 36;
const BAND_GAP = 56;
const LOOSE_WIDTH = 364;

/**
 * The topology of what a program describes, as an SVG: one file without fonts, scripts or references, in the colours of
 * the reader's scheme (`prefers-color-scheme`). For each network its sites with the routes in both directions on the
 * left, the L3VPN router in the middle, the network with its groups of nodes and the way out on the right.
 */
export function picture(described: readonly Described[], { title }: PictureOptions): string {
  const topology = topologyOf(described);
  const { bands, loose } = bandsOf(topology);
  const columns = { ...siteColumns(bands), routerWidth: routerWidth(bands) };
  const width = bandWidth(columns);
  const head = { text: title, style: TEXT.title };
  const parts: Block[] = bands.map((band, i) =>
    bandBlock(band, i === 0 ? head : { text: band.network.name, style: TEXT.heading }, columns),
  );
  if (bands.length === 0) parts.push(lines([head], width));
  if (loose.length > 0) {
    const note = lines([{ text: "Groups whose network is not described", style: TEXT.heading }], width);
    parts.push(stack([note, ...loose.map((group) => groupCard(group, LOOSE_WIDTH))], 14));
  }
  if (bands.length === 0 && loose.length === 0) parts.push(lines([{ text: NOTHING, style: TEXT.plain }], width));
  const content = stack([stack(parts, BAND_GAP), ...(bands.length === 0 ? [] : [legend(width)])], 30);
  const frame = {
    title,
    description: descriptionOf(bands, loose),
    width: width + 2 * MARGIN,
    height: Math.ceil(content.height + 2 * MARGIN),
    style: styleSheet(),
    defs: ["forward", "back", "out"].map(arrowHead),
  };
  return framed(frame, content.draw(MARGIN, MARGIN));
}

/** The head of an arrow. */
function arrowHead(tone: string): string {
  const attributes = {
    id: `plinth-head-${tone}`,
    viewBox: "0 0 10 10",
    refX: 9,
    refY: 5,
    markerWidth: 8,
    markerHeight: 8,
  };
  const shape = element("path", { class: `head-${tone}`, d: "M0 1L10 5L0 9z" });
  return element("marker", { ...attributes, orient: "auto", markerUnits: "userSpaceOnUse" }, shape);
}
