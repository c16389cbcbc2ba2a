import { execFileSync, spawnSync } from "node:child_process";
import fc from "fast-check";
import { dump, load, YAML11_SCHEMA } from "js-yaml";
import { describe, expect, it } from "vitest";
import { formatYaml } from "./yaml.js";

/** Texts that one reader of YAML or another takes for something else, or that break a naive writer. */
const NASTY = [
  "yes",
  "No",
  "on",
  "OFF",
  "y",
  "n",
  "true",
  "False",
  "null",
  "Null",
  "~",
  "",
  " ",
  "0o17",
  "017",
  "0777",
  "08",
  "1_000",
  "0b1",
  "0x1F",
  "1e3",
  "1.",
  ".5",
  "+1",
  "-0",
  "1__0",
  "0b_1",
  "12:30:45",
  "190:20:30.15",
  "2001-01-01",
  "2001-12-14t21:59:43.10-05:00",
  ".inf",
  "-.INF",
  ".nan",
  "+.inf",
  "=",
  "<<",
  "- a",
  "a: b",
  "a #b",
  "#c",
  " lead",
  "trail ",
  "multi\nline",
  "multi\nline\n",
  "\n\n",
  "  a\n b",
  "tab\there",
  "\r\n",
  "\u0007",
  "\u2028",
  "\ufeffbom",
  "\u0085",
  "'q'",
  '"d"',
  "@at",
  "`b",
  "%p",
  "!t",
  "&a",
  "*a",
  "|",
  ">",
  "?",
  "? a",
  ": a",
  ":",
  "[a",
  "{a",
  "]",
  ",",
  "--- a",
  "---",
  "...",
  "{{ .Values.x }}",
  `\${VAR}`,
  "é 😀",
  "123456789012345678901234567890",
  "x".repeat(200),
];

const kubectl = spawnSync("kubectl", ["version", "--client"]).status === 0;

describe("every text", () => {
  const object = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "a" },
    data: Object.fromEntries(NASTY.map((text, i) => [`k${i}`, text])),
  };
  const keys = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "b" },
    data: Object.fromEntries(NASTY.map((text) => [text, text])),
  };

  it.each([
    ["1.1", { schema: YAML11_SCHEMA }],
    ["1.2", {}],
  ])("is read back the same by YAML %s, as value and as key", (_, options) => {
    expect(load(formatYaml([object]), options)).toEqual(object);
    expect(load(formatYaml([keys]), options)).toEqual(keys);
  });

  it.skipIf(!kubectl)("is read back the same by kubectl, where there is one", () => {
    const read = (input: object) => {
      const args = ["annotate", "--local", "--filename=-", "--output=json", "read=back"];
      return JSON.parse(execFileSync("kubectl", args, { input: formatYaml([input]), encoding: "utf8" })).data;
    };
    expect(read(object)).toEqual(object.data);
    expect(read(keys)).toEqual(keys.data);
  });
});

it("numbers, booleans, null and empty collections keep their types", () => {
  const object = { a: [0, -1, 1.5, 1e21, 1e-7, true, false, null, [], {}], b: { c: {} } };
  expect(load(formatYaml([object]), { schema: YAML11_SCHEMA })).toEqual(object);
});

describe("what is written", () => {
  const same = (object: object): void => {
    expect(formatYaml([object])).toBe(dump(object, { lineWidth: -1, noRefs: true }));
  };
  const word = fc.constantFrom(
    ...NASTY,
    "a",
    "a b",
    "a:b",
    "a: b",
    "a:",
    "a/b",
    "b-",
    "a.",
    "a  b",
    "A_b",
    "n o",
    "a,b",
    "ünder",
  );
  const text = fc.oneof(
    word,
    fc.string({ maxLength: 10 }),
    fc.string({ unit: "binary", maxLength: 6 }),
    fc
      .array(fc.oneof(word, fc.constantFrom("", " ", "  x", "x ", "\t", "#x", "- a: b")), { maxLength: 5 })
      .map((lines) => lines.join("\n")),
    fc
      .array(fc.constantFrom("a", "-", "_", ".", "/", ":", " ", "#", "1"), { maxLength: 8 })
      .map((letters) => letters.join("")),
  );
  const { object } = fc.letrec<{ object: object; value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      text,
      fc.oneof(fc.integer(), fc.double({ noNaN: true }), fc.maxSafeInteger(), fc.boolean(), fc.constant(null)),
      fc.array(tie("value"), { maxLength: 4 }),
      tie("object"),
    ),
    object: fc.dictionary(
      text.filter((key) => key !== "__proto__"),
      tie("value"),
      { maxKeys: 4 },
    ),
  }));

  it("is byte for byte what js-yaml writes", () => {
    fc.assert(fc.property(object, same), { numRuns: 3000 });
  });

  const odd: [string, object][] = [
    ["an empty map", {}],
    ["an empty list", []],
    ["nothing but undefined", { a: undefined }],
    ["undefined in maps and lists", { a: { b: undefined }, c: [{ d: undefined }, undefined] }],
    ["a long key", { ["k".repeat(1100)]: 1 }],
    ["a key just short enough", { ["k".repeat(1020)]: ["a"] }],
    ["a key of two lines", { "multi\nline": { a: 1 } }],
    ["empty lines at the end", { a: "x\n\n", b: 1 }],
    ["empty lines at the end of a list", { a: [["x\n\n"]] }],
    ["dates", { a: new Date(0), b: [new Date(1)] }],
  ];
  it.each(odd)("also for %s", (_, object) => same(object));
});
