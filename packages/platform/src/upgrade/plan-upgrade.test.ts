import { Check } from "@plinth/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type MachineProfile, machineProfile } from "../machine/profile.js";
import type { MachineRequirements } from "../machine/requirements.js";
import { planUpgrade } from "./plan-upgrade.js";
import { formatRecord, type PlatformRecord, parseRecord, type RecordedRelease } from "./record.js";
import { showUpgrade } from "./show-upgrade.js";

function release(name: string, changes: Partial<RecordedRelease> = {}): RecordedRelease {
  return {
    path: `platform/${name}`,
    name,
    releaseName: name,
    namespace: `cozy-${name}`,
    chart: { source: "oci", url: "oci://ghcr.io/x", chart: name, version: "1.0.0" },
    values: { replicas: 1 },
    stateful: false,
    installsCrds: false,
    ...changes,
  };
}

const machine = (needs: MachineRequirements = {}): MachineProfile =>
  machineProfile([{ path: "platform/a", machine: needs }], new Check("platform"));

function record(releases: readonly RecordedRelease[], needs?: MachineRequirements): PlatformRecord {
  const byPath = Object.fromEntries(releases.map((each) => [each.path, each]));
  return { version: 1, releases: byPath, machine: machine(needs) };
}

function upgrade(before: PlatformRecord, after: PlatformRecord, acknowledged: readonly string[] = []) {
  const check = new Check("platform");
  const plan = planUpgrade(before, after, acknowledged, check);
  return { lines: showUpgrade(plan), refusals: check.refusals.map(({ code, summary }) => `${code} ${summary}`) };
}

const data = release("db", { stateful: true });

it("says nothing where nothing changes", () => {
  expect(upgrade(record([release("a")]), record([release("a")]))).toEqual({
    lines: ["Nothing changes."],
    refusals: [],
  });
});

it("classifies what it does to each release", () => {
  const chart = (changes: object) => ({ chart: { ...release("x").chart, ...changes } as RecordedRelease["chart"] });
  const before = record([
    ...["values", "version", "gone", "moved", "other"].map((name) => release(name, chart({ chart: name }))),
    release("crds", { installsCrds: true }),
  ]);
  const after = record([
    release("values", { ...chart({ chart: "values" }), values: { replicas: 2, image: { tag: "2" } } }),
    release("version", chart({ chart: "version", version: "1.1.0" })),
    release("moved", { ...chart({ chart: "moved" }), namespace: "elsewhere" }),
    release("other", chart({ chart: "another" })),
    release("crds", { installsCrds: true, ...chart({ chart: "crds", version: "2.0.0" }) }),
    release("new"),
  ]);
  expect(upgrade(before, after)).toEqual({
    lines: [
      "platform/crds is upgraded in place, and the CRDs that it owns are replaced: version 1.0.0 becomes 2.0.0",
      "platform/gone is uninstalled",
      "platform/moved is uninstalled and installed anew: namespace cozy-moved becomes elsewhere",
      "platform/new is installed",
      "platform/other is replaced by another chart: chart other becomes another",
      "platform/values is upgraded in place: values image, values replicas",
      "platform/version is upgraded in place: version 1.0.0 becomes 1.1.0",
    ],
    refusals: [],
  });
});

it.each([
  ["uninstalled", []],
  ["moved", [{ ...data, namespace: "elsewhere" }]],
  ["renamed for Helm", [{ ...data, releaseName: "database" }]],
  ["made of another chart", [{ ...data, chart: { ...data.chart, chart: "other" } }]],
] as const)("refuses that a release with data is %s, unless it is acknowledged by name", (_, after) => {
  const [before, next] = [record([data, release("a")]), record([...after, release("a")])];
  expect(upgrade(before, next).refusals).toEqual([expect.stringMatching(/^PL5040 platform\/db keeps data/)]);
  expect(upgrade(before, next, ["platform/db"]).refusals).toEqual([]);
});

it("refuses an acknowledgement that would wait for the next time", () => {
  expect(upgrade(record([data]), record([data]), ["platform/db"]).refusals).toEqual([
    "PL5041 platform/db loses no data by this change",
  ]);
});

it("takes the word of what runs, not of what is to run, on whether it keeps data", () => {
  const { refusals } = upgrade(record([data]), record([{ ...data, stateful: false, releaseName: "x" }]));
  expect(refusals).toEqual([expect.stringMatching(/^PL5040/)]);
});

it("says which changes roll the nodes", () => {
  const before = record([], { systemExtensions: ["drbd"], sysctls: { a: "1" }, kernelModules: [{ name: "drbd" }] });
  const after = record([], {
    systemExtensions: ["drbd", "zfs"],
    sysctls: { a: "2" },
    kernelModules: [{ name: "drbd", parameters: ["usermode_helper=disabled"] }],
    replacesKubeProxy: true,
  });
  expect(upgrade(before, after).lines).toEqual([
    "extension zfs: all nodes are installed anew, one after the other",
    "module drbd: all nodes reboot, one after the other",
    "sysctl a: running nodes take it",
    "kube-proxy: running nodes take it",
  ]);
});

it("is read as it was written, with its keys in order", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), (values) => {
      const one = record([release("a", { values: JSON.parse(JSON.stringify(values)) })]);
      const check = new Check("platform");
      const read = parseRecord(formatRecord(one), "file", check);
      expect(check.refusals).toEqual([]);
      expect(upgrade(one, read as PlatformRecord).lines).toEqual(["Nothing changes."]);
    }),
  );
});

it.each(["", "null", "[]", '{"version":2}', '{"version":1}', '{"version":1,"releases":[],"machine":{}}'])(
  "refuses %j as a record",
  (text) => {
    const check = new Check("platform");
    expect(parseRecord(text, "plinth.platform.json", check)).toBeUndefined();
    expect(check.refusals.map(({ code }) => code)).toEqual(["PL5042"]);
  },
);
