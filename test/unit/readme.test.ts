import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
// the compiled one: it starts a process of its own, which runs compiled code
import { describe as describeProgram } from "../../packages/plinth/dist/describe/describe.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const README = readFileSync(join(ROOT, "README.md"), "utf8");
const CONFIG = { "readme:publicKey": "ssh-ed25519 AAAA", "readme:password": "x" };

function block(language: string): string {
  return new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "s").exec(README)?.[1] ?? "";
}

describe("README", () => {
  let dir: string;

  beforeAll(() => {
    // beside the real stack, so that its packages are found
    dir = mkdtempSync(join(ROOT, "stacks", "hybrid", "out-readme-"));
    mkdirSync(dir, { recursive: true });
    cpSync(join(ROOT, "stacks", "hybrid", "package.json"), join(dir, "package.json"));
    writeFileSync(join(dir, "Pulumi.yaml"), "name: readme\nruntime: nodejs\n");
    writeFileSync(join(dir, "index.ts"), block("ts"));
    const { compilerOptions } = JSON.parse(readFileSync(join(ROOT, "stacks", "hybrid", "tsconfig.json"), "utf8")) as {
      compilerOptions: object;
    };
    writeFileSync(
      join(dir, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { ...compilerOptions, noCheck: false }, files: ["index.ts"] }),
    );
  });

  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it("has an example that compiles", () => {
    const tsc = join(ROOT, "node_modules", "@typescript", "native", "bin", "tsc");
    expect(execFileSync(process.execPath, [tsc, "-p", dir], { encoding: "utf8" })).toBe("");
  });

  it("has an example that is accepted", async () => {
    const { refusal, explanation } = await describeProgram({ dir, config: CONFIG });
    expect(refusal).toBeUndefined();
    expect(explanation).toContain("192.168.205.0/24  192.168.200.252  site postgres");
  });

  it("shows the real message of a refusal", async () => {
    writeFileSync(join(dir, "index.ts"), block("ts").replace("192.168.200.252", "192.168.210.252"));
    const { refusal } = await describeProgram({ dir, config: CONFIG });
    expect(refusal).toBe(block("text").trimEnd());
  });
});
