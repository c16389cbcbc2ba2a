import { dump } from "js-yaml";

/**
 * Objects as YAML documents, one after the other. Every text that a reader of YAML 1.1 or 1.2 would take for something
 * else is quoted (`yes`, `0o17`, `1_000`, `2001-01-01`, `~`), so `kubectl` reads back what was written. Lines are not
 * folded, and equal parts are written out each time: the output depends on nothing but the objects.
 */
export function formatYaml(objects: readonly object[]): string {
  return objects.map((object) => dump(object, { lineWidth: -1, noRefs: true })).join("---\n");
}
