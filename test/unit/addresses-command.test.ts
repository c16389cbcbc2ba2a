import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
// the compiled one, as it is installed
const COMMAND = join(ROOT, "packages", "plinth", "bin", "plinth.js");

const PROGRAM = `
import { ProgramAddresses } from "plinth";
const addresses = new ProgramAddresses({ pools: { tenants: ["10.64.0.0/12"] }, lockFile: "plinth.lock.json" });
for (const owner of (process.env.TENANTS ?? "").split(",")) {
  addresses.block({ owner, name: "pods", pool: "tenants", prefix: 20 });
}
addresses.lock();
`;

let dir: string;
beforeAll(() => {
  // beside the real stack, so that its packages are found
  dir = mkdtempSync(join(ROOT, "stacks", "hybrid", "out-addresses-"));
  writeFileSync(join(dir, "package.json"), '{ "type": "module" }');
  writeFileSync(join(dir, "Pulumi.yaml"), "name: addresses\nruntime: nodejs\n");
  writeFileSync(join(dir, "index.ts"), PROGRAM);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function lock(tenants: string, ...args: readonly string[]) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [COMMAND, "addresses", "lock", "--cwd", ".", ...args],
    {
      cwd: dir,
      env: { ...process.env, TENANTS: tenants },
      encoding: "utf8",
    },
  );
  return { lines: [...stdout.trim().split("\n"), ...stderr.trim().split("\n")].filter((line) => line !== ""), status };
}

it("plinth addresses lock says what has changed and writes the file; with --check it writes nothing and fails", () => {
  const file = join(dir, "plinth.lock.json");
  const block = (owner: string, cidr: string) => JSON.stringify({ owner, name: "pods", pool: "tenants", cidr });
  const text = (...blocks: string[]) =>
    `{\n  "version": 1,\n  "addresses": [\n${blocks.map((one) => `    ${one}`).join(",\n")}\n  ]\n}\n`;
  const before = text(block("a", "10.64.0.0/20"), block("b", "10.64.16.0/20"), block("c", "10.64.32.0/20"));
  writeFileSync(file, before);
  const changes = ["new    x pods 10.64.48.0/20 of tenants", "gone   b pods 10.64.16.0/20 of tenants"];
  expect(lock("x,c,a", "--check")).toEqual({
    status: 1,
    lines: [...changes, "plinth.lock.json is not up to date: run plinth addresses lock and commit it"],
  });
  // the program's own addresses.lock() has not written it either
  expect(readFileSync(file, "utf8")).toBe(before);
  expect(lock("x,c,a")).toEqual({
    status: 0,
    lines: [...changes, "plinth.lock.json written; of the blocks that were in it, 2 stay where they are"],
  });
  expect(readFileSync(file, "utf8")).toBe(
    text(block("a", "10.64.0.0/20"), block("c", "10.64.32.0/20"), block("x", "10.64.48.0/20")),
  );
});
