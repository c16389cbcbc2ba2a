import { isOutput, isUnresolved } from "@plinth/core";
import * as pulumi from "@pulumi/pulumi";
import { App, Chart, Testing } from "cdk8s";
import { describe, expect, it } from "vitest";
import { OutputTokens } from "./tokens.js";

const output = pulumi.output("x");
const list = pulumi.output(["x"]);
const number = pulumi.output(1);

describe("placeholders", () => {
  it("are of the right type and known as unresolved", () => {
    const tokens = new OutputTokens();
    const all = [tokens.text(output), tokens.number(number), tokens.list(list)];
    expect(all.map((token) => (Array.isArray(token) ? "list" : typeof token))).toEqual(["string", "number", "list"]);
    expect(all.every(isUnresolved)).toBe(true);
    expect(all[2]).toHaveLength(1);
  });

  it("come back as the same Output", () => {
    const tokens = new OutputTokens();
    const [text, other] = [tokens.text(output), tokens.text(pulumi.output("y"))];
    expect(tokens.pieces(text)).toMatchObject([{ form: "text" }]);
    const pieces = tokens.pieces(`a${text}b${other}`) ?? [];
    expect(
      pieces.map((piece) => (typeof piece === "string" ? piece : "output" in piece && piece.output === output)),
    ).toEqual(["a", true, "b", false]);
    expect(tokens.numbered(tokens.number(number))).toMatchObject({ form: "number" });
    expect(tokens.pieces(`http://host:${tokens.number(number)}/`)).toMatchObject([
      "http://host:",
      { form: "number" },
      "/",
    ]);
    expect(tokens.pieces(`host-${tokens.number(number)}`)).toMatchObject(["host-", { form: "number" }]);
  });

  it("of another App, cut or computed with are strange", () => {
    const [tokens, others] = [new OutputTokens(), new OutputTokens()];
    const text = tokens.text(output);
    expect(tokens.pieces(others.text(output))).toMatchObject([{ strange: expect.stringContaining("plinth") }]);
    expect(tokens.pieces(text.slice(3))).toMatchObject([{ strange: text.slice(3) }]);
    expect(tokens.pieces(text.slice(0, -3))).toMatchObject([{ strange: text.slice(0, -3) }]);
    tokens.number(number);
    for (const computed of [tokens.number(number) + 1, tokens.number(number) - 5]) {
      expect(tokens.numbered(computed)).toMatchObject({ strange: String(computed) });
    }
  });

  it("are not seen in plain values", () => {
    const tokens = new OutputTokens();
    tokens.text(output);
    for (const plain of ["", "plinth", "-9007199254740991", "x-9007199"]) expect(tokens.pieces(plain)).toBeUndefined();
    for (const plain of [0, -1, Number.MAX_SAFE_INTEGER]) expect(tokens.numbered(plain)).toBeUndefined();
  });

  it("that did not come back are named", () => {
    const tokens = new OutputTokens();
    tokens.text(output, "args.password");
    const found = tokens.pieces(tokens.text(output))?.[0];
    tokens.list(list);
    expect(tokens.lost(new Set([found as never])).map(({ name }) => name)).toEqual(["args.password", "list 2"]);
  });
});

describe("OutputTokens.of", () => {
  it("finds the App's own, and puts one into an App without", () => {
    const own = new OutputTokens();
    expect(OutputTokens.of(new Chart(new App({ resolvers: [own] }), "c"))).toBe(own);
    const app = Testing.app();
    const put = OutputTokens.of(new Chart(app, "c"));
    expect(OutputTokens.of(app)).toBe(put);
    expect(app.resolvers[0]).toBe(put);
  });
});

it("isOutput knows Outputs and nothing else", () => {
  expect(isOutput(output)).toBe(true);
  for (const other of [null, undefined, "x", {}, Promise.resolve(1), { __pulumiOutput: false }])
    expect(isOutput(other)).toBe(false);
});
