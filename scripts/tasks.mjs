import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { report } from "./report.mjs";
import { ROOT, secondNode, show } from "./setup.mjs";

const MAX_LINES = 400;
const BIN = join(ROOT, "node_modules", ".bin");

/** Runs the `plinth` command. */
export function run(program, ...args) {
  return show(process.execPath, [join(ROOT, "packages", program, "bin", `${program}.js`), ...args], {
    cwd: process.env.INIT_CWD ?? ROOT,
  });
}

/** What a reader expects to be checked, apart from tests. @returns 0 when all of it is well */
export function check() {
  const steps = [
    ["Format and lint", join(BIN, "biome"), ["check", "."]],
    ["Arrows between files and packages", join(BIN, "depcruise"), ["packages", "--config", ".dependency-cruiser.cjs"]],
    ["Types of the stacks", process.execPath, [tsc(), "--noEmit", "--noCheck", "false", "-p", "stacks/hybrid"]],
    ["Generated code is up to date", process.execPath, ["packages/api/scripts/generate.mjs", "--check"]],
    ["The page of refusals is up to date", process.execPath, ["scripts/refusals.mjs", "--check"]],
    ["Types of the tests", process.execPath, [tsc(), "-b", "test"]],
  ];
  const long = longFiles();
  if (long.length > 0) {
    console.log(`\n== Files over ${MAX_LINES} lines: two files each\n${long.join("\n")}`);
    return 1;
  }
  for (const [title, program, args] of steps) {
    console.log(`\n== ${title}`);
    const code = show(program, args);
    if (code !== 0) return code;
  }
  return 0;
}

/** All tests: quick ones on this Node and on a newer one, then those on labs. @param names test files, by part of their name */
export async function test(names) {
  const suite = (title, project, node, quiet = false) => ({ title, ...vitest(title, project, node, names, quiet) });
  const results = [];
  const finish = async (...suites) => {
    for (const { title, file, ended } of suites) results.push({ title, file, code: await ended });
  };
  await finish(suite("Unit, property and type tests", "unit", process.execPath));
  const second = secondNode();
  if (second !== undefined) await finish(suite("The same on a newer Node", "unit", second));
  await finish(suite("Examples, installed from packed packages", "examples", process.execPath));
  const lab = process.env.PLINTH_TEST_LAB ?? "test";
  console.log("\n== The lab of the tests");
  run("plinth", "lab", "up", "--name", lab);
  // beside them those that have labs of their own: most of the time either waits for its lab
  const beside = async () => {
    await finish(suite("Parts of the lab (beside the tests above)", "parts", process.execPath, true));
    await finish(suite("Tests with clusters of their own (beside as well)", "clusters", process.execPath, true));
  };
  await Promise.all([finish(suite("Integration and lifecycle tests, on the lab", "lab", process.execPath)), beside()]);
  run("plinth", "lab", "down", "--name", lab);
  return report(results);
}

/** Starts a test run. A quiet one is shown when it has ended. */
function vitest(title, project, node, names, quiet) {
  const file = join(ROOT, "node_modules", ".plinth-results", `${project}-${basename(dirname(dirname(node)))}.json`);
  rmSync(file, { force: true });
  const args = ["--enable-source-maps", join(ROOT, "node_modules/vitest/vitest.mjs"), "run", "--project", project];
  args.push("--reporter=default", "--reporter=json", `--outputFile.json=${file}`, "--passWithNoTests", ...names);
  if (!quiet) console.log(`\n== ${title}`);
  const child = spawn(node, args, { cwd: ROOT, stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit" });
  const shown = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => shown.push(chunk));
  const ended = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (quiet) process.stdout.write(`\n== ${title}\n${Buffer.concat(shown)}`);
      resolve(code ?? 1);
    });
  });
  return { file, ended };
}

/** Property tests with more examples, others each time. @param names test files, by part of their path */
export function explore(names) {
  const search = ["grep", "--untracked", "--files-with-matches", "fast-check", "--", "*.test.ts"];
  const { stdout } = spawnSync("git", search, { cwd: ROOT, encoding: "utf8" });
  const all = stdout.trim().split("\n");
  const files = all.filter((file) => names.length === 0 || names.some((name) => file.includes(name)));
  if (files.length === 0) {
    console.error(`No property test has ${names.join(" or ")} in its path:\n${all.join("\n")}`);
    return 2;
  }
  const args = [join(ROOT, "node_modules/vitest/vitest.mjs"), "run", "--project", "unit", ...files];
  const env = { PLINTH_SEED: "random", PLINTH_PROPERTY_RUNS: "20", ...process.env };
  return show(process.execPath, args, { env });
}

/** Benchmarks. */
export function bench(names) {
  const folder = join(ROOT, "test", "bench");
  const files = readdirSync(folder).filter(
    (file) => file.endsWith(".bench.mjs") && (names.length === 0 || names.some((name) => file.includes(name))),
  );
  return files.map((file) => show(process.execPath, [join(folder, file)])).find((code) => code !== 0) ?? 0;
}

/** Files of code that are too long to be one concept; what is generated is left out. */
function longFiles() {
  const { stdout } = spawnSync("git", ["ls-files", "*.ts", "*.mjs", "*.js", "*.cjs", "*.py"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return stdout
    .split("\n")
    .filter((file) => file !== "" && !file.includes("/gen/"))
    .map((file) => [file, readFileSync(join(ROOT, file), "utf8").split("\n").length - 1])
    .filter(([, lines]) => lines > MAX_LINES)
    .map(([file, lines]) => `${lines} ${file}`);
}

function tsc() {
  return join(ROOT, "node_modules/@typescript/native/bin/tsc");
}
