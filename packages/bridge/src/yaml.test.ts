import { execFileSync, spawnSync } from "node:child_process";
import { load, YAML11_SCHEMA } from "js-yaml";
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
