import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openstackLab, PYTHON } from "./runner.js";

// a machine without Debian's Python cannot run this part of the lab at all
const onDebian = test.skipIf(!existsSync(PYTHON));

onDebian("the Python package passes its own tests", () => {
  const cwd = fileURLToPath(new URL("../../openstack/", import.meta.url));
  execFileSync(
    PYTHON,
    ["-B", "-m", "unittest", "discover", "--start-directory", "tests", "--top-level-directory", "."],
    {
      cwd,
      stdio: "pipe",
    },
  );
});

onDebian("what a command says goes to the caller, line by line, and to the result", async () => {
  const lines: string[] = [];
  const output = await openstackLab(["--help"], { onLine: (line) => lines.push(line) });
  expect(lines[0]).toBe("usage: openstack_lab [-h] COMMAND ...");
  expect(output.split("\n").slice(0, -1)).toEqual(lines);
});

onDebian("a command that fails says why", async () => {
  await expect(openstackLab(["status", "--dir", "/nonexistent"])).rejects.toThrow(
    "OpenStack, status: no lab in /nonexistent: start it first",
  );
});
