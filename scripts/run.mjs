#!/usr/bin/env node
// What `npm start`, `npm test` and the other scripts of package.json run: sets up what is missing, then does the task.
// Plain Node without dependencies, since nothing is installed yet when it starts.
import { mutations } from "./mutations.mjs";
import { forkCommand } from "./pack.mjs";
import { ensureReady } from "./setup.mjs";
import { bench, check, explore, run, test } from "./tasks.mjs";

const [task = "start", ...args] = process.argv.slice(2);

const TASKS = {
  start: () => run("plinth", "demo", "up", ...args),
  stop: () => run("plinth", "demo", "stop", ...args),
  reset: () => run("plinth", "demo", "reset", ...args),
  build: () => 0,
  check: () => check(),
  test: () => test(args),
  bench: () => bench(args),
  explore: () => explore(args),
  mutations: () => mutations(args),
  fork: () => forkCommand(args),
};

if (!Object.hasOwn(TASKS, task)) {
  console.error(`There is no task ${task}: ${Object.keys(TASKS).join(", ")}`);
  process.exit(2);
}
await ensureReady();
process.exitCode = await TASKS[task]();
