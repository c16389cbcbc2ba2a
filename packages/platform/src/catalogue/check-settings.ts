import type { Check } from "@plinth/core";
import type { Json, JsonObject } from "../release.js";
import { PLATFORM_SETTINGS } from "../settings-rules.js";

/** Refuses a number that is not whole or less than 1. @param value `undefined` where none was given */
export function checkCount(property: string, value: number | undefined, check: Check): void {
  if (value === undefined || (Number.isInteger(value) && value >= 1)) return;
  check.refuse(PLATFORM_SETTINGS.count, {
    property,
    value,
    message: `${property} is ${value}`,
    fix: "leave it out, or give a whole number from 1",
  });
}

/** What values have at a path; `undefined` where they have nothing. */
export function valueAt(values: JsonObject, ...path: readonly string[]): Json | undefined {
  let at: Json | undefined = values;
  for (const key of path) at = typeof at === "object" && at !== null ? (at as JsonObject)[key] : undefined;
  return at;
}
