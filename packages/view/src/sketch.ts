import type { Described } from "@plinth/core";
import { type Band, bandsOf } from "./bands.js";
import { Canvas, type Rectangle } from "./canvas.js";
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
}

/** Columns in which things stand; together 100 wide. */
const SITES = { x: 0, width: 32 };
const ROUTER = { x: 40, width: 19 };
const NETWORK = { x: 64, width: 36 };
const ACCESS = { x: 32, width: 27 };
const GATEWAY = { x: 64, width: 19 };
const OUTSIDE = { x: 87, width: 13 };
/** Columns of a box that its borders and the space beside them take. */
const FRAME = 4;

/**
 * The topology of what a program describes, as a drawing of characters: for each network its sites on the left, the
 * L3VPN router in the middle, the network with its groups of nodes and the way out on the right; for each platform its releases
 * by level.
 * @returns lines of at most 100 columns
 */
export function sketch(described: readonly Described[], options: SketchOptions = {}): string {
  const { bands, loose } = bandsOf(topologyOf(described));
  const platforms = readDescribed(described).platforms.map(sketchPlatform);
  if (bands.length === 0 && loose.length === 0) return platforms.length === 0 ? `${NOTHING}\n` : platforms.join("\n");
  const ascii = options.ascii ?? false;
  const canvas = new Canvas(ascii);
  let y = 0;
  for (const band of bands) y = drawBand(canvas, band, y, ascii) + 1;
  if (loose.length > 0) y = drawLoose(canvas, loose, y, ascii) + 1;
  for (const line of legendLines(ascii)) canvas.text(0, y++, line);
  return [canvas.toString(), ...platforms].join("\n");
}

/** @returns the first row below */
function drawBand(canvas: Canvas, band: Band, top: number, ascii: boolean): number {
  const heading = headingLines(band, ACCESS.x - 2);
  heading.forEach((line, i) => {
    canvas.text(0, top + i, line);
  });
  const wayOut = drawWayOut(canvas, band, top);
  const middle = Math.max(wayOut.bottom + 1, top + heading.length + 1);
  canvas.down(GATEWAY.x + 9, wayOut.gatewayBottom, middle - wayOut.gatewayBottom + 1);

  const { title, address } = band.router;
  const lines = [title, address ?? "(no address)"].flatMap((line) => wrap(line, ROUTER.width - FRAME));
  const sites = drawSites(canvas, band, middle);
  const networkBottom = drawNetwork(canvas, band, middle, ascii);
  const height = Math.max(sites - middle, lines.length + 2);
  canvas.box({ ...ROUTER, y: middle, height }, "dashed");
  const first = middle + Math.max(1, Math.floor((Math.min(height, networkBottom - middle) - lines.length) / 2));
  lines.forEach((line, i) => {
    canvas.text(ROUTER.x + 2, first + i, line);
  });
  canvas.across(ROUTER.x + ROUTER.width - 1, first + 1, NETWORK.x - ROUTER.x - ROUTER.width + 2);
  return Math.max(middle + height, networkBottom);
}

/** Draws gateway, outside and access network. @returns their lowest rows */
function drawWayOut(canvas: Canvas, band: Band, top: number): { bottom: number; gatewayBottom: number } {
  const gateway = boxed(
    canvas,
    { ...GATEWAY, y: top },
    gatewayLines(band.gateway, GATEWAY.width - FRAME),
    band.gateway.made,
  );
  boxed(canvas, { ...OUTSIDE, y: top }, ["outside"], true);
  canvas.across(GATEWAY.x + GATEWAY.width - 1, top + 1, OUTSIDE.x - GATEWAY.x - GATEWAY.width + 2);
  canvas.head(OUTSIDE.x - 1, top + 1, "right");
  const label = ["default route", `by ${band.gateway.address}`].flatMap((line) => wrap(line, 100 - GATEWAY.x - 12));
  label.forEach((line, i) => {
    canvas.text(GATEWAY.x + 12, gateway + 1 + i, line);
  });
  let bottom = gateway + label.length;
  if (band.access !== undefined) {
    const access = boxed(canvas, { ...ACCESS, y: top }, accessLines(band.access, ACCESS.width - FRAME), true);
    canvas.across(ACCESS.x + ACCESS.width - 1, top + 1, GATEWAY.x - ACCESS.x - ACCESS.width + 2);
    bottom = Math.max(bottom, access);
  }
  return { bottom, gatewayBottom: gateway };
}

/** Draws the sites below each other, each range with its line to the router. @returns the first row below */
function drawSites(canvas: Canvas, band: Band, top: number): number {
  const inner = SITES.width - FRAME;
  let y = top;
  for (const { site, ranges } of band.sites) {
    const hint = site.hosts === "managed" ? " (managed)" : "";
    const lines = wrap(site.name + hint, inner);
    for (const { range, via, back } of ranges) {
      const row = y + 1 + lines.length;
      const from = SITES.x + SITES.width - 1;
      canvas.across(from, row, ROUTER.x - from + 1);
      if (via !== undefined) canvas.head(from + 1, row, "left");
      if (back !== undefined) canvas.head(ROUTER.x - 1, row, "right");
      lines.push(...wrap(range, inner));
      if (back !== undefined) lines.push(...wrap(`  back via ${back.via}`, inner));
    }
    y = boxed(canvas, { ...SITES, y }, lines, site.hosts === "own") + 1;
  }
  return y;
}

/** Draws the network with its groups inside. @returns the first row below */
function drawNetwork(canvas: Canvas, band: Band, top: number, ascii: boolean): number {
  const inner = NETWORK.width - FRAME;
  const lines = networkLines(band.network, inner);
  lines.forEach((line, i) => {
    canvas.text(NETWORK.x + 2, top + 1 + i, line);
  });
  let y = top + 1 + lines.length;
  for (const group of band.groups) {
    const at = { x: NETWORK.x + 2, y, width: inner };
    y = boxed(canvas, at, groupLines(group, inner - FRAME, ascii), true) + 1;
  }
  canvas.box({ ...NETWORK, y: top, height: y - top + 1 });
  return y + 1;
}

function drawLoose(canvas: Canvas, groups: readonly GroupNode[], top: number, ascii: boolean): number {
  canvas.text(0, top, "Groups whose network is not described:");
  let y = top + 1;
  for (const group of groups) {
    y = boxed(canvas, { ...SITES, y }, groupLines(group, SITES.width - FRAME, ascii), true) + 1;
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
