import { isDeepStrictEqual } from "node:util";
import { isJsonObject, type Json } from "@plinth/core";

/** Paths at which two values differ, for example `spec.replicas`; empty where they are equal. */
export function differences(before: Json, after: Json, path = ""): string[] {
  if (isJsonObject(before) && isJsonObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => {
      const [one, other] = [before[key], after[key]];
      const at = path === "" ? key : `${path}.${key}`;
      return one === undefined || other === undefined ? [at] : differences(one, other, at);
    });
  }
  return isDeepStrictEqual(before, after) ? [] : [path];
}
