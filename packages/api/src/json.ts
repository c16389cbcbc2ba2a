/** A JSON object of unknown shape. */
export type Json = { readonly [key: string]: unknown };

/** Whether a value is a JSON object: neither null nor a list. */
export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The same object with each value changed. */
export function mapValues(object: Json, change: (value: unknown, key: string) => unknown): Json {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}
