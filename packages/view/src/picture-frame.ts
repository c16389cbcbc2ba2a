import { ROOT } from "./picture-style.js";
import { element, escapeXml, rect } from "./svg.js";

/** What stands around a drawing. */
export interface Frame {
  readonly title: string;
  /** What is drawn, for those who don't see it. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  /** Style sheet. */
  readonly style: string;
  /** Marks that the drawing refers to. @default - none */
  readonly defs?: readonly string[];
}

/** A drawing as a file of its own: title and description for readers of screens, style sheet, ground. */
export function framed(frame: Frame, content: readonly string[]): string {
  const { title, description, width, height, style, defs } = frame;
  // several pictures may be part of one page, where ids are shared
  const id = `${ROOT}-${title.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`;
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    class: ROOT,
    role: "img",
    "aria-labelledby": `${id}-title ${id}-desc`,
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
  };
  const parts = [
    element("title", { id: `${id}-title` }, escapeXml(title)),
    element("desc", { id: `${id}-desc` }, escapeXml(description)),
    element("style", {}, style),
    ...(defs === undefined ? [] : [element("defs", {}, defs)]),
    rect({ x: 0.5, y: 0.5, width: width - 1, height: height - 1 }, "ground", 16),
    ...content,
  ];
  return `${element("svg", attributes, `\n${parts.join("\n")}\n`)}\n`;
}
