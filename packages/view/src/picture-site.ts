import type { Band, RangeRoutes } from "./bands.js";
import { type Block, framed, lines, PADDING } from "./card.js";
import { lineHeight, TEXT, textWidth, wrapText } from "./measure.js";
import { path, text } from "./svg.js";
import type { SiteNode } from "./topology.js";

/** Between the route of the VMs and the return route. */
const PAIR_GAP = 8;
/** Between two ranges. */
const ROW_GAP = 8;
const HEAD_GAP = 4;
/** A head's tip stays a little away from what it points to. */
const TIP = 3;
/** Between a label and the ends of its line. */
const LABEL_SPACE = 14;

/** Where the columns of the sites are. */
export interface SiteColumns {
  readonly siteWidth: number;
  /** Between site and router. */
  readonly laneWidth: number;
}

/** Widths that the sites of all bands need, within limits: what is wider is broken. */
export function siteColumns(bands: readonly Band[]): SiteColumns {
  const sites = bands.flatMap((band) => band.sites);
  const inner = sites.flatMap(({ site, ranges }) => [
    textWidth(site.name, TEXT.name) + textWidth(tagOf(site) ?? "", TEXT.plain) + 10,
    ...ranges.map(({ range }) => textWidth(range, TEXT.address)),
  ]);
  const labels = sites.flatMap(({ site, ranges }) =>
    ranges.flatMap((routes) =>
      [forwardLabel(routes), backLabel(site, routes)].map((label) => textWidth(label, TEXT.route)),
    ),
  );
  return {
    siteWidth: clamp(Math.max(0, ...inner), 140, 250) + 2 * PADDING,
    laneWidth: clamp(Math.max(0, ...labels), 130, 270) + 2 * LABEL_SPACE,
  };
}

/** A site with the lines from its ranges to the router. */
export function siteBlock(site: SiteNode, routes: readonly RangeRoutes[], columns: SiteColumns): Block {
  const inner = columns.siteWidth - 2 * PADDING;
  const tag = tagOf(site);
  const head = lines([{ text: site.name, style: TEXT.name, ...(tag === undefined ? {} : { tag }) }], inner);
  const rows = routes.map((range) => rangeRow(site, range, columns));
  // a line's label is beside the site's name, so that the range comes directly below the name
  let height = Math.max(4, PADDING + head.height + HEAD_GAP - (rows[0]?.textTop ?? 0));
  const placed = rows.map((row) => {
    const at = height;
    height += row.height + ROW_GAP;
    return { row, at };
  });
  height += PADDING - ROW_GAP - 4;
  const ranges = site.ranges.join(", ");
  const look = {
    node: site.id,
    title: `${site.name}: ${ranges}`,
    className: site.hosts === "own" ? "card" : "foreign",
  } as const;
  return {
    height,
    draw: (x, y) => [
      framed({ x, y, width: columns.siteWidth, height }, look, [
        ...head.draw(x + PADDING, y + PADDING),
        ...placed.flatMap(({ row, at }) => row.drawRange(x + PADDING, y + at)),
      ]),
      ...placed.flatMap(({ row, at }) => row.drawLane(x + columns.siteWidth, y + at)),
    ],
  };
}

interface RangeRow {
  readonly height: number;
  /** Where the range's text begins. */
  readonly textTop: number;
  drawRange(x: number, y: number): string[];
  drawLane(x: number, y: number): string[];
}

function rangeRow(site: SiteNode, routes: RangeRoutes, { siteWidth, laneWidth }: SiteColumns): RangeRow {
  const labelWidth = laneWidth - 2 * LABEL_SPACE;
  const forward = wrapText(forwardLabel(routes), TEXT.route, labelWidth);
  const backStyle = routes.back === undefined ? TEXT.plain : TEXT.route;
  const back = wrapText(backLabel(site, routes), backStyle, labelWidth);
  const range = wrapText(routes.range, TEXT.address, siteWidth - 2 * PADDING);
  const step = lineHeight(TEXT.route);
  const above = forward.length * step;
  const pair = routes.back === undefined ? 0 : PAIR_GAP;
  const height = Math.max(above + pair + back.length * step + 4, range.length * lineHeight(TEXT.address));
  const textTop = Math.max(0, above + pair / 2 - (range.length * lineHeight(TEXT.address)) / 2);
  return {
    height,
    textTop,
    drawRange: (x, y) =>
      range.map((part, i) => text(x, y + textTop + (i + 1) * lineHeight(TEXT.address) - 5, part, TEXT.address)),
    drawLane: (x, y) => {
      const line = y + above;
      const [left, right, labelX] = [x + TIP, x + laneWidth - TIP, x + laneWidth / 2];
      return [
        ...(routes.via === undefined
          ? []
          : [
              path(
                [
                  [right + TIP, line],
                  [left, line],
                ],
                "forward",
                "plinth-head-forward",
              ),
            ]),
        ...(routes.back === undefined
          ? []
          : [
              path(
                [
                  [left - TIP, line + pair],
                  [right, line + pair],
                ],
                "back dashed",
                "plinth-head-back",
              ),
            ]),
        ...forward.map((part, i) =>
          text(labelX, line - 6 - (forward.length - 1 - i) * step, part, TEXT.route, {
            anchor: "middle",
            tone: "forward",
          }),
        ),
        ...back.map((part, i) =>
          text(labelX, line + pair + 15 + i * step, part, backStyle, {
            anchor: "middle",
            tone: routes.back === undefined ? "muted" : "back",
          }),
        ),
      ];
    },
  };
}

function tagOf(site: SiteNode): string | undefined {
  return site.hosts === "managed" ? "managed" : undefined;
}

function forwardLabel({ via }: RangeRoutes): string {
  return via === undefined ? "no route" : `via ${via}`;
}

function backLabel(site: SiteNode, { back }: RangeRoutes): string {
  if (back !== undefined) return `${back.destination} via ${back.via}`;
  return site.hosts === "managed" ? "no host of ours" : "";
}

/** A width within limits, in whole pixels; one more, so that sums of fractions that are rounded down still fit. */
function clamp(value: number, min: number, max: number): number {
  return Math.ceil(Math.min(Math.max(value, min), max)) + 1;
}
