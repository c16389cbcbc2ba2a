import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { characters, clean, columns, pad, wrap } from "./text.js";

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
    ["    ", 2, [""]],
    ["  ab  cd ", 4, ["  ab", "cd"]],
    ["   abc", 2, ["ab", "c"]],
    ["a\u2003\u00a0b", 2, ["a\u2003", "\u00a0b"]],
    // the marks belong to what is before them: there is no space and no dash to break behind
    ["abc -\u0301de", 5, ["abc", "-\u0301de"]],
    ["abcd \u0301e", 5, ["abcd \u0301", "e"]],
    ["🇩🇪🇫🇷🇮🇹", 4, ["🇩🇪🇫🇷", "🇮🇹"]],
    ["网a", 1, ["网", "a"]],
    ["\u0301-网网", 3, ["\u0301-", "网", "网"]],
  ])("%j at %d", (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });

  it("passes no width, tears no character and loses nothing but spaces at breaks", () => {
    const texts = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 60 }),
      fc
        .array(fc.constantFrom("a", "网", "-", " ", "\u0301", "\u200d", "👩", "🇩", "\u0600", "\u3000"), {
          maxLength: 60,
        })
        .map((all) => all.join("")),
    );
    const seen = (all: readonly string[]) => all.flatMap(characters).filter((character) => character !== " ");
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 20 }), (text, width) => {
        const lines = wrap(text, width);
        expect(lines.filter((line) => columns(line) > width)).toEqual([]);
        expect(lines.filter((line) => characters(line).at(-1) === " ")).toEqual([]);
        expect(lines.slice(1).filter((line) => characters(line)[0] === " ")).toEqual([]);
        expect(seen(lines)).toEqual(seen([text]));
      }),
    );
  });
});
