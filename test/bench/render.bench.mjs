// Rendering of charts: Plinth against cdk8s `App.synth` and against js-yaml of the same finished objects, in one run.
// Usage: node test/bench/render.bench.mjs [--quick]   (needs the built packages; --quick takes a tenth of the sizes)
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatYaml, renderObjects, renderYaml } from "@plinth/bridge/chart";
import { ApiObject, App, Chart, YamlOutputType } from "cdk8s";
import { dump } from "js-yaml";
import { table, time } from "./table.mjs";

const scale = process.argv.includes("--quick") ? 0.1 : 1;
const RUNS = 3;
/** As Plinth has them: without them js-yaml also looks for parts that are shared, and folds lines. */
const OPTIONS = { lineWidth: -1, noRefs: true };

const CASES = [
  { charts: 500 * scale, objects: 15, synthRuns: 1 },
  { charts: 1000 * scale, objects: 15, synthRuns: 1 },
  { charts: 2000 * scale, objects: 15, synthRuns: 0 }, // App.synth is quadratic in charts: half a minute
  { charts: 1, objects: 5000 * scale, synthRuns: RUNS },
  { charts: 1, objects: 10_000 * scale, synthRuns: RUNS },
];

/** What a chart of an application is made of, in turn. */
const KINDS = [
  (name) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    data: { "app.conf": `name = ${name}\nlevel = info\n`, mode: "yes" },
  }),
  (name) => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [
            {
              name: "main",
              image: `registry.example.org/${name}:1.2.3`,
              env: [{ name: "NAME", value: name }],
              ports: [{ containerPort: 8080, name: "http" }],
              resources: { limits: { cpu: "1", memory: "512Mi" } },
            },
          ],
        },
      },
    },
  }),
  (name) => ({
    apiVersion: "v1",
    kind: "Service",
    spec: { selector: { app: name }, ports: [{ port: 80, targetPort: "http" }] },
  }),
];

function build({ charts, objects }, props) {
  const app = new App(props);
  for (let c = 0; c < charts; c++) {
    const chart = new Chart(app, `chart-${c}`, { namespace: `tenant-${c}`, labels: { tenant: `t${c}` } });
    for (let o = 0; o < objects; o++) {
      const name = `object-${o}`;
      new ApiObject(chart, name, { metadata: { name }, ...KINDS[o % KINDS.length](name) });
    }
  }
  return app;
}

function measure(size) {
  const [building] = time(RUNS, () => size, build);
  const fresh = () => build(size);
  const [collecting, objects] = time(RUNS, fresh, (app) => renderObjects(app));
  const [writing] = time(RUNS, () => objects, formatYaml);
  const [whole, text] = time(RUNS, fresh, (app) => renderYaml(app));
  const [bare, bareText] = time(
    RUNS,
    () => objects,
    (all) => all.map((object) => dump(object, OPTIONS)).join("---\n"),
  );
  const folder = mkdtempSync(join(tmpdir(), "plinth-bench-"));
  const outputs = { outdir: folder, yamlOutputType: YamlOutputType.FILE_PER_APP };
  const [synth] = time(
    size.synthRuns,
    () => build(size, outputs),
    (app) => app.synth(),
  );
  rmSync(folder, { recursive: true });
  if (text !== bareText) throw new Error("Plinth and js-yaml have not written the same");
  return { building, collecting, writing, whole, bare, synth };
}

const ms = (value) => (Number.isFinite(value) ? value.toFixed(0) : "-");
const times = (value) => (Number.isFinite(value) ? `${value.toFixed(1)} x` : "-");
const COLUMNS = [
  ["charts x objects", (size) => `${size.charts} x ${size.objects}`],
  ["build ms", (_, m) => ms(m.building)],
  ["renderObjects ms", (_, m) => ms(m.collecting)],
  ["formatYaml ms", (_, m) => ms(m.writing)],
  ["renderYaml ms", (_, m) => ms(m.whole)],
  ["js-yaml ms", (_, m) => ms(m.bare)],
  ["App.synth ms", (_, m) => ms(m.synth)],
  ["App.synth / renderYaml", (_, m) => times(m.synth / m.whole)],
  ["formatYaml / js-yaml", (_, m) => times(m.writing / m.bare)],
  ["renderYaml / js-yaml", (_, m) => times(m.whole / m.bare)],
  ["renderYaml us an object", (size, m) => ms((m.whole * 1000) / (size.charts * size.objects))],
];

// the first run pays for compilation
measure({ charts: 20, objects: 15, synthRuns: 1 });
const rows = CASES.map((size) => {
  const measured = measure(size);
  return COLUMNS.map(([, cell]) => cell(size, measured));
});
table(
  `Rendering: processor time, cheapest of ${RUNS} runs (App.synth of many charts: of 1), Node ${process.version}`,
  COLUMNS.map(([name]) => name),
  rows,
);
