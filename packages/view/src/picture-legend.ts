import type { Block } from "./card.js";
import { TEXT, textWidth } from "./measure.js";
import { path, rect, text } from "./svg.js";

const SIGN = 28;
const DOT = 12;
const ROW = 26;
const BETWEEN = 15;

interface Entry {
  readonly label: string;
  /** @default - that of a line */
  readonly width?: number;
  /** Markup of the sign. @param y its middle */
  sign(x: number, y: number): string;
}

const ENTRIES: readonly Entry[] = [
  {
    label: "route of the VMs",
    sign: (x, y) =>
      path(
        [
          [x + SIGN, y],
          [x, y],
        ],
        "forward",
        "plinth-head-forward",
      ),
  },
  {
    label: "return route of a site",
    sign: (x, y) =>
      path(
        [
          [x, y],
          [x + SIGN, y],
        ],
        "back dashed",
        "plinth-head-back",
      ),
  },
  {
    label: "way out",
    sign: (x, y) =>
      path(
        [
          [x, y],
          [x + SIGN, y],
        ],
        "out",
        "plinth-head-out",
      ),
  },
  { label: "run by others", sign: (x, y) => rect({ x, y: y - 8, width: SIGN, height: 16 }, "foreign dashed", 4) },
  { label: "machine, always", width: DOT, sign: (x, y) => dot(x, y, "always") },
  { label: "when needed", width: DOT, sign: (x, y) => dot(x, y, "needed") },
  { label: "while replacing", width: DOT, sign: (x, y) => dot(x, y, "needed dashed-dot") },
];

function dot(x: number, y: number, className: string): string {
  return rect({ x, y: y - DOT / 2, width: DOT, height: DOT }, className, 3);
}

/** What the signs of the picture mean, in as many rows as needed. */
export function legend(width: number): Block {
  let [x, row] = [0, 0];
  const placed = ENTRIES.map((entry) => {
    const size = (entry.width ?? SIGN) + 8 + textWidth(entry.label, TEXT.plain);
    if (x > 0 && x + size > width) [x, row] = [0, row + 1];
    const at = { x, row };
    x += size + BETWEEN;
    return { entry, at };
  });
  return {
    height: (row + 1) * ROW,
    draw: (left, top) =>
      placed.flatMap(({ entry, at }) => {
        const middle = top + at.row * ROW + ROW / 2;
        return [
          entry.sign(left + at.x, middle),
          text(left + at.x + (entry.width ?? SIGN) + 8, middle + 4.5, entry.label, TEXT.plain, { tone: "muted" }),
        ];
      }),
  };
}
