/** An element of an XML document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Text directly in it, entities resolved. */
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
const NAME = "[A-Za-z_][\\w.:-]*";
const ATTRIBUTE = new RegExp(`\\s+(${NAME})="([^"<]*)"`, "y");
const OPEN = new RegExp(`<(${NAME})`, "y");
const CLOSE = new RegExp(`</(${NAME})>`, "y");
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/**
 * Reads an XML document that has neither comments nor processing instructions.
 * @throws SyntaxError when it is not well-formed: XML 1.0, section 2.1
 */
export function parseXml(source: string): XmlElement {
  const fail = (at: number, reason: string): never => {
    throw new SyntaxError(`${reason} at ${at}: ${source.slice(at, at + 40)}`);
  };
  const resolve = (raw: string, at: number): string =>
    raw.replace(/&([^;]*;?)/g, (_, name: string) => ENTITIES[name.slice(0, -1)] ?? fail(at, "unknown entity"));
  if (FORBIDDEN.test(source)) fail(source.search(FORBIDDEN), "forbidden character");

  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found !== null) at += found[0].length;
    return found;
  };
  const readElement = (): XmlElement => {
    const name = match(OPEN)?.[1] ?? fail(at, "no element");
    const attributes: Record<string, string> = {};
    for (let pair = match(ATTRIBUTE); pair !== null; pair = match(ATTRIBUTE)) {
      const [, key = "", value = ""] = pair;
      if (key in attributes) fail(at, "attribute twice");
      attributes[key] = resolve(value, at);
    }
    const children: XmlElement[] = [];
    let text = "";
    if (match(/\/>/y) !== null) return { name, attributes, children, text };
    if (match(/>/y) === null) fail(at, "tag is not closed");
    for (;;) {
      const run = match(/[^<]+/y)?.[0];
      if (run !== undefined) text += resolve(run, at);
      if (!source.startsWith("</", at)) children.push(readElement());
      else if (match(CLOSE)?.[1] === name) return { name, attributes, children, text };
      else fail(at, `${name} is not closed`);
    }
  };
  const root = readElement();
  if (source.slice(at).trim() !== "") fail(at, "content behind the root");
  return root;
}

/** All elements below an element, in document order. */
export function descendants(element: XmlElement): XmlElement[] {
  return element.children.flatMap((child) => [child, ...descendants(child)]);
}
