import { existsSync, readdirSync } from "node:fs";
import { expect, it, vi } from "vitest";

interface Packing {
  forkCommand(args: readonly string[], cwd: string): number;
}

const ROOT = new URL("../../", import.meta.url);

it("says which examples there are before anything is packed", async () => {
  const { forkCommand } = (await import(new URL("scripts/pack.mjs", ROOT).href)) as Packing;
  const said = vi.spyOn(console, "error").mockReturnValue();
  const target = "../does-not-exist";
  expect(forkCommand(["examples/nope", target], ROOT.pathname)).toBe(2);
  expect(existsSync(new URL(target, ROOT))).toBe(false);
  for (const name of readdirSync(new URL("examples", ROOT)))
    expect(said.mock.lastCall?.[0]).toContain(`examples/${name}`);
  said.mockRestore();
});
