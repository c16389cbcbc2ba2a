import type { Described } from "@plinth/core";
import { type Band, bandsOf } from "./bands.js";
import { Canvas, type Rectangle } from "./canvas.js";
import { NARROW_WIDTH, PAGE_WIDTH } from "./page.js";
import { readDescribed } from "./read.js";
import { accessLines, gatewayLines, groupLines, headingLines, legendLines, networkLines } from "./sketch-lines.js";
import { sketchPlatform } from "./sketch-platform.js";
import { wrap } from "./text.js";
import type { GroupNode } from "./topology.js";
import { topologyOf } from "./topology-of.js";
import { NOTHING } from "./words.js";

/** How {@link sketch} draws. */
export interface SketchOptions {
  /** Whether lines are drawn with ASCII only, for terminals without box characters. @default false */
  readonly ascii?: boolean;
  /** Columns of the terminal; a drawing is 100 wide, or 80 where there is less room. @default 100 */
  readonly width?: number;
}

/** Columns in which things stand. */
interface Layout {
  readonly width: number;
  readonly sites: Columns;
  readonly router: Columns;
  readonly network: Columns;
  readonly access: Columns;
  readonly gateway: Columns;
  readonly outside: Columns;
  /** Column of the gateway from which the line to its network goes down. */
  readonly down: number;
}
type Columns = Pick<Rectangle, "x" | "width">;

const WIDE: Layout = {
  width: PAGE_WIDTH,
  sites: { x: 0, width: 32 },
  router: { x: 40, width: 19 },
  network: { x: 64, width: 36 },
  access: { x: 32, width: 27 },
  gateway: { x: 64, width: 19 },
  outside: { x: 87, width: 13 },
  down: 9,
};
const NARROW: Layout = {
  width: NARROW_WIDTH,
  sites: { x: 0, width: 28 },
  router: { x: 31, width: 19 },
  network: { x: 53, width: 27 },
  access: { x: 27, width: 23 },
  gateway: { x: 53, width: 14 },
  outside: { x: 69, width: 11 },
  down: 7,
};
/** Columns of a box that its borders and the space beside them take. */
const FRAME = 4;

/**
 * The topology of what a program describes, as a drawing of characters: for each network its sites on the left, the
 * L3VPN router in the middle, the network with its groups of nodes and the way out on the right; for each platform its releases
 * by level.
 * @returns lines of at most `width` columns
 */
export function sketch(described: readonly Described[], options: SketchOptions = {}): string {
  const { bands, loose } = bandsOf(topologyOf(described));
  const layout = (options.width ?? PAGE_WIDTH) < PAGE_WIDTH ? NARROW : WIDE;
  const platforms = readDescribed(described).platforms.map((platform) => sketchPlatform(platform, layout.width));
  if (bands.length === 0 && loose.length === 0) return platforms.length === 0 ? `${NOTHING}\n` : platforms.join("\n");
  const ascii = options.ascii ?? false;
  const canvas = new Canvas(ascii);
  let y = 0;
  for (const band of bands) y = drawBand(canvas, band, y, layout, ascii) + 1;
  if (loose.length > 0) y = drawLoose(canvas, loose, y, layout, ascii) + 1;
  for (const line of legendLines(ascii, layout.width)) canvas.text(0, y++, line);
  return [canvas.toString(), ...platforms].join("\n");
}

/** @returns the first row below */
function drawBand(canvas: Canvas, band: Band, top: number, layout: Layout, ascii: boolean): number {
  const { access, gateway, router, network } = layout;
  const heading = headingLines(band, access.x - 2);
  heading.forEach((line, i) => {
    canvas.text(0, top + i, line);
  });
  const wayOut = drawWayOut(canvas, band, top, layout);
  const middle = Math.max(wayOut.bottom + 1, top + heading.length + 1);
  canvas.down(gateway.x + layout.down, wayOut.gatewayBottom, middle - wayOut.gatewayBottom + 1);

  const { title, address } = band.router;
  const lines = [title, address ?? "(no address)"].flatMap((line) => wrap(line, router.width - FRAME));
  const sites = drawSites(canvas, band, middle, layout);
  const networkBottom = drawNetwork(canvas, band, middle, network, ascii);
  const height = Math.max(sites - middle, lines.length + 2);
  canvas.box({ ...router, y: middle, height }, "dashed");
  const first = middle + Math.max(1, Math.floor((Math.min(height, networkBottom - middle) - lines.length) / 2));
  lines.forEach((line, i) => {
    canvas.text(router.x + 2, first + i, line);
  });
  canvas.across(router.x + router.width - 1, first + 1, network.x - router.x - router.width + 2);
  return Math.max(middle + height, networkBottom);
}

/** Draws gateway, outside and access network. @returns their lowest rows */
function drawWayOut(
  canvas: Canvas,
  band: Band,
  top: number,
  layout: Layout,
): { bottom: number; gatewayBottom: number } {
  const { gateway: at, outside } = layout;
  const gateway = boxed(canvas, { ...at, y: top }, gatewayLines(band.gateway, at.width - FRAME), band.gateway.made);
  boxed(canvas, { ...outside, y: top }, ["outside"], true);
  canvas.across(at.x + at.width - 1, top + 1, outside.x - at.x - at.width + 2);
  canvas.head(outside.x - 1, top + 1, "right");
  const beside = at.x + layout.down + 3;
  const label = ["default route", `by ${band.gateway.address}`].flatMap((line) => wrap(line, layout.width - beside));
  label.forEach((line, i) => {
    canvas.text(beside, gateway + 1 + i, line);
  });
  let bottom = gateway + label.length;
  if (band.access !== undefined) {
    const { x, width } = layout.access;
    const access = boxed(canvas, { x, width, y: top }, accessLines(band.access, width - FRAME), true);
    canvas.across(x + width - 1, top + 1, at.x - x - width + 2);
    bottom = Math.max(bottom, access);
  }
  return { bottom, gatewayBottom: gateway };
}

/** Draws the sites below each other, each range with its line to the router. @returns the first row below */
function drawSites(canvas: Canvas, band: Band, top: number, { sites, router }: Layout): number {
  const inner = sites.width - FRAME;
  let y = top;
  for (const { site, ranges } of band.sites) {
    const hint = site.hosts === "managed" ? " (managed)" : "";
    const lines = wrap(site.name + hint, inner);
    for (const { range, via, back } of ranges) {
      const row = y + 1 + lines.length;
      const from = sites.x + sites.width - 1;
      canvas.across(from, row, router.x - from + 1);
      if (via !== undefined) canvas.head(from + 1, row, "left");
      if (back !== undefined) canvas.head(router.x - 1, row, "right");
      lines.push(...wrap(range, inner));
      if (back !== undefined) lines.push(...wrap(`  back via ${back.via}`, inner));
    }
    y = boxed(canvas, { ...sites, y }, lines, site.hosts === "own") + 1;
  }
  return y;
}

/** Draws the network with its groups inside. @returns the first row below */
function drawNetwork(canvas: Canvas, band: Band, top: number, network: Columns, ascii: boolean): number {
  const inner = network.width - FRAME;
  const lines = networkLines(band.network, inner);
  lines.forEach((line, i) => {
    canvas.text(network.x + 2, top + 1 + i, line);
  });
  let y = top + 1 + lines.length;
  for (const group of band.groups) {
    const at = { x: network.x + 2, y, width: inner };
    y = boxed(canvas, at, groupLines(group, inner - FRAME, ascii), true) + 1;
  }
  canvas.box({ ...network, y: top, height: y - top + 1 });
  return y + 1;
}

function drawLoose(
  canvas: Canvas,
  groups: readonly GroupNode[],
  top: number,
  { sites }: Layout,
  ascii: boolean,
): number {
  canvas.text(0, top, "Groups whose network is not described:");
  let y = top + 1;
  for (const group of groups) {
    y = boxed(canvas, { ...sites, y }, groupLines(group, sites.width - FRAME, ascii), true) + 1;
  }
  return y;
}

/** A box around lines. @returns its last row */
function boxed(canvas: Canvas, at: Omit<Rectangle, "height">, lines: readonly string[], solid: boolean): number {
  canvas.box({ ...at, height: lines.length + 2 }, solid ? "solid" : "dashed");
  lines.forEach((line, i) => {
    canvas.text(at.x + 2, at.y + 1 + i, line);
  });
  return at.y + lines.length + 1;
}
