// Shows that a test of an incident guards something: takes away what prevents it, in a copy of this tree, and expects the test to fail.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { copyTree } from "./copy-tree.mjs";
import { ROOT } from "./setup.mjs";

const INCIDENTS = "test/incidents";

/** Runs all mutations, or those whose incident has one of the texts in its name. @returns 0 when each turns its test red */
export async function mutations(texts) {
  const all = await table();
  const wanted = all.filter(({ incident }) => texts.length === 0 || texts.some((text) => incident.includes(text)));
  const copy = copyTree({ compiled: true });
  try {
    const green = vitest(copy, "");
    const threads = new Set(green.flatMap(({ title }) => /^[\w./-]+#\d+(?=:)/.exec(title) ?? []));
    const missing = [...threads].filter((thread) => !all.some(({ incident }) => incident === thread));
    const before = [
      ...green
        .filter(({ status }) => status !== "passed")
        .map(({ fullName }) => `fails without a mutation: ${fullName}`),
      ...missing.map((thread) => `has no mutation: ${thread}`),
    ];
    const results = wanted.map((mutation) => report(mutation, mutate(copy, mutation)));
    for (const line of before) console.log(line);
    const red = results.filter(Boolean).length;
    const incidents = new Set(wanted.map(({ incident }) => incident)).size;
    console.log(`${wanted.length} mutations of ${incidents} incidents: ${red} red, ${wanted.length - red} not noticed`);
    return red === wanted.length && before.length === 0 ? 0 : 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** The rows of every `mutations.mjs` beside incidents. */
async function table() {
  const folders = readdirSync(join(ROOT, INCIDENTS)).map((folder) => join(ROOT, INCIDENTS, folder, "mutations.mjs"));
  const modules = await Promise.all(folders.filter(existsSync).map((file) => import(pathToFileURL(file).href)));
  return modules.flatMap(({ MUTATIONS }) => MUTATIONS);
}

/** Breaks the guard, runs the incident's tests, mends it. @returns what is wrong with the mutation, or `undefined` */
function mutate(copy, { incident, file, from, to, types = false }) {
  const path = join(copy, file);
  const source = readFileSync(path, "utf8");
  const times = source.split(from).length - 1;
  if (times !== 1) return `its text stands ${times} times in ${file}`;
  writeFileSync(
    path,
    source.replace(from, () => to),
  );
  try {
    if (types) return compiles(copy) ? "it still compiles" : undefined;
    const run = vitest(copy, incident);
    if (run.length === 0) return "no test cites it";
    return run.some(({ status }) => status === "failed") ? undefined : "its tests still pass";
  } finally {
    writeFileSync(path, source);
  }
}

/** Runs the tests of incidents whose names begin like that, or all. */
function vitest(copy, incident) {
  const files = testFiles(join(copy, INCIDENTS)).filter((path) => readFileSync(path, "utf8").includes(incident));
  if (files.length === 0) return [];
  const file = join(copy, "results.json");
  rmSync(file, { force: true });
  const quoted = incident.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const args = [join(ROOT, "node_modules/vitest/vitest.mjs"), "run", "--project", "unit", ...files];
  args.push("--reporter=json", `--outputFile=${file}`, ...(incident === "" ? [] : ["-t", `${quoted}:`]));
  const { stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: "utf8" });
  if (!existsSync(file)) throw new Error(`vitest ended without results\n${stderr}`);
  const { testResults } = JSON.parse(readFileSync(file, "utf8"));
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => /passed|failed/.test(status));
}

function testFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((path) => path.endsWith(".test.ts"))
    .map((path) => join(folder, path));
}

/** Whether every @ts-expect-error of the incidents still stands before an error. */
function compiles(copy) {
  const tsc = join(ROOT, "node_modules/@typescript/native/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "-b", "test"], { cwd: copy, encoding: "utf8" });
  return !/^incidents\/.*error TS2578|test\/incidents\/.*error TS2578/m.test(stdout);
}

function report({ incident, file, from }, fault) {
  const what = from.trim().split("\n")[0].slice(0, 60);
  console.log(
    fault === undefined
      ? `red         ${incident}  ${file}: ${what}`
      : `NOT NOTICED ${incident}  ${file}: ${what}: ${fault}`,
  );
  return fault === undefined;
}
