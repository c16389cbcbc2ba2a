import { cpSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { ROOT } from "./setup.mjs";

const COPIED = [
  ...["packages", "test", "docs", "scripts", "LICENSE", "NOTICE", ".npmrc"],
  ...["tsconfig.base.json", "tsconfig.json", "vitest.config.ts", "package.json", "pnpm-workspace.yaml"],
];

/** What is made of the packages, and what only running them leaves. */
const COMPILED = /^packages\/[^/]+\/(dist$|.*\.tsbuildinfo$)|\/(__pycache__|\.pytest_cache)$/;

/**
 * Copies this tree as it is, committed or not, with its own links between packages; what is installed from elsewhere is shared.
 * @param compiled whether what was compiled is copied too
 * @returns the copy, below the folder for temporary files
 */
export function copyTree({ compiled }) {
  const copy = mkdtempSync(join(tmpdir(), "plinth-copy-"));
  const filter = (path) => compiled || !COMPILED.test(relative(ROOT, path));
  for (const name of COPIED) {
    cpSync(join(ROOT, name), join(copy, name), {
      recursive: true,
      verbatimSymlinks: true,
      preserveTimestamps: true,
      filter,
    });
  }
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  return copy;
}
