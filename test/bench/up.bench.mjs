// `pulumi up` of 500 objects through the bridge, against the same objects as a plain Pulumi program. On the lab.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openLab } from "@plinth/lab";
import { median, table } from "./table.mjs";

const OBJECTS = 500;
const ROUNDS = 3;

/** Has a program say at its end what processor time it took, in seconds. */
const TELL = `
import { writeFileSync } from "node:fs";
process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  writeFileSync("program-seconds", String((user + system) / 1e6));
});
`;

const PLAIN = `
import * as pulumi from "@pulumi/pulumi";
class Group extends pulumi.ComponentResource { constructor(name) { super("bench:index:Group", name, {}, {}); } }
class KubernetesObject extends pulumi.CustomResource {
  constructor(name, args, opts) { super("kubernetes:core/v1:ConfigMap", name, args, { ...opts, version: "4.25.0" }); }
}
const group = new Group("bench");
for (let i = 0; i < ${OBJECTS}; i++) {
  new KubernetesObject("bench-" + i, { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "plain-" + i, namespace: "default" }, data: { value: "v".repeat(100) + i } }, { parent: group });
}
`;

const BRIDGE = `
import { PlinthComponent, registerChart } from "@plinth/bridge";
import { ApiObject, Chart } from "cdk8s";
class Group extends PlinthComponent {
  constructor(name) {
    super("bench:index:Group", name, {}, {});
    registerChart(this, (app) => {
      const chart = new Chart(app, "c");
      for (let i = 0; i < ${OBJECTS}; i++) {
        new ApiObject(chart, "o" + i, { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "bridge-" + i, namespace: "default" }, data: { value: "v".repeat(100) + i } });
      }
    });
  }
}
new Group("bench");
`;

const lab = openLab({ name: process.env.PLINTH_BENCH_LAB ?? "bench" });
await lab.up(["pulumi", "kubernetes"]);
const env = { ...process.env, ...(await lab.env()) };
const modules = fileURLToPath(new URL("../node_modules", import.meta.url));

/** One `up` of a program on an empty cluster. @returns its seconds, those of processors, those of the program's processor */
function up(name, program) {
  const dir = mkdtempSync(join(tmpdir(), `plinth-bench-${name}-`));
  symlinkSync(modules, join(dir, "node_modules"));
  writeFileSync(
    join(dir, "Pulumi.yaml"),
    `name: bench-${name}\nruntime: { name: nodejs, options: { typescript: false } }\n`,
  );
  writeFileSync(join(dir, "package.json"), JSON.stringify({ name: "bench", type: "module", main: "index.js" }));
  writeFileSync(join(dir, "index.js"), TELL + program);
  const stdio = ["ignore", "ignore", "inherit"];
  const run = (command, ...args) => execFileSync(command, args, { cwd: dir, env, stdio });
  run("pulumi", "stack", "init", "bench", "--non-interactive");
  // times of the shell: the command with all that it has started and waited for
  const pulumi = "pulumi up --yes --skip-preview --stack bench --non-interactive >log 2>&1";
  run("bash", "-c", `TIMEFORMAT="%R %U %S"; { time ${pulumi}; } 2>times || { cat log >&2; exit 1; }`);
  const [wall, user, system] = readFileSync(join(dir, "times"), "utf8").trim().split(" ").map(Number);
  const ownSeconds = Number(readFileSync(join(dir, "program-seconds"), "utf8"));
  // not `destroy`, which is not measured and takes as long
  run("kubectl", "delete", "configmaps", "--all", "--namespace", "default", "--wait=false");
  run("pulumi", "stack", "rm", "--force", "--yes", "--stack", "bench", "--non-interactive");
  rmSync(dir, { recursive: true, force: true });
  return { wall, processors: user + system, program: ownSeconds };
}

const runs = { plain: [], bridge: [] };
for (let round = 0; round < ROUNDS; round++) {
  const turn = [
    ["plain", PLAIN],
    ["bridge", BRIDGE],
  ];
  for (const [name, program] of round % 2 === 0 ? turn : turn.reverse()) {
    runs[name].push(up(name, program));
    console.log(name, JSON.stringify(runs[name].at(-1)));
  }
}
await lab.down();
const of = (name, part) => median(runs[name].map((run) => run[part]));
// of each round: what slows the machine for a while slows both
const ratio = (part) => median(runs.bridge.map((run, round) => run[part] / runs.plain[round][part])).toFixed(2);
const parts = { wall: "seconds", processors: "seconds of processors, all of pulumi", program: "of these the program" };
table(
  `pulumi up of ${OBJECTS} objects (median of ${ROUNDS} in turn)`,
  ["what", "plain Pulumi", "a chart through the bridge", "of plain, median of rounds (aim: at most 1.05)"],
  Object.entries(parts).map(([part, title]) => [
    title,
    of("plain", part).toFixed(1),
    of("bridge", part).toFixed(1),
    ratio(part),
  ]),
);
