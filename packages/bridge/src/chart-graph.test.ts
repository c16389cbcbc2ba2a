import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

/** Files of Pulumi that a process has loaded after importing a compiled file: Pulumi is CommonJS, so all are in the cache. */
function pulumiFilesAfter(file: string): number {
  const url = new URL(`../dist/${file}`, import.meta.url).href;
  const program = `
    import { createRequire } from "node:module";
    await import(${JSON.stringify(url)});
    console.log(Object.keys(createRequire(import.meta.url).cache).filter((file) => file.includes("/@pulumi/")).length);`;
  const args = ["--input-type=module", "-e", program];
  return Number(
    execFileSync(process.execPath, args, { cwd: fileURLToPath(new URL("..", import.meta.url)), encoding: "utf8" }),
  );
}

it("the entry for charts does not load Pulumi", () => {
  expect(pulumiFilesAfter("chart.js")).toBe(0);
  expect(pulumiFilesAfter("index.js")).toBeGreaterThan(50);
});
