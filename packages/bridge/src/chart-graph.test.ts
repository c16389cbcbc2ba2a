import { createRequire } from "node:module";
import { expect, it } from "vitest";

const loaded = () => Object.keys(createRequire(import.meta.url).cache).filter((file) => file.includes("/@pulumi/"));

// Pulumi is a CommonJS package, so each of its files that anything loads is in this cache
it("the entry for charts does not load Pulumi", async () => {
  const { renderYaml } = await import("./chart.js");
  expect(renderYaml).toBeTypeOf("function");
  expect(loaded()).toEqual([]);
  await import("./register.js");
  expect(loaded().length).toBeGreaterThan(50);
});
