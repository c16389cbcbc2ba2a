import { isMap } from "./manifest.js";

/** Called for each value that is neither a list nor a map. Keys are the caller's to read only while it runs. */
export type Visit = (leaf: unknown, keys: readonly (string | number)[]) => unknown;

/** A value with its leaves replaced. What has no changed leaf in it is not copied. */
export function mapLeaves<T>(value: T, visit: Visit, keys: (string | number)[] = []): T {
  if (Array.isArray(value)) return list(value, visit, keys) as T;
  if (isMap(value)) return map(value, visit, keys) as T;
  return visit(value, keys) as T;
}

function list(items: readonly unknown[], visit: Visit, keys: (string | number)[]): readonly unknown[] {
  let changed: unknown[] | undefined;
  for (let i = 0; i < items.length; i++) {
    keys.push(i);
    const item = mapLeaves(items[i], visit, keys);
    keys.pop();
    if (item === items[i]) continue;
    changed ??= [...items];
    changed[i] = item;
  }
  return changed ?? items;
}

function map(fields: Record<string, unknown>, visit: Visit, keys: (string | number)[]): Record<string, unknown> {
  let changed: Record<string, unknown> | undefined;
  for (const key of Object.keys(fields)) {
    keys.push(key);
    const field = mapLeaves(fields[key], visit, keys);
    keys.pop();
    if (field === fields[key]) continue;
    changed ??= { ...fields };
    changed[key] = field;
  }
  return changed ?? fields;
}
