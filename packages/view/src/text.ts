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
 * be broken, else between any two characters. A character that is wider than `width` has a line of its own. Joined again,
 * the lines are the text less the spaces at the breaks and at its end.
 * @param measure width of a text. @default - columns of a terminal
 * @returns one line at least
 */
export function wrap(text: string, width: number, measure: (text: string) => number = columns): string[] {
  const lines: string[] = [];
  let line: string[] = [];
  for (const character of characters(text)) {
    // a space takes no room: what follows it begins the next line, and it is not seen at the end of this one
    while (character !== " " && line.length > 0 && measure(line.join("") + character) > width) {
      const at = breakBehind(line);
      lines.push(withoutEnd(line.slice(0, at)));
      line = line.slice(at);
    }
    line.push(character);
  }
  lines.push(withoutEnd(line));
  const seen = lines.filter((one) => one !== "");
  return seen.length > 0 ? seen : [""];
}

/** Where a full line is cut. A break in its first half would leave most of it empty and is not taken. */
function breakBehind(line: readonly string[]): number {
  const half = line.length / 2;
  const space = line.lastIndexOf(" ") + 1;
  if (space > half) return space;
  const mark = Math.max(...[...MARKS].map((character) => line.lastIndexOf(character))) + 1;
  return mark > half ? mark : line.length;
}

/** Characters as a text that does not end with spaces. Other white space may be part of a name. */
function withoutEnd(line: readonly string[]): string {
  return line.slice(0, line.findLastIndex((character) => character !== " ") + 1).join("");
}
