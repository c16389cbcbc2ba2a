// Reads the published npm SDK (its .d.ts and .js files) into one plain model:
//   { resources: {token: {inputs, outputs, state, secrets}}, functions: {token: {args, results}},
//     provider: {inputs, env}, configVars: [...] }
// A property is {type, required}; a type is a canonical string, nested objects are expanded.
// usage: node sdk-model.mjs PACKAGE_DIR > sdk.json
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(path.resolve(process.env.TS_DIR ?? ".", "x.js"));
const ts = require("typescript");

const root = path.resolve(process.argv[2]);
const files = [];
(function walk(d) {
  for (const e of fs.readdirSync(d, { withFileTypes: true })) {
    const p = path.join(d, e.name);
    if (e.isDirectory()) walk(p);
    else if (e.name.endsWith(".d.ts")) files.push(p);
  }
})(root);

const parse = (f) => ts.createSourceFile(f, fs.readFileSync(f, "utf8"), ts.ScriptTarget.Latest, true);

// types/input.d.ts and types/output.d.ts: "networking.PortFixedIp" -> interface node
function nestedTypes(f) {
  const out = {};
  (function visit(node, prefix) {
    if (ts.isModuleDeclaration(node)) visit(node.body, `${prefix + node.name.text}.`);
    else if (ts.isInterfaceDeclaration(node)) out[prefix + node.name.text] = node;
    else ts.forEachChild(node, (c) => visit(c, prefix));
  })(parse(f), "");
  return out;
}
const nested = {
  inputs: nestedTypes(path.join(root, "types/input.d.ts")),
  outputs: nestedTypes(path.join(root, "types/output.d.ts")),
};

function typeOf(t) {
  if (!t) return "any";
  if (ts.isParenthesizedTypeNode(t)) return typeOf(t.type);
  if (ts.isUnionTypeNode(t)) {
    const parts = t.types.map(typeOf).filter((x) => x !== "undefined");
    return [...new Set(parts)].sort().join("|");
  }
  if (ts.isArrayTypeNode(t)) return `list(${typeOf(t.elementType)})`;
  if (ts.isTypeLiteralNode(t)) {
    const ix = t.members.find(ts.isIndexSignatureDeclaration);
    return `map(${typeOf(ix.type)})`;
  }
  if (ts.isTypeReferenceNode(t)) {
    const name = t.typeName.getText();
    if (["pulumi.Input", "pulumi.Output", "Promise"].includes(name)) return typeOf(t.typeArguments[0]);
    const m = /^(inputs|outputs)\.(.+)$/.exec(name);
    if (m) return `${m[2]}${objectOf(nested[m[1]][m[2]])}`;
    return name;
  }
  return t.getText();
}
const showProp = ([k, p]) => `${k}${p.required ? "" : "?"}:${p.type}`;
const objectOf = (node) =>
  node
    ? `{${Object.entries(props(node))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(showProp)
        .join(",")}}`
    : "{?}";
function props(node) {
  const out = {};
  for (const m of node.members) {
    if (!ts.isPropertySignature(m) && !ts.isPropertyDeclaration(m)) continue;
    if (m.modifiers?.some((x) => x.kind === ts.SyntaxKind.StaticKeyword)) continue;
    const optionalOutput = /\|\s*undefined\s*>?$/.test(m.type?.getText() ?? "");
    out[m.name.getText()] = { type: typeOf(m.type), required: !m.questionToken && !optionalOutput };
  }
  return out;
}

const model = { resources: {}, functions: {}, provider: {}, configVars: {} };
for (const f of files.sort()) {
  const js = fs.readFileSync(f.replace(/\.d\.ts$/, ".js"), "utf8");
  const src = parse(f);
  const byName = {};
  ts.forEachChild(src, (n) => {
    if (n.name?.text) byName[n.name.text] ??= n;
  });
  const cls = /__pulumiType = '([^']+)'/.exec(js)?.[1];
  if (cls === "openstack") {
    const env = {};
    for (const m of js.matchAll(/args\.(\w+)\s*:\s*undefined\)\) !== null[^;]*?getEnv(\w*)\(([^)]*)\)/g))
      env[m[1]] = m[3].split(",").map((s) => s.trim().replace(/"/g, ""));
    const secrets = /additionalSecretOutputs: (\[[^\]]*\])/.exec(js)?.[1];
    model.provider = {
      inputs: props(byName.ProviderArgs),
      outputs: props(byName.Provider),
      env,
      secrets: JSON.parse(secrets ?? "[]"),
    };
  } else if (cls) {
    const name = cls.split(":")[2];
    const secrets = /additionalSecretOutputs: (\[[^\]]*\])/.exec(js)?.[1];
    const rep = /replaceOnChanges: (\[[^\]]*\])/.exec(js)?.[1];
    const aliases = /aliases: (\[[^\]]*\])/.exec(js)?.[1];
    model.resources[cls] = {
      inputs: props(byName[`${name}Args`]),
      outputs: props(byName[name]),
      state: props(byName[`${name}State`]),
      secrets: JSON.parse(secrets ?? "[]"),
      ...(rep && { replaceOnChanges: rep }),
      ...(aliases && { aliases }),
      deprecated: /\/\*\* @deprecated|console\.warn\|pulumi\.log\.warn/.test(js) || undefined,
      importIds: [
        ...new Set([...fs.readFileSync(f, "utf8").matchAll(/pulumi import (openstack:\S+)/g)].map((m) => m[1])),
      ],
    };
  } else {
    const tok = /runtime\.invoke\("([^"]+)"/.exec(js)?.[1];
    if (tok) {
      const name = tok.split(":")[2];
      const Name = name[0].toUpperCase() + name.slice(1);
      model.functions[tok] = {
        args: byName[`${Name}Args`] ? props(byName[`${Name}Args`]) : {},
        results: props(byName[`${Name}Result`]),
      };
    } else if (/config\/vars\.d\.ts$/.test(f)) {
      ts.forEachChild(src, (n) => {
        if (ts.isVariableStatement(n))
          for (const d of n.declarationList.declarations)
            model.configVars[d.name.text] = { type: typeOf(d.type), required: !/undefined/.test(d.type.getText()) };
      });
    }
  }
}
console.log(JSON.stringify(model, null, 1));
