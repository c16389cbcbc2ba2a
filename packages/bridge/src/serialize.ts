import { normalizeCrd } from "@plinth/api/crds";
import { type Breach, PlinthError, type Rule } from "@plinth/core";
import type { ApiObject } from "cdk8s";
import { formatKeyPath } from "./key-path.js";
import { isMap, type Manifest } from "./manifest.js";
import { BRIDGE } from "./rules.js";
import type { OutputTokens, Piece, Token } from "./tokens.js";

/** An object as cdk8s writes it, checked: plain data in which placeholders stand for Outputs. */
export interface Serialized {
  readonly manifest: Manifest;
  /** Placeholders in it. None for an object that is plain. */
  readonly tokens: ReadonlySet<Token>;
}

type Report = (rule: Rule, breach: Omit<Breach, "path">) => void;

/** How Pulumi's help text begins that an Output gives instead of its value. */
const PROSE = /Calling \[to(String|JSON)\] on an \[Output/;

/**
 * Serialises one object and checks all that must hold for it, with the place of each fault.
 * @param refuse takes the refusals
 * @returns `undefined` when something was refused
 */
export function serialize(
  object: ApiObject,
  tokens: OutputTokens,
  refuse: (refusal: PlinthError) => void,
): Serialized | undefined {
  const path = object.node.path;
  let passed = true;
  const report: Report = (rule, breach) => {
    passed = false;
    refuse(new PlinthError(rule, { path, ...breach }));
  };
  let serialized: ReturnType<OutputTokens["serialize"]>;
  try {
    serialized = tokens.serialize(object);
  } catch (error) {
    report(BRIDGE.serializable, {
      message: `${object.kind} ${path} cannot be serialised: ${reason(error)}`,
      fix: "give plain values; an Output goes into a leaf as it is, through tokens.text(), tokens.number() or tokens.list()",
    });
    return undefined;
  }
  const scan = new Scan(tokens, report);
  const json = scan.value(serialized.json, []);
  for (const token of serialized.held) {
    if (scan.found.has(token)) continue;
    report(BRIDGE.lostOutput, {
      property: token.name,
      message: `The Output given as ${token.name} is not in the object that ${path} emits`,
      fix: "the class of this object does not take an Output there: pass tokens.text(), tokens.number() or tokens.list(), or write the object as an untyped ApiObject",
    });
  }
  if (!isMap(json)) return undefined;
  checkIdentity(json, report, BRIDGE.outputInIdentity, tokens);
  return passed ? { manifest: normalizeCrd(json as unknown as Manifest), tokens: scan.found } : undefined;
}

/** Refuses an object whose kind and names are not plain text. */
export function checkIdentity(
  json: Readonly<Record<string, unknown>>,
  report: Report,
  rule: Rule,
  tokens: OutputTokens,
): void {
  const metadata = isMap(json.metadata) ? json.metadata : {};
  const fields: [string, unknown, boolean][] = [
    ["apiVersion", json.apiVersion, true],
    ["kind", json.kind, true],
    ["metadata.name", metadata.name, true],
    ["metadata.namespace", metadata.namespace, false],
  ];
  for (const [property, value, required] of fields) {
    if (value === undefined && !required) continue;
    if (typeof value === "string" && value !== "" && tokens.pieces(value) === undefined) continue;
    report(rule, {
      property,
      message: `${property} is ${value === undefined || value === "" ? "missing" : "not a plain text"}`,
      fix: `give ${property} a plain text`,
    });
  }
}

class Scan {
  readonly found = new Set<Token>();
  readonly #tokens: OutputTokens;
  readonly #report: Report;

  constructor(tokens: OutputTokens, report: Report) {
    this.#tokens = tokens;
    this.#report = report;
  }

  /** @returns the value; a hole in a list becomes null, as it does in JSON */
  value(value: unknown, keys: (string | number)[]): unknown {
    switch (typeof value) {
      case "string":
        this.#text(value, keys);
        return value;
      case "number":
        this.#number(value, keys);
        return value;
      case "boolean":
        return value;
      case "undefined":
        return null;
      case "object":
        if (value === null) return null;
        if (Array.isArray(value)) return this.#list(value, keys);
        if (isMap(value)) return this.#map(value, keys);
    }
    this.#report(BRIDGE.notJson, {
      property: formatKeyPath(keys),
      message: `${formatKeyPath(keys)} is a ${typeof value === "object" ? value?.constructor.name : typeof value}`,
      fix: "give a text, a number, true, false, a list or a map",
    });
    return null;
  }

  #list(list: unknown[], keys: (string | number)[]): unknown[] {
    for (let i = 0; i < list.length; i++) {
      keys.push(i);
      const value = this.value(list[i], keys);
      if (value !== list[i]) list[i] = value;
      keys.pop();
    }
    return list;
  }

  #map(map: Record<string, unknown>, keys: (string | number)[]): Record<string, unknown> {
    for (const key of Object.keys(map)) {
      if (map[key] === undefined) {
        delete map[key];
        continue;
      }
      if (PROSE.test(key)) this.#prose(keys, `A key of ${formatKeyPath(keys)}`);
      else if (this.#tokens.pieces(key) !== undefined) {
        this.#report(BRIDGE.outputInKey, {
          property: formatKeyPath(keys),
          message: `A key of ${formatKeyPath(keys) || "the object"} is an Output`,
          fix: "use a plain text as key and the Output as value",
        });
      }
      keys.push(key);
      this.value(map[key], keys);
      keys.pop();
    }
    return map;
  }

  #number(number: number, keys: (string | number)[]): void {
    const piece = this.#tokens.numbered(number);
    if (piece !== undefined) this.#piece(piece, keys);
    else if (!Number.isFinite(number)) {
      this.#report(BRIDGE.notJson, {
        property: formatKeyPath(keys),
        message: `${formatKeyPath(keys)} is ${number}`,
        fix: "give a finite number",
      });
    }
  }

  #text(text: string, keys: (string | number)[]): void {
    if (text.includes("Calling [to") && PROSE.test(text)) this.#prose(keys);
    const pieces = this.#tokens.pieces(text);
    if (pieces === undefined) return;
    for (const piece of pieces) {
      if (typeof piece === "string") continue;
      this.#piece(piece, keys);
      if ("form" in piece && piece.form === "list" && (pieces.length > 1 || typeof keys.at(-1) !== "number")) {
        this.#report(BRIDGE.listInText, {
          property: formatKeyPath(keys),
          message: `${formatKeyPath(keys)} has an Output of a list in a text`,
          fix: "give the list where a list stands, or a text made with pulumi.interpolate and tokens.text()",
        });
      }
    }
  }

  #piece(piece: Exclude<Piece, string>, keys: (string | number)[]): void {
    if ("form" in piece) this.found.add(piece);
    else {
      this.#report(BRIDGE.strangeOutput, {
        property: formatKeyPath(keys),
        value: piece.strange,
        message: `${formatKeyPath(keys)} has a placeholder that stands for no Output of this chart`,
        fix: "pass values of an Output on as they are; compute with apply() before they go into the chart; mint tokens with the OutputTokens of the same App",
      });
    }
  }

  #prose(keys: (string | number)[], what = formatKeyPath(keys)): void {
    this.#report(BRIDGE.outputInText, {
      property: formatKeyPath(keys),
      message: `${what} has Pulumi's help text instead of the value of an Output`,
      fix: "use tokens.text(output) in the template, or pulumi.interpolate outside of the chart",
    });
  }
}

function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^Failed serializing construct at path '[^']*' with name '[^']*': (Error: )?/, "");
}
