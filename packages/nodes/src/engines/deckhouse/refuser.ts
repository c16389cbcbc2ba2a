import type { Check, Rule } from "@plinth/core";

type Refuse = (property: string, value: unknown, message: string, fix: string) => void;

/** Refuses properties below `deckhouse` by a rule. */
export function refuser(rule: Rule, check: Check): Refuse {
  return (property, value, message, fix) => {
    check.refuse(rule, { property: `deckhouse.${property}`, value, message, fix });
  };
}

/** Whether a value is a whole number of a range. */
export function isWithin(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}

/** Whether a value is a whole number, or whole per cent, from 1. */
export function isCountOrPart(value: unknown): boolean {
  return typeof value === "string" ? /^[1-9][0-9]*%$/.test(value) : isWithin(value, 1, Number.MAX_SAFE_INTEGER);
}

const MAX_TAG = 60;

/** How to mend a tag. */
export const TAG_FIX = `use at most ${MAX_TAG} characters with the equals sign, without commas and slashes`;

/** Whether Nova takes a key and a value as a tag, `key=value`. */
export function isTag(key: string, value: string): boolean {
  const tag = `${key}=${value}`;
  return key !== "" && tag.length <= MAX_TAG && !/[,/]/.test(tag);
}
