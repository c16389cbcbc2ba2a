import { expect, it } from "vitest";
import { compareVersions, parseVersion } from "./versions.js";

it.each([
  ["v3.259.0\n", [3, 259, 0]],
  ["Client Version: v1.36.3\nKustomize Version: v5.8.1", [1, 36, 3]],
  ["v1.32.4-dispatcher", [1, 32, 4]],
  ["go1.26.8", [1, 26, 8]],
  ["1.35", [1, 35, 0]],
  ["v3.260.0-alpha.x1a2b", undefined],
  ["3.0.0-dev.0", undefined],
  ["unknown", undefined],
])("reads %j", (text, version) => {
  expect(parseVersion(text)).toEqual(version);
});

it("compares by number, not by letter", () => {
  expect(compareVersions([3, 9, 0], [3, 10, 0])).toBeLessThan(0);
  expect(compareVersions([4, 0, 0], [3, 99, 99])).toBeGreaterThan(0);
  expect(compareVersions([1, 2, 3], [1, 2, 3])).toBe(0);
});
