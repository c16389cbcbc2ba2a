import { isJsonObject, type Json, type JsonObject } from "@plinth/core";

/** Lays values over others: maps are merged key by key, all else is replaced, as Helm does. Neither is changed. */
export function mergeValues(under: JsonObject, over: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isJsonObject(below) && isJsonObject(value) ? mergeValues(below, value) : value;
  }
  return merged;
}
