// Packs all packages as they would be published, and makes a repository of its own of an example.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { copyTree } from "./copy-tree.mjs";
import { pnpm, ROOT } from "./setup.mjs";

/**
 * Packs all packages as they would be published, in a copy where they are compiled anew.
 * @param folder where the tarballs go
 * @returns paths of the tarballs by name of the package
 */
export function packAll(folder) {
  mkdirSync(folder, { recursive: true });
  const copy = copyTree({ compiled: false });
  try {
    must(process.execPath, [join(ROOT, "node_modules/@typescript/native/bin/tsc"), "-b"], copy);
    const program = pnpm();
    const packages = readdirSync(join(copy, "packages")).map((name) => join(copy, "packages", name));
    const entries = packages.map((dir) => {
      const { name } = manifest(dir);
      const { filename } = JSON.parse(must(program, ["pack", "--json", "--pack-destination", folder], dir));
      return [name, join(folder, basename(filename))];
    });
    return Object.fromEntries(entries);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/**
 * Copies an example, with Plinth's packages from files in it instead of from a registry.
 * @param tarballs as {@link packAll} gives them; they are copied
 */
export function fork(example, target, tarballs) {
  cpSync(example, target, { recursive: true, filter: (path) => basename(path) !== "node_modules" });
  const files = Object.entries(tarballs).map(([name, tarball]) => {
    cpSync(tarball, join(target, "packages", basename(tarball)));
    return [name, `file:packages/${basename(tarball)}`];
  });
  const given = manifest(target);
  const own = (all = {}) => Object.fromEntries(files.filter(([name]) => name in all));
  const changed = {
    ...given,
    dependencies: { ...given.dependencies, ...own(given.dependencies) },
    devDependencies: { ...given.devDependencies, ...own(given.devDependencies) },
    // those that Plinth's packages need of each other
    overrides: Object.fromEntries(files),
  };
  writeFileSync(join(target, "package.json"), `${JSON.stringify(changed, undefined, 2)}\n`);
}

/** `npm run fork -- <example> <folder>`. @returns exit code */
export function forkCommand([example, target], cwd = process.env.INIT_CWD ?? process.cwd()) {
  const examples = readdirSync(join(ROOT, "examples")).map((name) => `examples/${name}`);
  if (example === undefined || target === undefined) {
    console.error(`npm run fork -- <example> <folder>; examples: ${examples.join(", ")}`);
    return 2;
  }
  const from = resolve(cwd, example);
  if (!existsSync(join(from, "package.json"))) {
    console.error(`${from} is no example: it has no package.json. There are ${examples.join(", ")}`);
    return 2;
  }
  const folder = resolve(cwd, target);
  if (existsSync(folder)) {
    console.error(`${folder} is there already`);
    return 1;
  }
  const tarballs = packAll(join(ROOT, "node_modules", ".plinth-packed"));
  fork(from, folder, tarballs);
  console.log(`${folder}: npm install, npm test`);
  return 0;
}

function manifest(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

function must(program, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: "utf8" });
  if (status === 0) return stdout;
  throw new Error(
    `${basename(program)} ${args.join(" ")} in ${cwd}\n${error?.message ?? ""}${stdout ?? ""}${stderr ?? ""}`,
  );
}
