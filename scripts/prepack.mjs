// What every package does before it is packed or published, by whatever command: it holds what its sources compile to, no
// more, and the licence.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** @param folder of a package */
function prepack(folder) {
  const tsc = join(ROOT, "node_modules/@typescript/native/bin/tsc");
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, "-b", folder], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${folder} does not compile\n${stdout}${stderr}`);
  for (const file of withoutSource(folder)) rmSync(join(folder, "dist", file));
  for (const file of ["LICENSE", "NOTICE"]) cpSync(join(ROOT, file), join(folder, file));
}

/** What was compiled of sources that are no more: the compiler leaves it. */
function withoutSource(folder) {
  const compiled = readdirSync(join(folder, "dist"), { recursive: true }).filter((file) =>
    /\.(js|d\.ts)(\.map)?$/.test(file),
  );
  return compiled.filter((file) => !existsSync(join(folder, "src", file.replace(/\.(js|d\.ts)(\.map)?$/, ".ts"))));
}

prepack(process.cwd());
