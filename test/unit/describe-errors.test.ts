import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
// the compiled one: it starts a process of its own, which runs compiled code
import { describe as describeProgram } from "../../packages/plinth/dist/describe/describe.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

describe("a program that cannot be described", () => {
  let dir: string;

  beforeAll(() => {
    // beside the real stack, so that its packages are found
    dir = mkdtempSync(join(ROOT, "stacks", "hybrid", "out-errors-"));
    cpSync(join(ROOT, "stacks", "hybrid", "package.json"), join(dir, "package.json"));
    writeFileSync(join(dir, "Pulumi.yaml"), "name: errors\nruntime: nodejs\n");
  });

  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const message = async (program: string): Promise<string> => {
    writeFileSync(join(dir, "index.ts"), program);
    return describeProgram({ dir }).then(
      ({ refusal }) => refusal ?? "",
      (error: Error) => error.message,
    );
  };

  it("is refused once, with nothing else, also when it goes on with what was refused", async () => {
    const program = `import { Platform, platform } from "plinth";
      const { plan } = new Platform("p", {
        distribution: "hosted",
        preset: platform.minimal,
        flux: { existing: { namespace: "flux-system" } },
      });
      export const levels = platform.describeLevels(plan);`;
    const refusal = await message(program);
    expect(refusal).toMatch(/^Plinth refused this program: 1 thing is wrong/);
    expect(refusal.match(/PL5009/g)).toHaveLength(1);
    expect(refusal).not.toMatch(/^ +at /m);
  });

  it("says its own error with its own place", async () => {
    const program = "const none = undefined as unknown as string[];\nexport const first = none[0];\n";
    expect(await message(program)).toMatch(
      /^TypeError: Cannot read properties of undefined.*\n +at .*index\.ts:2:\d+\)?$/,
    );
  });

  it("says which configuration it lacks", async () => {
    const program =
      'import * as pulumi from "@pulumi/pulumi";\nexport const zone = new pulumi.Config().require("zone");\n';
    const told = await message(program);
    expect(told).toContain("Missing required configuration variable 'errors:zone'");
    expect(told).toContain("--config errors:zone=x");
    expect(told).not.toMatch(/^ +at /m);
  });

  it("takes configuration by a key without a namespace", async () => {
    // the program of the test before
    const { refusal, warnings } = await describeProgram({ dir, config: { zone: "ru-3a" } });
    expect([refusal, warnings]).toEqual([undefined, []]);
  });

  it("is missed in a folder that has none", async () => {
    await expect(describeProgram({ dir: join(ROOT, "docs") })).rejects.toThrow(/^There is no Pulumi.yaml in /);
  });
});
