import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Rule } from "@plinth/core";
import { expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** Paths of all files below a folder that end in `.ts`, without what is installed or built. */
function sources(folder: string): string[] {
  return readdirSync(`${ROOT}${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ["node_modules", "dist"].includes(entry.name) ? [] : sources(path);
    return path.endsWith(".ts") ? [path] : [];
  });
}

const files = [...sources("packages"), ...sources("test")];
const rules = (
  await Promise.all(
    files
      .filter((file) => /^packages\/[^/]+\/src\/(.*-)?rules\.ts$/.test(file))
      .map(async (file) => {
        const module = (await import(/* @vite-ignore */ ROOT + file)) as Record<string, Record<string, Rule>>;
        return Object.entries(module).flatMap(([set, all]) =>
          Object.entries(all).map(([key, rule]) => ({ ...rule, name: `${set}.${key}` })),
        );
      }),
  )
).flat();

it("each rule has a code of its own", () => {
  const codes = rules.map(({ code }) => code);
  expect(codes.length).toBeGreaterThan(50);
  expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
  expect(codes.filter((code) => !/^PL\d{4}$/.test(code))).toEqual([]);
});

it("each rule is used, and broken by a test", () => {
  const text = (pattern: RegExp, wanted: boolean): string =>
    files
      .filter((file) => pattern.test(file) === wanted && !/rules\.ts$/.test(file))
      .map((file) => readFileSync(ROOT + file, "utf8"))
      .join("\n");
  const test = /test\.ts$|\/testing\//; // cases that do not fit into the test that runs them stand in `testing`
  const [tests, program] = [text(test, true), text(test, false)];
  const named = ({ name }: { readonly name: string }, where: string): boolean =>
    new RegExp(`\\b${name}\\b`).test(where);
  // sets whose keys are picked by a value are taken as used
  const picked = rules.filter(({ name }) => program.includes(`${name.split(".")[0]}[`));
  expect(rules.filter((rule) => !picked.includes(rule) && !named(rule, program)).map(({ name }) => name)).toEqual([]);
  expect(rules.filter((rule) => !tests.includes(rule.code) && !named(rule, tests)).map(({ name }) => name)).toEqual([]);
});
