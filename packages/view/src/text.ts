const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });
const WIDE =
  /[\p{Emoji_Presentation}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;
const MARKS = "-/.:=_,";
const ZERO = /^\p{M}+$/u;

/**
 * A text that is safe to show: names come from programs, and a terminal obeys control characters, a picture must not
 * have them. Each becomes the replacement character.
 */
export function clean(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu, "\ufffd");
}

/** A text as the characters that a reader sees. */
export function characters(text: string): string[] {
  return /^[ -~]*$/.test(text) ? [...text] : Array.from(GRAPHEMES.segment(text), ({ segment }) => segment);
}

/** How many columns of a terminal a text takes. */
export function columns(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  return characters(text).reduce(
    (sum, character) => sum + (ZERO.test(character) ? 0 : WIDE.test(character) ? 2 : 1),
    0,
  );
}

/** Fills a text up to a width with spaces. */
export function pad(text: string, width: number, align: "left" | "right" = "left"): string {
  const space = " ".repeat(Math.max(0, width - columns(text)));
  return align === "left" ? text + space : space + text;
}

/**
 * Breaks a text into lines of at most `width`: behind a space, else behind a character at which names and addresses may
 * be broken, else anywhere. Joined again, the lines are the text less the spaces at their ends.
 * @param measure width of a text. @default - columns of a terminal
 */
export function wrap(text: string, width: number, measure: (text: string) => number = columns): string[] {
  const lines: string[] = [];
  let line = "";
  for (const character of characters(text)) {
    if (line === "" || measure(line + character) <= width) {
      line += character;
      continue;
    }
    if (character === " ") {
      lines.push(line.trimEnd());
      line = "";
      continue;
    }
    const at = breakBehind(line);
    lines.push(line.slice(0, at).trimEnd());
    line = line.slice(at) + character;
  }
  lines.push(line);
  return lines.filter((one, i) => one !== "" || i === 0);
}

/** Where a full line is cut. A break in its first half would leave most of it empty and is not taken. */
function breakBehind(line: string): number {
  const half = line.length / 2;
  const space = line.lastIndexOf(" ") + 1;
  if (space > half) return space;
  const mark = Math.max(...[...MARKS].map((character) => line.lastIndexOf(character))) + 1;
  return mark > half ? mark : line.length;
}
