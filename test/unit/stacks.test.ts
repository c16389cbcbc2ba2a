import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

it("the hybrid stack does what the article does in less than 60 lines", () => {
  const program = readFileSync(new URL("../../stacks/hybrid/index.ts", import.meta.url), "utf8");
  expect(program.trimEnd().split("\n").length).toBeLessThan(60);
  expect(program.split("\n").filter((line) => line.length > 120)).toEqual([]);
});
