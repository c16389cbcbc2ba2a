import type { TextStyle } from "./measure.js";
import { clean } from "./text.js";

/** A place and a size in the picture, in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Text as it stands in XML, between tags and in attributes. */
export function escapeXml(text: string): string {
  return clean(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** An element. Attributes are escaped, those without a value left out; the content is markup already. */
export function element(name: string, attributes: Attributes, content?: string | readonly string[]): string {
  const pairs = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escapeXml(typeof value === "number" ? round(value) : value)}"`],
  );
  const inside = typeof content === "string" ? content : content?.join("");
  return inside === undefined ? `<${name}${pairs.join("")}/>` : `<${name}${pairs.join("")}>${inside}</${name}>`;
}

/** A rectangle with round corners. */
export function rect({ x, y, width, height }: Box, className: string, radius: number): string {
  return element("rect", { class: className, x, y, width, height, rx: radius });
}

/** One line of text. @param y its baseline @param tone further class */
export function text(x: number, y: number, content: string, style: TextStyle, options: TextOptions = {}): string {
  const { anchor, tone } = options;
  const className = tone === undefined ? style.className : `${style.className} ${tone}`;
  return element("text", { class: className, x, y, "text-anchor": anchor }, escapeXml(content));
}

/** Class of a colour that says what is meant. */
export type Tone = "muted" | "forward" | "back" | "out";

/** How {@link text} is put. */
export interface TextOptions {
  /** Which end of it is at x. @default "start" */
  readonly anchor?: "middle" | "end";
  /** Class of its colour. @default - the style's own */
  readonly tone?: Tone | undefined;
}

/** A line through points. @param head id of the mark at its end */
export function path(points: readonly (readonly [number, number])[], className: string, head?: string): string {
  const d = points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${round(x)} ${round(y)}`).join("");
  return element("path", { class: className, d, "marker-end": head === undefined ? undefined : `url(#${head})` });
}

/** At most two decimals, so that the file stays small and the same everywhere. */
function round(value: number): string {
  return `${Math.round(value * 100) / 100}`;
}
