import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { selectedStack } from "./selected.js";

const dir = realpathSync(mkdtempSync(join(tmpdir(), "plinth-selected-")));
const home = join(dir, "home");
const below = join(dir, "shop", "src");
mkdirSync(join(home, "workspaces"), { recursive: true });
mkdirSync(below, { recursive: true });
afterAll(() => rmSync(dir, { recursive: true }));

function select(settings: object): void {
  const hash = createHash("sha1")
    .update(join(dir, "shop", "Pulumi.yaml"))
    .digest("hex");
  writeFileSync(join(home, "workspaces", `shop-${hash}-workspace.json`), JSON.stringify(settings));
}

test("the selected stack is the environment's, the one of the backend, or the one of all", async () => {
  const selected = (env: object = {}) => selectedStack(below, { PULUMI_HOME: home, ...env }, "file:///state");
  expect(await selected()).toBeUndefined();
  select({ stack: "old" });
  expect(await selected()).toBe("old");
  select({ stack: "old", stacks: { "file:///state": "organization/shop/dev", "file:///other": "other" } });
  expect(await selected()).toBe("organization/shop/dev");
  expect(await selected({ PULUMI_STACK: "named" })).toBe("named");
});
