import type { PlinthError } from "@plinth/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PLATFORM_FLUX } from "../flux-rules.js";
import type { JsonObject, Release } from "../release.js";
import { planned, releaseOf } from "./release.fixture.js";
import type { FluxSettings } from "./settings.js";

const codes = (releases: readonly Release[], settings?: FluxSettings): string[] =>
  planned(releases, settings).refusals.map(({ code }) => code);

const refusalsOfValues = (values: JsonObject): readonly PlinthError[] => planned([releaseOf("a", { values })]).refusals;

describe("secrets in values", () => {
  it.each<[string, JsonObject, string]>([
    ["a password", { grafana: { adminPassword: "hunter2" } }, "values.grafana.adminPassword"],
    ["one in a list", { users: [{ name: "a", token: "x" }] }, "values.users[0].token"],
    ["an API key", { "api-key": "x" }, "values.api-key"],
    ["a private key", { tls: { data: "-----BEGIN EC PRIVATE KEY-----\nx" } }, "values.tls.data"],
    ["a password in a URL", { database: { url: "postgres://me:hunter2@db/x" } }, "values.database.url"],
  ])("%s is refused, and not repeated", (_, values, place) => {
    const [refusal, ...others] = refusalsOfValues(values);
    expect(others).toEqual([]);
    expect(refusal).toMatchObject({ code: "PL5050", property: `platform/a: ${place}` });
    expect(refusal?.message).not.toMatch(/hunter2|BEGIN/);
  });

  it.each<[string, JsonObject]>([
    ["references", { passwordSecretRef: { name: "s", key: "password" }, existingSecret: "s", tokenSecretName: "s" }],
    ["an empty default", { password: "" }],
    ["what is no text", { password: null, token: true, privateKey: 3 }],
    ["URLs without a password", { url: "https://user@example.org/a:b@c" }],
    ["a certificate", { ca: "-----BEGIN CERTIFICATE-----\nx" }],
  ])("%s pass", (_, values) => expect(refusalsOfValues(values)).toEqual([]));

  it("is found at any depth", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 6 }), fc.boolean(), (keys, inList) => {
        const leaf: JsonObject = { password: "x" };
        const nested = keys.reduceRight<JsonObject>((below, key) => ({ [key]: inList ? [below] : below }), leaf);
        expect(refusalsOfValues(nested)).toHaveLength(1);
      }),
    );
  });
});

describe("charts", () => {
  it.each(["*", "1.x", ">=1.2.3", "^1.2.3", "1.2", "latest", ""])("the version %j is refused", (version) => {
    const { chart } = releaseOf("a");
    expect(codes([releaseOf("a", { chart: { ...chart, version } })])).toEqual(["PL5051"]);
  });

  it.each(["1.2.3", "v1.21.1", "1.0.0-rc.1", "1.0.0+build.2"])("the version %s passes", (version) => {
    const { chart } = releaseOf("a");
    expect(codes([releaseOf("a", { chart: { ...chart, version } })])).toEqual([]);
  });

  it("one artifact has one digest", () => {
    const chart = { ...releaseOf("a").chart, source: "oci", url: "oci://r.example.org" } as const;
    const digest = (letter: string): Release["chart"] => ({ ...chart, digest: `sha256:${letter.repeat(64)}` });
    expect(codes([releaseOf("a", { chart: digest("a") }), releaseOf("b", { chart: digest("b") })])).toEqual(["PL5052"]);
    expect(codes([releaseOf("a", { chart: digest("a") }), releaseOf("b", { chart })])).toEqual([]);
  });
});

it("values references are names, each place is set once", () => {
  const valuesFrom = [
    { kind: "Secret", name: "s", targetPath: "a.b" },
    { kind: "Secret", name: "t", targetPath: "a.b" },
    { kind: "ConfigMap", name: "Not a name" },
    { kind: "ConfigMap", name: "c", valuesKey: "a/b" },
  ] as const;
  expect(codes([releaseOf("a", { valuesFrom })])).toEqual(["PL5053", "PL5053", "PL5053"]);
});

it.each<[FluxSettings, string]>([
  [{ interval: "1m" }, "PL5054"],
  [{ sourceInterval: "30s" }, "PL5054"],
  [{ retryInterval: "1s" }, "PL5054"],
  [{ timeout: "30s" }, "PL5055"],
  [{ timeout: "a while" }, "PL1007"],
  [{ history: 0 }, "PL5056"],
  [{ driftIgnores: [{ paths: [] }] }, "PL5057"],
  [{ driftIgnores: [{ paths: ["/"] }] }, "PL5057"],
  [{ driftIgnores: [{ paths: ["/metadata/annotations/a~b"] }] }, "PL5057"],
  [{ registries: [{ host: "a" }, { host: "a" }] }, "PL5058"],
  [{ registries: [{ host: "https://a" }] }, "PL5058"],
  [{ registries: [{ host: "a", insecure: true, secretName: "s" }] }, "PL5058"],
  [{ intervall: "5m" } as FluxSettings, "PL1009"],
])("the settings %j are refused", (settings, code) => {
  expect(codes([releaseOf("a")], settings)).toEqual([code]);
});

it("every release that Flux delivers has a chart and every source is used, whatever the charts are", () => {
  const chart = fc.oneof(
    fc.record({
      source: fc.constant("oci" as const),
      url: fc.constantFrom("oci://a.example.org", "oci://a.example.org/b/"),
      chart: fc.constantFrom("x", "y"),
      version: fc.constantFrom("1.0.0", "1.0.1"),
      path: fc.constantFrom("f/x", "/g"),
    }),
    fc.record({
      source: fc.constant("oci" as const),
      url: fc.constantFrom("oci://c.example.org", "oci://c.example.org/d"),
      chart: fc.constantFrom("x", "y"),
      version: fc.constantFrom("1.0.0", "1.0.1"),
    }),
    fc.record({
      source: fc.constant("helm" as const),
      url: fc.constantFrom("https://e.example.org", "https://e.example.org/"),
      chart: fc.constantFrom("x", "y"),
      version: fc.constantFrom("1.0.0", "1.0.1"),
    }),
  );
  fc.assert(
    fc.property(fc.array(chart, { maxLength: 12 }), (charts) => {
      const { plan, refusals } = planned(charts.map((one, i) => releaseOf(`r${i}`, { chart: one })));
      expect(refusals).toEqual([]);
      expect(plan.releases).toHaveLength(charts.length);
      const names = plan.sources.map(({ kind, name }) => `${kind}/${name}`);
      expect(new Set(names).size).toBe(names.length);
      const used = plan.sources.filter((source) =>
        plan.releases.some(({ release, chart: found }) =>
          source.kind === "OCIRepository" && source.folders.size > 0
            ? found.kind === "ExternalArtifact" && source.folders.has(release.name)
            : found.kind === source.kind && found.name === source.name,
        ),
      );
      expect(used).toEqual(plan.sources);
      expect(plan.needsSourceWatcher).toBe(charts.some((one) => "path" in one));
    }),
  );
});

it("codes are those of this file", () => {
  expect(Object.values(PLATFORM_FLUX).every(({ code }) => /^PL505\d$/.test(code))).toBe(true);
});
