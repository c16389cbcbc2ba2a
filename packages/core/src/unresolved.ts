/**
 * Marks of values that are not known yet. The bridge puts them in place of Pulumi Outputs while a chart is built; a
 * plan or chart that inspects a value asks {@link isUnresolved} first and leaves such a value alone.
 * This file knows nothing of Pulumi, so that charts can use it without loading Pulumi.
 */

const TEXT = /plinth\.unresolved\.([0-9a-f]+)\.(\d+)\.end/;

/** Numbers that stand for an unresolved number: from here down, one after the other. No real value is that small. */
export const FIRST_UNRESOLVED_NUMBER = -9_007_199_000_000_000;
const LAST_UNRESOLVED_NUMBER = Number.MIN_SAFE_INTEGER;

/** The text that stands for an unresolved value. @param nonce hexadecimal digits of the chart's tree @param index which */
export function unresolvedText(nonce: string, index: number): string {
  return `plinth.unresolved.${nonce}.${index}.end`;
}

/** All unresolved values in a text, with where they stand. */
export function findUnresolved(text: string): { start: number; end: number; nonce: string; index: number }[] {
  return [...text.matchAll(new RegExp(TEXT, "g"))].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    nonce: match[1] ?? "",
    index: Number(match[2]),
  }));
}

/**
 * Whether a value is, or has in it, one that is not known yet: a text with a mark, a marked number, a list with one.
 * Objects are not searched.
 */
export function isUnresolved(value: unknown): boolean {
  if (typeof value === "string") return TEXT.test(value);
  if (typeof value === "number") return value <= FIRST_UNRESOLVED_NUMBER && value >= LAST_UNRESOLVED_NUMBER;
  if (Array.isArray(value)) return value.some(isUnresolved);
  return false;
}

/** A `pulumi.Output`, told by its marker property: this file must not load Pulumi. */
export interface OutputLike<T = unknown> {
  get(): T;
}

/** Whether a value is a `pulumi.Output`, of whatever copy of Pulumi. */
export function isOutput(value: unknown): value is OutputLike {
  return typeof value === "object" && value !== null && (value as { __pulumiOutput?: unknown }).__pulumiOutput === true;
}
