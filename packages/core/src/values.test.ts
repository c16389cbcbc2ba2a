import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDuration, parseDuration } from "./duration.js";
import { parseQuantity, toGibibytes, toMebibytes } from "./quantity.js";
import { FIRST_UNRESOLVED_NUMBER, findUnresolved, isUnresolved, unresolvedText } from "./unresolved.js";

describe("quantities", () => {
  it.each([
    ["8Gi", 8n * 2n ** 30n],
    ["1.5Gi", 3n * 2n ** 29n],
    ["50G", 50_000_000_000n],
    ["512", 512n],
    ["0.3", undefined],
    ["8GB", undefined],
    ["8 Gi", undefined],
    ["-1Gi", undefined],
    ["", undefined],
  ])("reads %j as %s bytes", (text, bytes) => {
    expect(parseQuantity(text)).toBe(bytes);
  });

  it("converts only what is whole", () => {
    expect(toMebibytes(8n << 30n)).toBe(8192);
    expect(toMebibytes(50_000_000_000n)).toBeUndefined();
    expect(toGibibytes(50n << 30n)).toBe(50);
    expect(toGibibytes(1n << 29n)).toBeUndefined();
  });
});

describe("durations", () => {
  it.each([
    ["15m", 900_000],
    ["2h30m", 9_000_000],
    ["1.5s", 1500],
    ["0", 0],
    ["1d", undefined],
    ["30", undefined],
    ["m", undefined],
  ])("reads %j as %s ms", (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it("reads back what it writes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (milliseconds) => {
        expect(parseDuration(formatDuration(milliseconds))).toBe(milliseconds);
      }),
    );
  });
});

describe("unresolved values", () => {
  it("are found in texts, numbers and lists, and nowhere else", () => {
    const mark = unresolvedText("a1", 7);
    expect(isUnresolved(`http://${mark}:6443`)).toBe(true);
    expect(isUnresolved(["a", mark])).toBe(true);
    expect(isUnresolved(FIRST_UNRESOLVED_NUMBER - 5)).toBe(true);
    for (const value of ["plain", 0, -1, Number.NEGATIVE_INFINITY, undefined, ["a"], { mark }])
      expect(isUnresolved(value)).toBe(false);
    expect(findUnresolved(`x${mark}y${mark}`)).toEqual([
      { start: 1, end: 1 + mark.length, nonce: "a1", index: 7 },
      { start: 2 + mark.length, end: 2 + 2 * mark.length, nonce: "a1", index: 7 },
    ]);
  });
});
