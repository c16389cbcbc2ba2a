import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clean, columns, pad, wrap } from "./text.js";

describe("columns", () => {
  it.each([
    ["racks-2", 7],
    ["网络", 4],
    ["한국", 4],
    ["сеть", 4],
    ["e\u0301", 1],
    ["👩‍🚀", 2],
    ["", 0],
  ])("%s takes %d", (text, width) => {
    expect(columns(text)).toBe(width);
  });
});

describe("clean", () => {
  it("keeps what can be shown and replaces what steers", () => {
    expect(clean("ok é 网 <&>")).toBe("ok é 网 <&>");
    expect(clean("a\u0000b\u001bc\nd\u202ee\u2028f\ud800g\uffff")).toBe(
      "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg\ufffd",
    );
  });
});

describe("pad", () => {
  it("fills by columns, not by characters", () => {
    expect(pad("网", 4)).toBe("网  ");
    expect(pad("7", 3, "right")).toBe("  7");
    expect(pad("long", 2)).toBe("long");
  });
});

describe("wrap", () => {
  it.each([
    ["one two three", 7, ["one two", "three"]],
    ["dedicated=cloud-worker:NoExecute", 28, ["dedicated=cloud-worker:", "NoExecute"]],
    ["abcdefghij", 4, ["abcd", "efgh", "ij"]],
    ["a-bcdefghij", 8, ["a-bcdefg", "hij"]],
    ["", 4, [""]],
  ])("%s at %d", (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });

  it("passes no width and loses nothing but spaces", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.integer({ min: 2, max: 20 }), (text, width) => {
        const lines = wrap(text, width);
        expect(lines.filter((line) => columns(line) > width)).toEqual([]);
        expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      }),
    );
  });
});
