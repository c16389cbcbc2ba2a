import { characters, wrap } from "./text.js";

/** How a text looks in the picture. */
export interface TextStyle {
  /** Class in the picture's style sheet. */
  readonly className: string;
  /** Size in pixels. */
  readonly size: number;
  readonly bold: boolean;
  readonly mono: boolean;
}

const style = (className: string, size: number, bold: boolean, mono: boolean): TextStyle => ({
  className,
  size,
  bold,
  mono,
});

/** The styles of all text. */
export const TEXT = {
  title: style("title", 22, true, false),
  heading: style("heading", 18, true, false),
  name: style("name", 15, true, false),
  plain: style("plain", 13, false, false),
  address: style("address", 13.5, false, true),
  route: style("route", 12.5, false, true),
  code: style("code", 12, false, true),
} as const;

/** From one line's baseline to the next, in sizes of the text. */
export const LINE_HEIGHT = 1.4;

/**
 * Widths in sizes of the text. No font is embedded, so each is that of the widest common font: DejaVu and Verdana for
 * sans-serif, 0.602 for fixed-width ones.
 */
const MONO = 0.61;
const SANS: readonly (readonly [RegExp, number])[] = [
  [/[ijl.,:;' ]/, 0.4],
  [/[ftrI!|()[\]{}"-]/, 0.5],
  [/[mwMW@]/, 1.02],
  [/%/, 1.15],
  [/[A-Z&#<>=+~^]/, 0.84],
  [/[ -~]/, 0.65],
];
const BOLD = 1.12;
/** Of what is not ASCII: the widest that a character gets, in fixed-width fonts too. */
const OTHER = 1.1;

/** A width that the text does not pass in any common font, in pixels. */
export function textWidth(text: string, { size, bold, mono }: TextStyle): number {
  let width = 0;
  for (const character of characters(text)) {
    const ascii = character >= " " && character <= "~";
    if (mono && ascii) width += MONO;
    else width += (SANS.find(([pattern]) => ascii && pattern.test(character))?.[1] ?? OTHER) * (bold ? BOLD : 1);
  }
  return width * size;
}

/** Breaks a text into lines of at most `width` pixels. */
export function wrapText(text: string, textStyle: TextStyle, width: number): string[] {
  return wrap(text, width, (line) => textWidth(line, textStyle));
}

/** From one baseline to the next, in pixels. */
export function lineHeight({ size }: TextStyle): number {
  return Math.round(size * LINE_HEIGHT);
}
