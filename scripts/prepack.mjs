// What every package does before it is packed or published, by whatever command: it holds what its sources compile to, no
// more and no less, and the licence.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const COMPILED = /\.(js|d\.ts)(\.map)?$/;

/** @param folder of a package @returns exit code */
function prepack(folder) {
  // packages are published at the same time: compiling here would write what another one is packing
  if (!isCompiled(folder)) {
    console.error(`${folder} is not compiled as it is now: npm run build`);
    return 1;
  }
  const orphans = files(folder, "dist").filter((file) => {
    return COMPILED.test(file) && !existsSync(join(folder, "src", file.replace(COMPILED, ".ts")));
  });
  for (const file of orphans) rmSync(join(folder, "dist", file));
  for (const file of ["LICENSE", "NOTICE"]) cpSync(join(ROOT, file), join(folder, file));
  return 0;
}

function isCompiled(folder) {
  const tsc = join(ROOT, "node_modules/@typescript/native/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-b", "--dry", folder], { encoding: "utf8" });
  const stale = new RegExp(`would build project '[^']*/${basename(folder)}/tsconfig.json'`);
  if (status !== 0 || stale.test(stdout)) return false;
  const sources = files(folder, "src").filter((file) => /\.ts$/.test(file));
  if (sources.every((file) => existsSync(join(folder, "dist", file.replace(/\.ts$/, ".js"))))) return true;
  // the compiler does not notice by itself that its output was deleted
  rmSync(join(folder, "tsconfig.tsbuildinfo"), { force: true });
  return false;
}

function files(folder, name) {
  const path = join(folder, name);
  return existsSync(path) ? readdirSync(path, { recursive: true }) : [];
}

process.exitCode = prepack(process.cwd());
