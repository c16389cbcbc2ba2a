import { isDeepStrictEqual } from "node:util";
import { compile } from "json-schema-to-typescript";
import { describe, summary } from "./describe.mjs";

const OPTIONS = {
  additionalProperties: false,
  bannerComment: "",
  // a list placeholder has one element whatever the list will hold, so lengths stay out of the types
  ignoreMinAndMaxItems: true,
  style: { printWidth: 120 },
};

/**
 * Readonly TypeScript types of a schema. Each object below it becomes an exported type of its own, named by its path
 * (`NodeGroupSpec`, `NodeGroupSpecCloudInstances` …).
 *
 * @param {object} schema An openAPIV3Schema or JSON Schema of type object. Beside their keywords, `tsType` gives a type
 *   and `doc` a docstring literally.
 * @param {string} name Name of the type.
 * @param {string} prefix What the names of the types below it begin with.
 * @returns {Promise<string>}
 */
export async function types(schema, name, prefix = name) {
  const found = [];
  flatten({ doc: describe(schema), ...schema }, name, prefix, found);
  const sources = [];
  for (const one of found) sources.push(readonly(await compile(one, one.title, OPTIONS)));
  return sources.join("\n");
}

/**
 * Puts into `found` what json-schema-to-typescript is to see, one flat object a type: names, docstrings, and none of
 * the constraints that TypeScript cannot express. `oneOf` and its kin stay wide, but for the choice between properties.
 */
function flatten(schema, name, prefix, found) {
  const type = { title: name, description: schema.doc, type: "object", additionalProperties: false };
  found.push(type);
  const properties = Object.fromEntries(
    Object.entries(schema.properties).map(([key, property]) => {
      const below = { name: prefix + pascal(key), doc: summary(property) || `\`${key}\` of {@link ${name}}.`, found };
      return [key, leaf(property, below)];
    }),
  );
  const choice = exclusive(schema) ?? [];
  type.required = schema.required ?? [];
  type.properties = Object.fromEntries(Object.entries(properties).filter(([key]) => !choice.includes(key)));
  if (choice.length > 0) type.oneOf = choice.map((chosen) => branch(choice, chosen, properties));
}

/** The type of one property; `below` says how an object under it is called and described. */
function leaf(schema, below) {
  const description = schema.doc ?? describe(schema);
  if (schema.tsType !== undefined) return { description, tsType: schema.tsType };
  if (schema.enum !== undefined) return { description, enum: schema.enum };
  if (schema["x-kubernetes-int-or-string"] === true) return { description, tsType: "number | string" };
  if (schema.type === "array") return { description, type: "array", items: leaf({ ...schema.items, doc: "" }, below) };
  if (schema.properties !== undefined) {
    flatten({ ...schema, doc: below.doc }, below.name, below.name, below.found);
    return { description, tsType: below.name };
  }
  if (schema.type !== "object") return { description, type: schema.type };
  if (schema.additionalProperties !== undefined) {
    return { description, type: "object", additionalProperties: leaf(schema.additionalProperties, below) };
  }
  // `object` takes an interface, which an index signature would refuse
  const open = schema["x-kubernetes-preserve-unknown-fields"] === true;
  return { description, tsType: open ? "object" : "Readonly<Record<string, never>>" };
}

/** One side of a choice: the chosen property, and none of the others. */
function branch(choice, chosen, properties) {
  const sides = choice.map((key) => [key, key === chosen ? properties[key] : { tsType: "never" }]);
  return { type: "object", additionalProperties: false, required: [chosen], properties: Object.fromEntries(sides) };
}

/** The properties of which a schema wants exactly one: `oneOf: [{ required: [a], not: { required: [b] } }, …]`. */
function exclusive({ oneOf }) {
  const keys = oneOf?.map((side) => side.required?.[0]);
  const wanted = keys?.map((key) => ({ required: [key], not: { required: keys.filter((other) => other !== key) } }));
  return keys?.length === 2 && isDeepStrictEqual(oneOf, wanted) ? keys : undefined;
}

/** json-schema-to-typescript cannot write `readonly`; its output is regular enough to be completed line by line. */
function readonly(source) {
  // a long choice in a list stands over several lines
  const folded = source.replace(/\(\n((?:\s*\| .*\n)+)\s*\)\[\];/g, (_, sides) => {
    return `(${sides.trim().replace(/^\| /, "").replace(/\n\s*/g, " ")})[];`;
  });
  const lines = folded.split("\n").map((line) => {
    if (/^\s*(\/\*\*|\*)/.test(line)) return line;
    const property = line.replace(/^(\s+)(?=(?:[\w$]+|"[^"]+"|\[k: string\])\??: )/, "$1readonly ");
    const list = property
      .replace(/: (\w+)\[\]\[\];$/, ": readonly (readonly $1[])[];")
      .replace(/: ([^\s[]+|\([^()]*\))\[\];$/, ": readonly $1[];");
    if (list.includes("[]") && !/^[^[]*: readonly ([^[]*|\(readonly \w+\[\]\))\[\];$/.test(list)) {
      throw new Error(`a list that stays mutable: ${line.trim()}`);
    }
    return list;
  });
  return lines.join("\n");
}

/** As json-schema-to-typescript writes the names of types: a letter behind a digit is a capital too. */
function pascal(key) {
  return key
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("")
    .replace(/\d[a-z]/g, (pair) => pair.toUpperCase());
}
