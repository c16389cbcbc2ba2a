import { randomBytes, randomInt } from "node:crypto";
import {
  FIRST_UNRESOLVED_NUMBER,
  findUnresolved,
  isOutput,
  isUnresolved,
  type OutputLike,
  unresolvedText,
} from "@plinth/core";
import { type ApiObject, App, type IResolver, type ResolutionContext } from "cdk8s";
import type { IConstruct } from "constructs";
import { formatKeyPath } from "./key-path.js";

/** One placeholder and the Output that it stands for. */
export interface Token {
  /** `raw` is one that the resolver found in an object: text, number, list or map, as its Output will say. */
  readonly form: "text" | "number" | "list" | "raw";
  readonly output: OutputLike;
  /** What it was minted for: a name given by the component, or the key path in the object. */
  readonly name: string;
}

/** A piece of a text: plain, a placeholder of this App, or one that is none of this App's (or was changed). */
export type Piece = string | Token | { readonly strange: string };

/** Distance between two numbers that stand for Outputs, so that arithmetic on one never gives another. */
const STRIDE = 256;
/** Fields of `metadata`: cdk8s resolves them by themselves, so key paths there lack the first key. */
const METADATA = new Set(["labels", "annotations", "finalizers", "ownerReferences"]);
/** What every mark of `unresolvedText`, and every number that stands for an Output, has in it. */
const MARKED = "plinth.unresolved.";
const NUMBERED = "-9007199";
const NUMBER_IN_TEXT = /-9007199\d{9}(?!\d)/g;
const MARK = Symbol.for("plinth.output-tokens");

/**
 * Lets a chart be written as if all values were plain: Outputs become placeholders while the tree is built and
 * serialised, and are put back afterwards. One per cdk8s App; placeholders of two Apps are told apart.
 *
 * `text`, `number` and `list` give a placeholder of the right type, for typed properties. As a resolver of the App it
 * catches Outputs that stand as they are in any leaf of an object.
 *
 * Every placeholder must come back: {@link OutputTokens.lost}.
 */
export class OutputTokens implements IResolver {
  readonly #nonce = randomBytes(6).toString("hex");
  readonly #firstNumber = FIRST_UNRESOLVED_NUMBER - randomInt(2 ** 26);
  readonly #tokens: Token[] = [];
  #serializing: { readonly object: ApiObject; readonly held: Token[] } | undefined;
  readonly [MARK] = true;

  /** The tokens of a construct's App; put into the App when it has none, as for a chart that is only rendered. */
  static of(construct: IConstruct): OutputTokens {
    const { resolvers } = App.of(construct);
    const own = resolvers.find((resolver): resolver is OutputTokens => MARK in resolver);
    if (own !== undefined) return own;
    const tokens = new OutputTokens();
    resolvers.unshift(tokens);
    return tokens;
  }

  /** A text that stands for an Output. @param name of the property, for messages. @default - its number */
  text(output: OutputLike<string>, name?: string): string {
    return unresolvedText(this.#nonce, this.#mint("text", output, name));
  }

  /** A number that stands for an Output. Only to be passed on: arithmetic on it is refused. */
  number(output: OutputLike<number>, name?: string): number {
    return this.#firstNumber - STRIDE * this.#mint("number", output, name);
  }

  /** A list of one element that stands for an Output of a list. It may be spread into another list. */
  list(output: OutputLike<readonly string[]>, name?: string): string[] {
    return [unresolvedText(this.#nonce, this.#mint("list", output, name))];
  }

  /** Called by cdk8s for every value of an object. The placeholder must be a primitive: cdk8s resolves it again. */
  resolve(context: ResolutionContext): void {
    const value: unknown = context.value;
    if (!isOutput(value)) return;
    const keys = METADATA.has(context.key[0] ?? "") ? ["metadata", ...context.key] : context.key;
    const index = this.#mint("raw", value, formatKeyPath(keys));
    const token = this.#tokens[index];
    if (token !== undefined && this.#serializing?.object === context.obj) this.#serializing.held.push(token);
    context.replaceValue(unresolvedText(this.#nonce, index));
  }

  /**
   * Serialises an object and notes which Outputs stand in its own leaves.
   * @returns the object's JSON with placeholders, and the tokens that must be found in it
   */
  serialize(object: ApiObject): { readonly json: unknown; readonly held: readonly Token[] } {
    const held: Token[] = [];
    this.#serializing = { object, held };
    try {
      return { json: object.toJson(), held };
    } finally {
      this.#serializing = undefined;
    }
  }

  /** Takes a text apart. @returns `undefined` for a text without any placeholder */
  pieces(text: string): Piece[] | undefined {
    const minted = this.#tokens.length > 0;
    if (!text.includes(MARKED) && !(minted && (text.includes(this.#nonce) || text.includes(NUMBERED))))
      return undefined;
    const marks: { start: number; end: number; piece: Exclude<Piece, string> }[] = [];
    for (const { start, end, nonce, index } of findUnresolved(text)) {
      const token = nonce === this.#nonce ? this.#tokens[index] : undefined;
      marks.push({ start, end, piece: token ?? { strange: text.slice(start, end) } });
    }
    for (const { 0: digits, index: start } of text.matchAll(NUMBER_IN_TEXT)) {
      const token = this.#numbered(Number(digits));
      if (token !== undefined) marks.push({ start, end: start + digits.length, piece: token });
    }
    marks.sort((a, b) => a.start - b.start);
    const pieces: Piece[] = [];
    let at = 0;
    for (const { start, end, piece } of marks) {
      if (start > at) pieces.push(this.#plain(text.slice(at, start)));
      pieces.push(piece);
      at = end;
    }
    if (at < text.length) pieces.push(this.#plain(text.slice(at)));
    return pieces.some((piece) => typeof piece !== "string") ? pieces : undefined;
  }

  /** What a number stands for. @returns `undefined` for a plain number */
  numbered(number: number): Exclude<Piece, string> | undefined {
    return isUnresolved(number) ? (this.#numbered(number) ?? { strange: String(number) }) : undefined;
  }

  /** Tokens minted by {@link text}, {@link number} and {@link list} that are not among those that came back. */
  lost(back: ReadonlySet<Token>): Token[] {
    return this.#tokens.filter((token) => token.form !== "raw" && !back.has(token));
  }

  #mint(form: Token["form"], output: OutputLike, name: string | undefined): number {
    const index = this.#tokens.length;
    this.#tokens.push({ form, output, name: name ?? `${form} ${index}` });
    return index;
  }

  #numbered(number: number): Token | undefined {
    const token = this.#tokens[(this.#firstNumber - number) / STRIDE];
    return token?.form === "number" ? token : undefined;
  }

  /** What stands beside the placeholders is plain, or what is left of one that the chart has cut. */
  #plain(text: string): Piece {
    return text.includes(this.#nonce) || text.includes(MARKED) ? { strange: text } : text;
  }
}
