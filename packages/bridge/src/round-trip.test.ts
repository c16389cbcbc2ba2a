import * as pulumi from "@pulumi/pulumi";
import { ApiObject, App, Chart } from "cdk8s";
import { Construct } from "constructs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { registerChart } from "./register.js";
import { renderObjects } from "./render.js";
import { CapturedSecret, captureProgram, UNKNOWN } from "./testing.js";
import type { OutputTokens } from "./tokens.js";

class Component extends pulumi.ComponentResource {
  constructor() {
    super("test:index:Component", "comp");
  }
}
class Thing extends pulumi.CustomResource {
  constructor(name: string) {
    super("test:index:Thing", name);
  }
}

/** A leaf of a random object: what the chart is given, and what must be sent. */
type Leaf =
  | { readonly form: "plain"; readonly value: string | number | boolean }
  | { readonly form: "raw" | "secret"; readonly value: string | number | boolean | object }
  | { readonly form: "text" | "secretText"; readonly value: string }
  | { readonly form: "number"; readonly value: number }
  | { readonly form: "list"; readonly value: string[] }
  | { readonly form: "embedded"; readonly value: readonly [string, string, string] }
  | { readonly form: "unknown" };
type Tree = Leaf | { readonly items: readonly Tree[] } | { readonly fields: Readonly<Record<string, Tree>> };

const text = fc.string({ unit: "binary", maxLength: 12 });
const scalar = fc.oneof(
  text,
  fc.double({ noDefaultInfinity: true, noNaN: true }).filter((value) => !Object.is(value, -0)),
  fc.boolean(),
);
const form = <F extends string, V>(name: F, value: fc.Arbitrary<V>) => value.map((of) => ({ form: name, value: of }));
const plainLeaf = form("plain", scalar);
const leaf: fc.Arbitrary<Leaf> = fc.oneof(
  plainLeaf,
  form(
    "raw",
    fc.oneof(scalar, fc.dictionary(fc.string({ minLength: 1, maxLength: 4 }).filter(isKey), scalar, { maxKeys: 2 })),
  ),
  form("secret", scalar),
  form("text", text),
  form("secretText", text),
  form("number", fc.integer()),
  form("list", fc.array(text, { maxLength: 3 })),
  form("embedded", fc.tuple(text, text, text)),
  fc.constant({ form: "unknown" as const }),
);
const key = fc
  .oneof(fc.string({ minLength: 1, maxLength: 8 }), fc.constantFrom("a.b/c", "0", "metadata", "kind"))
  .filter(isKey);
const tree = (of: fc.Arbitrary<Leaf>): fc.Arbitrary<Tree> =>
  fc.letrec<{ node: Tree }>((tie) => ({
    node: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      of,
      fc.record({ items: fc.array(tie("node"), { maxLength: 4 }) }),
      fc.record({ fields: fc.dictionary(key, tie("node"), { maxKeys: 4 }) }),
    ),
  })).node;

/** `__proto__` cannot be a field of a plain object, and Pulumi keeps this key for itself. */
function isKey(text: string): boolean {
  return text !== "__proto__" && text !== "4dabf18193072939515e22adb298388d";
}

interface Sent {
  readonly given: unknown;
  readonly expected: unknown;
}

function build(node: Tree, tokens: OutputTokens, unknown: pulumi.Output<unknown>): Sent {
  if ("items" in node) {
    const items = node.items.map((item) => build(item, tokens, unknown));
    return { given: items.map(({ given }) => given), expected: items.map(({ expected }) => expected) };
  }
  if ("fields" in node) {
    const fields = Object.entries(node.fields).map(([name, field]) => [name, build(field, tokens, unknown)] as const);
    const pick = (which: keyof Sent) => Object.fromEntries(fields.map(([name, sent]) => [name, sent[which]]));
    return { given: pick("given"), expected: pick("expected") };
  }
  switch (node.form) {
    case "plain":
      return { given: node.value, expected: node.value };
    case "raw":
      return { given: pulumi.output(node.value), expected: node.value };
    case "secret":
      return { given: pulumi.secret(node.value), expected: new CapturedSecret(node.value) };
    case "text":
      return { given: tokens.text(pulumi.output(node.value)), expected: node.value };
    case "secretText":
      return { given: tokens.text(pulumi.secret(node.value)), expected: new CapturedSecret(node.value) };
    case "number":
      return { given: tokens.number(pulumi.output(node.value)), expected: node.value };
    case "list":
      return { given: tokens.list(pulumi.output(node.value)), expected: node.value };
    case "embedded": {
      const [before, value, after] = node.value;
      return { given: `${before}${tokens.text(pulumi.output(value))}${after}`, expected: `${before}${value}${after}` };
    }
    case "unknown":
      return { given: unknown, expected: UNKNOWN };
  }
}

const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 4 });

function emit(app: App, name: string, spec: unknown): void {
  const scope = new Construct(new Chart(app, `chart-${name}`), "Default");
  new ApiObject(scope, "Resource", { apiVersion: "example.org/v1", kind: "Thing", metadata: { name }, spec });
}

describe("random trees", () => {
  it("with Outputs in any leaf are sent as they are", async () => {
    await fc.assert(
      fc.asyncProperty(names, fc.infiniteStream(tree(leaf)), async (objects, trees) => {
        const expected: Record<string, unknown> = {};
        const program = await captureProgram(
          () => {
            const { id } = new Thing("thing");
            registerChart(new Component(), (app, tokens) => {
              for (const name of objects) {
                const sent = build({ fields: { root: trees.next().value } }, tokens, id);
                expected[`comp-chart-${name}`] = sent.expected;
                emit(app, name, sent.given);
              }
            });
          },
          { preview: true },
        );
        const sent = program.all("kubernetes:example.org/v1:Thing").map(({ name, inputs }) => [name, inputs.spec]);
        expect(Object.fromEntries(sent)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it("of plain values are rendered as they are", () => {
    fc.assert(
      fc.property(names, fc.infiniteStream(tree(plainLeaf)), (objects, trees) => {
        const app = new App();
        const expected = objects.map((name) => {
          const { given } = build({ fields: { root: trees.next().value } }, undefined as never, undefined as never);
          emit(app, name, given);
          return { apiVersion: "example.org/v1", kind: "Thing", metadata: { name }, spec: given };
        });
        expect(renderObjects(app)).toEqual(expected);
      }),
    );
  });
});
