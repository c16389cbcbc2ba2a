// Matches upstream Terraform names to the npm SDK's tokens and writes tokens.json.
// usage: node derive-tokens.mjs tf.json sdk.json overrides.json > tokens.json   (a report goes to stderr)
// overrides.json holds what compare.mjs found: names and shapes that the bridge would derive otherwise.
import fs from "node:fs";

const [tf, sdk, overrides] = process.argv.slice(2, 5).map((f) => JSON.parse(fs.readFileSync(f)));

// Terraform's short service names -> Pulumi's modules
const MODULES = { lb: "loadbalancer", fw: "firewall", db: "database" };
const fold = (s) => s.toLowerCase().replace(/[^a-z0-9]/g, "");
const camel = (s) => s.replace(/_(.)/g, (_, c) => c.toUpperCase());

function split(tfName) {
  const m = /^openstack_([a-z0-9]+)_(.+?)(?:_v(\d+))?$/.exec(tfName);
  return { module: MODULES[m[1]] ?? m[1], rest: fold(m[2]), version: m[3] };
}
// similarity of two attribute sets, plural endings ignored
const stem = (s) => fold(s).replace(/ies$/, "y").replace(/s$/, "");
function likeness(attrs, names) {
  const a = new Set(Object.keys(attrs).map(camel).map(stem)),
    b = new Set(names.map(stem));
  b.delete("id");
  a.delete("id");
  const both = [...a].filter((x) => b.has(x)).length;
  return both / (a.size + b.size - both || 1);
}

function match(kind, upstream, tokens, namesOf) {
  const free = new Map(Object.keys(tokens).map((t) => [t, null]));
  const table = {},
    how = {};
  const parsed = Object.fromEntries(
    [...free.keys()].map((tok) => {
      const [, modPath, member] = tok.split(":");
      const plain = kind === "functions" ? member.replace(/^get/, "") : member;
      const v = /^(.*?)V(\d+)$/.exec(plain);
      return [tok, { module: modPath.split("/")[0], rest: fold(v ? v[1] : plain), version: v?.[2] }];
    }),
  );
  const take = (tfName, tok, why) => {
    table[tfName] = tok;
    how[tfName] = why;
    free.delete(tok);
  };
  const rounds = [
    ["name+version", (t, p) => t.module === p.module && t.rest === p.rest && t.version === p.version],
    ["service in the name", (t, p) => p.rest === t.raw && t.version === p.version], // getFwRuleV2, outside a module
    ["name", (t, p) => t.module === p.module && t.rest === p.rest && p.version === undefined],
  ];
  const names = Object.keys(upstream).sort(
    (a, b) => (split(b).version ?? 0) - (split(a).version ?? 0) || (a < b ? -1 : 1),
  ); // newest first
  for (const [why, same] of rounds)
    for (const n of names) {
      if (table[n]) continue;
      const t = { ...split(n), raw: fold(n.replace(/^openstack_/, "").replace(/_v\d+$/, "")) };
      const hits = [...free.keys()].filter((k) => same(t, parsed[k]));
      if (hits.length === 1) take(n, hits[0], why);
    }
  // what is left: the closest attribute set within the module; a mutual best of at least 0.6
  for (;;) {
    const open = names.filter((n) => !table[n]);
    const pairs = open
      .flatMap((n) =>
        [...free.keys()]
          .filter((k) => parsed[k].module === split(n).module)
          .filter((k) => parsed[k].version === undefined || parsed[k].version === split(n).version)
          .map((k) => ({ n, k, s: likeness(upstream[n], namesOf(tokens[k])) })),
      )
      .sort((a, b) => b.s - a.s);
    if (!pairs.length || pairs[0].s < 0.6) break;
    take(pairs[0].n, pairs[0].k, `attributes ${pairs[0].s.toFixed(2)}`);
  }
  for (const n of Object.keys(how).sort())
    if (how[n].startsWith("attr") || how[n].startsWith("service")) console.error(`  ${how[n]}: ${n} -> ${table[n]}`);
  for (const n of names)
    if (table[n] && likeness(upstream[n], namesOf(tokens[table[n]])) < 0.6)
      console.error(`  WEAK ${n} -> ${table[n]} ${likeness(upstream[n], namesOf(tokens[table[n]])).toFixed(2)}`);
  const left = names.filter((n) => !table[n]);
  console.error(
    `${kind}: ${Object.keys(table).length} matched; upstream left: ${left.join(" ") || "none"}; tokens left: ${[...free.keys()].join(" ") || "none"}`,
  );
  return Object.fromEntries(
    Object.keys(table)
      .sort()
      .map((n) => [n, { token: table[n] }]),
  );
}

const out = {
  resources: match("resources", tf.resources, sdk.resources, (r) => Object.keys({ ...r.outputs, ...r.inputs })),
  dataSources: match("functions", tf.dataSources, sdk.functions, (f) => Object.keys({ ...f.args, ...f.results })),
  config: {},
};
// environment defaults of the provider's configuration, as the SDK has them
for (const n of Object.keys(tf.config)) {
  const env = sdk.provider.env[camel(n)];
  if (env) out.config[n] = { env };
}
const missing = Object.keys(sdk.provider.inputs).filter((p) => !Object.keys(tf.config).some((n) => camel(n) === p));
console.error(
  `config: upstream ${Object.keys(tf.config).length}, sdk ${Object.keys(sdk.provider.inputs).length}; sdk names without an upstream one: ${missing.join(" ") || "none"}`,
);
for (const kind of Object.keys(overrides))
  for (const [n, o] of Object.entries(overrides[kind])) Object.assign(out[kind][n], o);
console.log(JSON.stringify(out, null, 1));
