import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../test-support.js";
import { goProblem } from "./go.js";

async function withGo(version?: string): Promise<string | undefined> {
  const folder = await temporaryFolder();
  if (version !== undefined) {
    await writeFile(join(folder, "go"), `#!/bin/sh\necho ${version}\n`);
    await chmod(join(folder, "go"), 0o755);
  }
  return goProblem({ PATH: folder });
}

it("accepts the version that is asked for and newer ones", async () => {
  expect(await withGo("go1.26.0")).toBeUndefined();
  expect(await withGo("go1.27.1")).toBeUndefined();
});

it("says that Go is missing or too old, and what to do", async () => {
  const remedy = "install Go 1.26 or newer (https://go.dev/dl) and put its bin folder on PATH";
  expect(await withGo()).toMatch(/^Go does not run \(go is not installed\.\): /);
  expect(await withGo()).toContain(remedy);
  expect(await withGo("go1.25.8")).toContain(`Go is go1.25.8, older than 1.26: ${remedy}`);
});
