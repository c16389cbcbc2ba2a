import { characters, columns } from "./text.js";

/** Which neighbours a line cell is joined to. */
const [N, E, S, W] = [1, 2, 4, 8] as const;

const UNICODE = " ╵╶└╷│┌├╴┘─┴┐┤┬┼";
const ASCII = " |-+||++-+-+++++";

/** How a line looks where it runs straight. */
export type Stroke = "solid" | "dashed";

/** A rectangle of a {@link Canvas}, in columns and rows. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A drawing of characters. Lines know which neighbours they are joined to, so corners and crossings come out by themselves
 * in whatever order things are drawn.
 */
export class Canvas {
  readonly #ascii: boolean;
  readonly #rows: { mask: number; dashed: boolean; text: string | undefined }[][] = [];

  /** @param ascii whether only characters of ASCII are used */
  constructor(ascii: boolean) {
    this.#ascii = ascii;
  }

  /** A line to the right, from the middle of its first cell to the middle of its last. */
  across(x: number, y: number, width: number, stroke: Stroke = "solid"): void {
    for (let i = 0; i < width; i++) this.#join(x + i, y, (i > 0 ? W : 0) | (i < width - 1 ? E : 0), stroke);
  }

  /** A line downwards, from the middle of its first cell to the middle of its last. */
  down(x: number, y: number, height: number, stroke: Stroke = "solid"): void {
    for (let i = 0; i < height; i++) this.#join(x, y + i, (i > 0 ? N : 0) | (i < height - 1 ? S : 0), stroke);
  }

  box({ x, y, width, height }: Rectangle, stroke: Stroke = "solid"): void {
    this.across(x, y, width, stroke);
    this.across(x, y + height - 1, width, stroke);
    this.down(x, y, height, stroke);
    this.down(x + width - 1, y, height, stroke);
  }

  /** Text; it covers lines below it. Characters that are not ASCII stay what they are: they come from names. */
  text(x: number, y: number, text: string): void {
    let at = x;
    for (const character of characters(text)) {
      const width = columns(character);
      if (width === 0) continue;
      this.#cell(at, y).text = character;
      for (let i = 1; i < width; i++) this.#cell(at + i, y).text = "";
      at += width;
    }
  }

  /** An arrow head on a line that runs across. */
  head(x: number, y: number, direction: "left" | "right"): void {
    const [left, right] = this.#ascii ? ["<", ">"] : ["◄", "►"];
    this.text(x, y, direction === "left" ? left : right);
  }

  toString(): string {
    const lines = this.#rows.map((row) =>
      Array.from(row, (cell) => this.#character(cell))
        .join("")
        .trimEnd(),
    );
    return lines.map((line) => `${line}\n`).join("");
  }

  #cell(x: number, y: number): { mask: number; dashed: boolean; text: string | undefined } {
    while (this.#rows.length <= y) this.#rows.push([]);
    const row = this.#rows[y] ?? [];
    while (row.length <= x) row.push({ mask: 0, dashed: false, text: undefined });
    return row[x] ?? { mask: 0, dashed: false, text: undefined };
  }

  #join(x: number, y: number, mask: number, stroke: Stroke): void {
    const cell = this.#cell(x, y);
    cell.dashed = stroke === "dashed" && (cell.mask === 0 || cell.dashed);
    cell.mask |= mask;
  }

  #character({ mask, dashed, text }: { mask: number; dashed: boolean; text: string | undefined }): string {
    if (text !== undefined) return text;
    if (dashed && mask === (N | S)) return this.#ascii ? ":" : "╎";
    if (dashed && mask === (E | W)) return this.#ascii ? "." : "╌";
    return (this.#ascii ? ASCII : UNICODE)[mask] ?? " ";
  }
}
