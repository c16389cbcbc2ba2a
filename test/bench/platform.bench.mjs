// The full preset of a platform, from its properties to YAML: Plinth against cdk8s `App.synth`, and as processes against
// `kubectl kustomize` and `helm template` of the same objects where those are there, in one run.
// Usage: node test/bench/platform.bench.mjs [--quick]   (needs the built packages; --quick does each thing once)
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { App, YamlOutputType } from "cdk8s";
import { loadAll } from "js-yaml";
import { inTurn, median, table, time } from "./table.mjs";

const RUNS = process.argv.includes("--quick") ? 1 : 7;
const SELF = fileURLToPath(import.meta.url);

/** A platform on three machines, with Flux there already. */
const PROPS = {
  distribution: "talos",
  network: { nodes: ["192.168.100.0/24"], loadBalancer: ["192.168.100.200-192.168.100.250"] },
  machines: [11, 12, 13].map((host) => ({
    name: `node-${host}`,
    address: `192.168.100.${host}`,
    role: "control-plane",
  })),
  flux: { existing: { namespace: "flux-system" } },
};

const { formatYaml, renderYaml } = await import("@plinth/bridge/chart");
const { Check } = await import("@plinth/core");
const { PlatformChart, planPlatformObjects } = await import("@plinth/platform/chart");

function plan() {
  const check = new Check("cloud");
  const planned = planPlatformObjects(PROPS, check);
  if (!check.passed) throw check.refusals[0];
  return planned.objects;
}

function build(objects, props) {
  const app = new App(props);
  new PlatformChart(app, "cloud", objects);
  return app;
}

if (process.argv.includes("--load")) process.exit();

// the process that is compared with other processes
if (process.argv.includes("--print")) {
  await new Promise((written) => process.stdout.write(renderYaml(build(plan())), written));
  process.exit();
}

const folder = mkdtempSync(join(tmpdir(), "plinth-bench-"));
try {
  const objects = plan();
  const yaml = renderYaml(build(objects));
  const all = loadAll(yaml);
  const outputs = { outdir: join(folder, "synth"), yamlOutputType: YamlOutputType.FILE_PER_APP };
  inProcess(objects, outputs, all.length);
  await asProcesses(yaml, all.length);
} finally {
  rmSync(folder, { recursive: true });
}

function inProcess(objects, outputs, count) {
  const nothing = () => undefined;
  const [planning] = time(RUNS, nothing, plan);
  const [building] = time(RUNS, nothing, () => build(objects));
  const [rendering] = time(RUNS, () => build(objects), renderYaml);
  const [synth] = time(
    RUNS,
    () => build(objects, outputs),
    (app) => app.synth(),
  );
  const ms = (value) => value.toFixed(0);
  table(
    `Full preset, ${objects.flux.releases.length} releases, ${count} objects: processor time, cheapest of ${RUNS}, Node ${process.version}`,
    ["plan ms", "build ms", "renderYaml ms", "App.synth ms", "App.synth / renderYaml", "whole ms"],
    [
      [
        ms(planning),
        ms(building),
        ms(rendering),
        ms(synth),
        (synth / rendering).toFixed(1),
        ms(planning + building + rendering),
      ],
    ],
  );
}

async function asProcesses(yaml, count) {
  const run = (command, args) => execFileSync(command, args, { maxBuffer: 1e8, encoding: "utf8" });
  const compared = [["node: plan, build, render", () => run(process.execPath, [SELF, "--print"])]];
  const kubectl = await find("kubectl");
  if (kubectl !== undefined) {
    writeFileSync(join(folder, "objects.yaml"), yaml);
    writeFileSync(join(folder, "kustomization.yaml"), "resources: [objects.yaml]\n");
    compared.push(["kubectl kustomize, of finished objects", () => run(kubectl, ["kustomize", folder])]);
  }
  const helm = await find("helm");
  if (helm !== undefined) {
    const chart = join(folder, "chart");
    mkdirSync(join(chart, "templates"), { recursive: true });
    writeFileSync(join(chart, "Chart.yaml"), "apiVersion: v2\nname: cloud\nversion: 1.0.0\n");
    writeFileSync(join(chart, "templates", "objects.yaml"), '{{ .Files.Get "objects.yaml" }}\n');
    writeFileSync(join(chart, "objects.yaml"), yaml);
    compared.push(["helm template, of finished objects", () => run(helm, ["template", "cloud", chart])]);
  }
  for (const [name, command] of compared) {
    const made = loadAll(command()).filter((object) => object !== undefined && object !== null);
    if (made.length !== count) throw new Error(`${name}: ${made.length} objects, and ${count} were given`);
  }
  compared.push(["node: its start and what is imported, nothing else", () => run(process.execPath, [SELF, "--load"])]);
  if (kubectl !== undefined) {
    const one = join(folder, "one");
    mkdirSync(one);
    writeFileSync(join(one, "object.yaml"), formatYaml(loadAll(yaml).slice(0, 1)));
    writeFileSync(join(one, "kustomization.yaml"), "resources: [object.yaml]\n");
    compared.push(["kubectl kustomize, of one object", () => run(kubectl, ["kustomize", one])]);
  }
  const seconds = await inTurn(
    compared.map(([, command]) => command),
    RUNS,
  );
  const [own] = seconds.map(median);
  table(
    `The same as a process, from its start to YAML on its output (median of ${RUNS})`,
    ["process", "seconds", "of Plinth's"],
    compared.map(([name], i) => [name, median(seconds[i]).toFixed(2), (median(seconds[i]) / own).toFixed(2)]),
  );
  if (helm === undefined) console.log("\nhelm is not there: not compared");
  if (kubectl === undefined) console.log("\nkubectl is not there: not compared");
}

/** A program: from PATH, else as the lab has it. @returns `undefined` when it is nowhere */
async function find(name) {
  const cache = join((await import("@plinth/lab")).openLab().cache, "bin");
  const folders = (process.env.PATH ?? "").split(delimiter);
  if (existsSync(cache)) {
    const found = readdirSync(cache).find((entry) => entry.startsWith(`${name}-`));
    if (found !== undefined) folders.push(join(cache, found));
  }
  return folders.map((each) => join(each, name)).find((file) => existsSync(file));
}
