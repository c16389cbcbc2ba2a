import { clean, columns, pad, wrap } from "./text.js";

/** How wide a line may be, in columns of a terminal, where that is not said. */
export const PAGE_WIDTH = 100;

/** The narrowest line that is written: in a narrower terminal lines are broken by it. */
export const NARROW_WIDTH = 80;

/** A column of a table. */
export interface Column {
  /** Stands above the column. @default - none; a row of titles is made when any column has one */
  readonly title?: string;
  /** @default "left" */
  readonly align?: "left" | "right";
}

const GAP = 2;
const ESCAPE = "\u001b[";

/** Text that is written line by line: cleaned, broken where it is too wide, coloured where that is wanted. */
export class Page {
  readonly #lines: string[] = [];
  readonly #color: boolean;
  /** Columns of the widest line. */
  readonly width: number;

  /** @param width columns of the terminal; more than {@link PAGE_WIDTH} are not used, since long lines are read badly */
  constructor(color: boolean, width: number = PAGE_WIDTH) {
    this.#color = color;
    this.width = Math.max(NARROW_WIDTH, Math.min(PAGE_WIDTH, width));
  }

  /** A line without indent, after an empty line unless it is the first. */
  heading(text: string): void {
    if (this.#lines.length > 0) this.#lines.push("");
    this.#add(text, 0, "1");
  }

  /** A line above the details that belong to it, after an empty line. */
  section(text: string): void {
    this.#lines.push("");
    this.#add(text, 2, "36");
  }

  line(text: string, indent = 4): void {
    this.#add(text, indent);
  }

  note(text: string, indent = 4): void {
    this.#add(text, indent, "2");
  }

  /** Rows below each other in columns as wide as needed; the widest columns give way where the page is too narrow. */
  table(columnsOf: readonly Column[], rows: readonly (readonly string[])[], indent = 4): void {
    const titles = columnsOf.map(({ title }) => title ?? "");
    const all = titles.some((title) => title !== "") ? [titles, ...rows] : rows;
    const cells = all.map((row) => columnsOf.map((_, i) => clean(row[i] ?? "")));
    const natural = columnsOf.map((_, i) => Math.max(...cells.map((row) => columns(row[i] ?? ""))));
    const widths = narrow(natural, this.width - indent - GAP * (columnsOf.length - 1));
    cells.forEach((row, i) => {
      const broken = row.map((cell, j) => wrap(cell, widths[j] ?? 1));
      const height = Math.max(...broken.map((lines) => lines.length));
      for (let k = 0; k < height; k++) {
        const texts = broken.map((lines, j) => pad(lines[k] ?? "", widths[j] ?? 1, columnsOf[j]?.align));
        const text = " ".repeat(indent) + texts.join(" ".repeat(GAP)).trimEnd();
        this.#lines.push(all.length > rows.length && i === 0 ? this.#paint(text, "2") : text);
      }
    });
  }

  toString(): string {
    return this.#lines.map((line) => `${line}\n`).join("");
  }

  #add(text: string, indent: number, style?: string): void {
    for (const part of wrap(clean(text), this.width - indent)) {
      const line = " ".repeat(indent) + part;
      this.#lines.push(style === undefined ? line : this.#paint(line, style));
    }
  }

  #paint(line: string, style: string): string {
    return this.#color && line !== "" ? `${ESCAPE}${style}m${line}${ESCAPE}0m` : line;
  }
}

/** Widths that fit together: the widest ones are cut to one common width. */
function narrow(natural: readonly number[], available: number): number[] {
  const total = (limit: number) => natural.reduce((sum, width) => sum + Math.min(width, limit), 0);
  let limit = Math.max(...natural);
  while (limit > 1 && total(limit) > available) limit--;
  return natural.map((width) => Math.min(width, limit));
}
