// Compares a generated Pulumi schema with the model of the npm SDK (sdk-model.mjs).
// usage: node compare.mjs schema.json sdk.json
import fs from "node:fs";

const [schema, sdk] = process.argv.slice(2, 4).map((f) => JSON.parse(fs.readFileSync(f)));

const short = (tok) => {
  const [, mod, name] = tok.split(":");
  const m = mod.split("/")[0];
  return (m === "index" ? "" : `${m}.`) + name[0].toUpperCase() + name.slice(1);
}; // Node's generator starts type names in upper case
function typeOf(t, mode) {
  if (t.$ref) {
    if (t.$ref === "pulumi.json#/Any") return "any";
    const tok = decodeURIComponent(t.$ref.replace("#/types/", ""));
    return short(tok) + objectOf(schema.types[tok], mode);
  }
  if (t.oneOf) return [...new Set(t.oneOf.map((x) => typeOf(x, mode)))].sort().join("|");
  if (t.type === "array") return `list(${typeOf(t.items, mode)})`;
  if (t.type === "object") return `map(${t.additionalProperties ? typeOf(t.additionalProperties, mode) : "string"})`;
  return t.type === "integer" ? "number" : t.type;
}
function objectOf(o, mode) {
  const req = new Set(
    (mode === "out" ? o.language?.nodejs?.requiredOutputs : o.language?.nodejs?.requiredInputs) ?? o.required ?? [],
  );
  return `{${Object.keys(o.properties)
    .sort()
    .map((k) => `${k}${req.has(k) ? "" : "?"}:${typeOf(o.properties[k], mode)}`)
    .join(",")}}`;
}
const props = (ps, required, mode) =>
  Object.fromEntries(
    Object.entries(ps ?? {}).map(([k, p]) => [
      k,
      { type: typeOf(p, mode), required: (required ?? []).includes(k), secret: !!p.secret },
    ]),
  );

const counts = {};
const say = (kind, text) => {
  counts[kind] = (counts[kind] ?? 0) + 1;
  console.log(`${kind}\t${text}`);
};
// an open "any" against a string is a wider or narrower type, not another name: told apart
const sameType = (a, b) =>
  a === b
    ? "same"
    : a.replaceAll("map(any)", "map(string)") === b.replaceAll("map(any)", "map(string)")
      ? "map-any"
      : a.replaceAll("?:", ":").replaceAll("map(any)", "map(string)") ===
          b.replaceAll("?:", ":").replaceAll("map(any)", "map(string)")
        ? "nested-required"
        : "other";
function diff(where, gen, want) {
  for (const k of new Set([...Object.keys(gen), ...Object.keys(want)])) {
    const g = gen[k],
      w = want[k];
    if (!g) say("NAME-MISSING", `${where}.${k}: ${w.type}`);
    else if (!w) say("NAME-EXTRA", `${where}.${k}: ${g.type}`);
    else {
      const c = sameType(g.type, w.type);
      if (c === "other") say("TYPE", `${where}.${k}: generated ${g.type}, sdk ${w.type}`);
      else if (c !== "same") say(`type:${c}`, `${where}.${k}: generated ${g.type}, sdk ${w.type}`);
      if (g.required !== w.required) say("REQUIRED", `${where}.${k}: generated ${g.required}, sdk ${w.required}`);
    }
  }
}
function tokens(kind, gen, want) {
  for (const t of Object.keys(want)) if (!gen[t]) say("TOKEN-MISSING", `${kind} ${t}`);
  for (const t of Object.keys(gen))
    if (!want[t] && t !== "pulumi:providers:openstack/terraformConfig")
      // of newer bridges
      say("TOKEN-EXTRA", `${kind} ${t}`);
}
tokens("resource", schema.resources, sdk.resources);
tokens("function", schema.functions, sdk.functions);
for (const [tok, r] of Object.entries(schema.resources)) {
  const s = sdk.resources[tok];
  if (!s) continue;
  diff(`${tok} input `, props(r.inputProperties, r.requiredInputs, "in"), s.inputs);
  diff(`${tok} output `, props(r.properties, r.required, "out"), s.outputs);
  diff(`${tok} state `, props(r.stateInputs?.properties, r.stateInputs?.required, "in"), s.state);
  const sec = Object.entries(r.properties)
    .filter(([, p]) => p.secret)
    .map(([k]) => k)
    .sort()
    .join();
  if (sec !== [...s.secrets].sort().join()) say("SECRET", `${tok}: generated [${sec}], sdk [${s.secrets}]`);
}
for (const [tok, f] of Object.entries(schema.functions)) {
  const s = sdk.functions[tok];
  if (!s) continue;
  diff(`${tok} arg `, props(f.inputs?.properties, f.inputs?.required, "in"), s.args);
  diff(`${tok} result `, props(f.outputs?.properties, f.outputs?.required, "out"), s.results);
}
diff(
  "provider input ",
  props(schema.provider.inputProperties, schema.provider.requiredInputs, "in"),
  sdk.provider.inputs,
);
const isString = ([, p]) => p.type === "string"; // the SDK's Provider class has no other outputs
diff(
  "provider output ",
  Object.fromEntries(
    Object.entries(props(schema.provider.properties, schema.provider.required, "out")).filter(isString),
  ),
  Object.fromEntries(Object.entries(sdk.provider.outputs)),
);
const cfg = Object.keys(schema.config?.variables ?? {});
for (const k of Object.keys(sdk.configVars)) if (!cfg.includes(k)) say("CONFIG-MISSING", k);
for (const k of cfg) if (!sdk.configVars[k]) say("CONFIG-EXTRA", k);
for (const [k, p] of Object.entries(schema.provider.inputProperties)) {
  const env = (p.defaultInfo?.environment ?? []).join(),
    want = (sdk.provider.env[k] ?? []).join();
  if (env !== want) say("CONFIG-ENV", `${k}: generated [${env}], sdk [${want}]`);
}
console.error(JSON.stringify(counts));
