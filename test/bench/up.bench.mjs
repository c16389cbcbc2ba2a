// `pulumi up` of 500 objects through the bridge, against the same objects as a plain Pulumi program. On the lab.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openLab } from "@plinth/lab";
import { median, table } from "./table.mjs";

const OBJECTS = 500;
const ROUNDS = 3;

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

const lab = openLab({ name: "bench" });
await lab.up(["pulumi", "kubernetes"]);
const env = { ...process.env, ...(await lab.env()) };
const modules = fileURLToPath(new URL("../node_modules", import.meta.url));

/** One `up` of a program on an empty cluster. @returns its seconds */
function up(name, program) {
  const dir = mkdtempSync(join(tmpdir(), `plinth-bench-${name}-`));
  mkdirSync(dir, { recursive: true });
  symlinkSync(modules, join(dir, "node_modules"));
  writeFileSync(
    join(dir, "Pulumi.yaml"),
    `name: bench-${name}\nruntime: { name: nodejs, options: { typescript: false } }\n`,
  );
  writeFileSync(join(dir, "package.json"), JSON.stringify({ name: "bench", type: "module", main: "index.js" }));
  writeFileSync(join(dir, "index.js"), program);
  const pulumi = (...args) =>
    execFileSync("pulumi", [...args, "--non-interactive"], { cwd: dir, env, stdio: ["ignore", "ignore", "inherit"] });
  pulumi("stack", "init", "bench");
  const start = performance.now();
  pulumi("up", "--yes", "--skip-preview", "--stack", "bench");
  const seconds = (performance.now() - start) / 1000;
  pulumi("destroy", "--yes", "--skip-preview", "--remove", "--stack", "bench");
  rmSync(dir, { recursive: true, force: true });
  return seconds;
}

const seconds = { plain: [], bridge: [] };
for (let round = 0; round < ROUNDS; round++) {
  seconds.plain.push(up("plain", PLAIN));
  seconds.bridge.push(up("bridge", BRIDGE));
}
await lab.down();
const [plain, bridge] = [median(seconds.plain), median(seconds.bridge)];
table(
  `pulumi up of ${OBJECTS} objects (median of ${ROUNDS}, seconds)`,
  ["program", "seconds", "of plain"],
  [
    ["plain Pulumi", plain.toFixed(1), "1.00"],
    ["a chart through the bridge", bridge.toFixed(1), `${(bridge / plain).toFixed(2)} (aim: at most 1.05)`],
  ],
);
