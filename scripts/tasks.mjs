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
export async function check() {
  const steps = [
    ["Format and lint", join(BIN, "biome"), ["check", "."]],
    ["Arrows between files and packages", join(BIN, "depcruise"), ["packages", "--config", ".dependency-cruiser.cjs"]],
    ...["hybrid", "platform"].map((stack) => [
      `Types of stacks/${stack}`,
      process.execPath,
      [tsc(), "--noEmit", "--noCheck", "false", "-p", `stacks/${stack}`],
    ]),
    ["Generated code is up to date", process.execPath, ["packages/api/scripts/generate.mjs", "--check"]],
    ["The page of refusals is up to date", process.execPath, ["scripts/refusals.mjs", "--check"]],
    ["Types of the tests", process.execPath, [tsc(), "-b", "test"]],
  ];
  const long = longFiles();
  if (long.length > 0) {
    console.log(`\n== Files over ${MAX_LINES} lines: two files each\n${long.join("\n")}`);
    return 1;
  }
  const codes = await Promise.all(steps.map(([title, program, args]) => begin(title, program, args, true)));
  return codes.find((code) => code !== 0) ?? 0;
}

/** All tests: quick ones on this Node and on a newer one, then those on labs. @param names test files, by part of their name */
export async function test(names) {
  const results = [];
  const suite = async (title, projects, options) => {
    const { file, ended } = vitest(title, projects, names, options);
    const result = { title, file, code: 1 };
    results.push(result);
    result.code = await ended;
  };
  // side by side: one run of quick tests leaves a core idle, and tests on labs wait for these most of the time
  const second = secondNode();
  await Promise.all([
    suite("Unit, property and type tests", ["unit"]),
    second && suite("The same on a newer Node", ["unit"], { node: second, quiet: true }),
  ]);
  console.log("\n== What the labs need");
  run("plinth", "lab", "acquire", "--name", process.env.PLINTH_TEST_LAB ?? "test");
  await Promise.all([
    suite("Integration and lifecycle tests, on labs", ["lab", "clusters", "parts"]),
    suite("Examples, installed from packed packages", ["examples"], { quiet: true }),
  ]);
  return report(results);
}

/** Starts a test run. A quiet one is shown when it has ended. */
function vitest(title, projects, names, { node = process.execPath, quiet = false } = {}) {
  const file = join(ROOT, "node_modules", ".plinth-results", `${projects[0]}-${basename(dirname(dirname(node)))}.json`);
  rmSync(file, { force: true });
  const args = ["--enable-source-maps", join(ROOT, "node_modules/vitest/vitest.mjs"), "run"];
  args.push(...projects.flatMap((project) => ["--project", project]));
  args.push("--reporter=default", "--reporter=json", `--outputFile.json=${file}`, "--passWithNoTests", ...names);
  return { file, ended: begin(title, node, args, quiet) };
}

/** Starts a program. What a quiet one writes is shown when it has ended. @returns its exit code */
function begin(title, program, args, quiet) {
  if (!quiet) console.log(`\n== ${title}`);
  const child = spawn(program, args, { cwd: ROOT, stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit" });
  const shown = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => shown.push(chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (quiet) process.stdout.write(`\n== ${title}\n${Buffer.concat(shown)}`);
      resolve(code ?? 1);
    });
  });
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
