import { lineHeight, TEXT, type TextStyle, textWidth, wrapText } from "./measure.js";
import { type Box, element, escapeXml, rect, type Tone, text } from "./svg.js";

/** Space between a card's border and what is in it, in pixels. */
export const PADDING = 14;

/** A line of text in a card. */
export interface CardLine {
  readonly text: string;
  readonly style: TextStyle;
  readonly tone?: Tone;
  /** Stands at the right end of the first line. */
  readonly tag?: string;
}

/** Something that has a height and can be drawn where there is room for it. */
export interface Block {
  readonly height: number;
  /** Markup. @param x left edge @param y upper edge */
  draw(x: number, y: number): string[];
}

/** Lines of text below each other, broken to fit. */
export function lines(content: readonly CardLine[], width: number): Block {
  const placed: { at: number; line: CardLine; part: string; tag: string | undefined }[] = [];
  let height = 0;
  for (const line of content) {
    const tagWidth = line.tag === undefined ? 0 : textWidth(line.tag, TEXT.plain) + 10;
    for (const [i, part] of wrapText(line.text, line.style, width - tagWidth).entries()) {
      height += lineHeight(line.style);
      placed.push({ at: height - Math.round(line.style.size * 0.36), line, part, tag: i === 0 ? line.tag : undefined });
    }
  }
  return {
    height,
    draw: (x, y) => [
      ...placed.map(({ at, line, part }) => text(x, y + at, part, line.style, { tone: line.tone })),
      ...placed.flatMap(({ at, tag }) =>
        tag === undefined ? [] : [text(x + width, y + at, tag, TEXT.plain, { anchor: "end", tone: "muted" })],
      ),
    ],
  };
}

/** Blocks below each other with space between. */
export function stack(blocks: readonly Block[], gap: number): Block {
  const height = blocks.reduce((sum, block) => sum + block.height, gap * Math.max(0, blocks.length - 1));
  return {
    height,
    draw: (x, y) => {
      let at = y;
      return blocks.flatMap((block) => {
        const drawn = block.draw(x, at);
        at += block.height + gap;
        return drawn;
      });
    },
  };
}

/** What a box is called and how it looks. */
export interface Look {
  /** Id of the node that is drawn. */
  readonly node: string;
  /** Shown when a pointer rests on it, where the viewer does that. */
  readonly title: string;
  readonly className: "card" | "foreign" | "cloud";
}

/** A box with its border; `foreign` ones, which someone else runs, have a dashed one. */
export function framed(box: Box, look: Look, content: readonly string[]): string {
  const className = look.className === "foreign" ? "foreign dashed" : look.className;
  return element("g", { "data-node": look.node }, [
    element("title", {}, escapeXml(look.title)),
    rect(box, className, look.className === "cloud" ? 14 : 10),
    ...content,
  ]);
}

/** A box around a block. */
export function card(block: Block, width: number, look: Look): Block {
  const height = block.height + 2 * PADDING;
  return {
    height,
    draw: (x, y) => [framed({ x, y, width, height }, look, block.draw(x + PADDING, y + PADDING))],
  };
}
