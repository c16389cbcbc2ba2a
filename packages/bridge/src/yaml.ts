import { createRequire } from "node:module";
import { isMap } from "./manifest.js";

const require = createRequire(import.meta.url);
/** Loaded when something is written: programs that only register objects do without. */
const dump: typeof import("js-yaml").dump = (value, options) =>
  (require("js-yaml") as typeof import("js-yaml")).dump(value, options);

/** Lines are not folded, and equal parts are written out each time: the text depends on nothing but the objects. */
const OPTIONS = { lineWidth: -1, noRefs: true } as const;

/**
 * Objects as YAML documents, one after the other: byte for byte what js-yaml writes, in a fraction of the time. Every text
 * that a reader of YAML 1.1 or 1.2 would take for something else is quoted (`yes`, `0o17`, `1_000`, `2001-01-01`, `~`), so
 * `kubectl` reads back what was written.
 */
export function formatYaml(objects: readonly object[]): string {
  const writer = new Writer();
  return objects.map((object) => writer.document(object)).join("---\n");
}

/** Texts that every YAML takes as they are, but for {@link WORDS}. */
const PLAIN = /^[A-Za-z][\w./-]*(?::[\w./-]+)*(?: [A-Za-z][\w./-]*)*$/;
const WORDS = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
/** Texts of several lines that stand in a block as they are: printable, no blank at the start or at the end of a line. */
const BLOCK = /^[!-~](?:[ -~]*[!-~])?\n(?:\n*(?:[ -~]*[!-~])\n)*(?:\n*[ -~]*[!-~])?$/;
/** Longer keys have a form of their own. */
const LONG = 1000;
/** Longer texts are not worth remembering. */
const SHORT = 100;

/** Writes structure and plain leaves, asks js-yaml once for each other text, and leaves it the documents that are odd. */
class Writer {
  readonly #keys = new Map<string, string>();
  readonly #texts = new Map<string, string>();
  #lines: string[] = [];

  document(object: object): string {
    if (!isMap(object) || isEmpty(object)) return dump(object, OPTIONS);
    this.#lines = [];
    try {
      this.#map(object, "", "");
      return `${this.#lines.join("\n")}\n`;
    } catch (error) {
      if (error === ODD) return dump(object, OPTIONS);
      throw error;
    }
  }

  /** @param first what stands before the first key: the indent, or marks of lists */
  #map(fields: Record<string, unknown>, first: string, indent: string): void {
    let before = first;
    for (const key of Object.keys(fields)) {
      const value = fields[key];
      const start = `${before}${this.#key(key)}:`;
      before = indent;
      if (Array.isArray(value) && value.length > 0) {
        this.#lines.push(start);
        this.#list(value, `${indent}  `, `${indent}  `);
      } else if (isMap(value) && !isEmpty(value)) {
        this.#lines.push(start);
        this.#map(value, `${indent}  `, `${indent}  `);
      } else this.#lines.push(`${start} ${this.#leaf(value, indent)}`);
    }
  }

  #list(items: readonly unknown[], first: string, indent: string): void {
    let before = first;
    for (const item of items) {
      if (Array.isArray(item) && item.length > 0) this.#list(item, `${before}- `, `${indent}  `);
      else if (isMap(item) && !isEmpty(item)) this.#map(item, `${before}- `, `${indent}  `);
      else this.#lines.push(`${before}- ${this.#leaf(item, indent)}`);
      before = indent;
    }
  }

  #key(key: string): string {
    if (key.length > LONG) throw ODD;
    if (PLAIN.test(key) && !WORDS.test(key)) return key;
    const known = this.#keys.get(key);
    if (known !== undefined) return known;
    const text = dump({ [key]: 0 }, OPTIONS);
    if (text.startsWith("? ")) throw ODD;
    const written = text.slice(0, -": 0\n".length);
    this.#keys.set(key, written);
    return written;
  }

  #leaf(value: unknown, indent: string): string {
    if (typeof value === "boolean" || value === null) return String(value);
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value);
    if (typeof value !== "string") {
      if (value === undefined) throw ODD;
      return dump({ x: value }, OPTIONS).slice("x: ".length, -1);
    }
    if (PLAIN.test(value) && !WORDS.test(value)) return value;
    if (BLOCK.test(value))
      return `${value.endsWith("\n") ? "|" : "|-"}${indented(`\n${value.trimEnd()}`, `${indent}  `)}`;
    const known = this.#texts.get(value);
    if (known !== undefined) return known;
    // a document that ends with empty lines is followed by a mark of its end
    if (value.endsWith("\n\n")) throw ODD;
    const text = dump({ x: value }, OPTIONS).slice("x: ".length, -1);
    if (text.includes("\n")) return indented(text, indent);
    if (text.length < SHORT) this.#texts.set(value, text);
    return text;
  }
}

/** Thrown at what is written in another form than its neighbours. */
const ODD = Symbol("odd");

function indented(text: string, indent: string): string {
  return text.replace(/\n(?=[^\n])/g, `\n${indent}`);
}

function isEmpty(fields: object): boolean {
  for (const _ in fields) return false;
  return true;
}
