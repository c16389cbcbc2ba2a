import { type Block, card, lines, PADDING, stack } from "./card.js";
import { TEXT, textWidth, wrapText } from "./measure.js";
import { rect, text } from "./svg.js";
import type { GroupNode } from "./topology.js";
import { counted, sizeText } from "./words.js";

const DOT = 12;
const DOT_STEP = 17;
const ZONE_GAP = 8;
const ZONE_HEIGHT = 18;

/** A group of machines: its shape, its zones with a mark for each machine, labels and taints. */
export function groupCard(group: GroupNode, width: number): Block {
  const inner = width - 2 * PADDING;
  const shape = `${counted(group.cores, "core")}, ${group.memory} memory, ${group.disk} disk`;
  const head = lines(
    [
      { text: group.name, style: TEXT.name, tag: counted(sizeText(group.total), "machine") },
      { text: shape, style: TEXT.plain, tone: "muted" },
    ],
    inner,
  );
  const rules = [
    ...group.labels.map((label) => ({ text: `label ${label}`, style: TEXT.code, tone: "muted" }) as const),
    ...group.taints.map((taint) => ({ text: `taint ${taint}`, style: TEXT.code, tone: "muted" }) as const),
  ];
  const zones = group.zones.map((zone) => zoneRow(zone, group, inner));
  const parts = [head, stack(zones, ZONE_GAP), ...(rules.length === 0 ? [] : [lines(rules, inner)])];
  const title = `Group ${group.name}: ${shape}; ${group.zones.join(", ")}`;
  return card(stack(parts, 10), width, { node: group.id, title, className: "card" });
}

/** A zone with its machines: one mark each where there is room, otherwise a bar in proportion. */
function zoneRow(zone: string, { perZone }: GroupNode, width: number): Block {
  const { min, max, surge } = perZone;
  const size = `${sizeText(perZone)}${surge > 0 ? ` +${surge}` : ""}`;
  const sizeWidth = textWidth(size, TEXT.plain) + 12;
  const all = max + surge;
  const nameWidth = textWidth(zone, TEXT.address) + 12;
  const beside = width - sizeWidth - nameWidth;
  // a long name gets lines of its own above the marks
  const names = beside >= 80 ? [zone] : wrapText(zone, TEXT.address, width);
  const isBeside = beside >= 80;
  const marksX = isBeside ? nameWidth : 0;
  const room = width - sizeWidth - marksX;
  const rows = isBeside ? 1 : names.length + 1;
  return {
    height: rows * ZONE_HEIGHT,
    draw: (x, y) => {
      const at = y + (rows - 1) * ZONE_HEIGHT;
      const middle = at + ZONE_HEIGHT / 2;
      const labels = names.map((name, i) => text(x, y + i * ZONE_HEIGHT + 13.5, name, TEXT.address));
      const marks = all * DOT_STEP <= room ? dots(x + marksX, middle, { min, max, all }) : [];
      const shape = marks.length > 0 || all === 0 ? marks : bar(x + marksX, middle, room, { min, max, all });
      return [...labels, ...shape, text(x + width, at + 13.5, size, TEXT.plain, { anchor: "end" })];
    },
  };
}

interface Counts {
  readonly min: number;
  readonly max: number;
  /** Those included that replace others. */
  readonly all: number;
}

function dots(x: number, middle: number, { min, max, all }: Counts): string[] {
  return Array.from({ length: all }, (_, i) => {
    const className = i < min ? "always" : i < max ? "needed" : "needed dashed-dot";
    return rect({ x: x + i * DOT_STEP, y: middle - DOT / 2, width: DOT, height: DOT }, className, 3);
  });
}

function bar(x: number, middle: number, width: number, { min, max, all }: Counts): string[] {
  const part = (count: number) => (width * count) / all;
  const box = (from: number, to: number) => ({
    x: x + part(from),
    y: middle - DOT / 2,
    width: part(to - from),
    height: DOT,
  });
  return [
    ...(all > max ? [rect(box(max, all), "needed dashed-dot", 3)] : []),
    ...(max > 0 ? [rect(box(0, max), "needed", 3)] : []),
    ...(min > 0 ? [rect(box(0, min), "always", 3)] : []),
  ];
}
