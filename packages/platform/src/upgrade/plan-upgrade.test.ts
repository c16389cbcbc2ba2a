import { Check } from "@plinth/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type MachineProfile, machineProfile } from "../machine/profile.js";
import type { MachineRequirements } from "../machine/requirements.js";
import type { PlatformPlan } from "../plan.js";
import { full, minimal, type Preset } from "../presets.js";
import { plan as planned } from "../testing/planned.js";
import { recordOfPlan } from "./check-upgrade.js";
import { planUpgrade } from "./plan-upgrade.js";
import type { RecordedRanges } from "./range-changes.js";
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
    "PL5041 Nothing of platform/db is lost by this change, and no range of that name changes",
  ]);
});

it("takes the word of what runs, not of what is to run, on whether it keeps data", () => {
  const { refusals } = upgrade(record([data]), record([{ ...data, stateful: false, releaseName: "x" }]));
  expect(refusals).toEqual([expect.stringMatching(/^PL5040/)]);
});

const RANGES = {
  pod: "10.244.0.0/16",
  podGateway: "10.244.0.1",
  service: "10.96.0.0/16",
  join: "100.64.0.0/16",
  nodePod: "10.245.0.0/16",
} as const satisfies RecordedRanges;

const withRanges = (ranges?: RecordedRanges): PlatformRecord => ({ ...record([]), ...(ranges && { ranges }) });

it.each([
  ["service", "10.97.0.0/16", RANGES, "it needs a new cluster"],
  ["pod", "10.0.0.0/16", RANGES, "kube-ovn has to be told by hand, then every pod starts anew"],
  ["podGateway", "10.244.255.254", RANGES, "kube-ovn has to be told by hand, then every pod starts anew"],
  ["join", "100.65.0.0/16", RANGES, "kube-ovn has to be told by hand, then every pod starts anew"],
  ["nodePod", "10.246.0.0/16", RANGES, "every node has to join anew"],
  ["pod", "10.0.0.0/16", { pod: RANGES.pod, service: RANGES.service }, "every node has to join anew"],
] as const)(
  "refuses another range %s where it runs, unless it is acknowledged by name",
  (range, text, ranges, needs) => {
    const [before, after] = [withRanges(ranges), withRanges({ ...ranges, [range]: text })];
    const name = `network.${range}`;
    expect(upgrade(before, after)).toEqual({
      lines: [`${name}: ${RANGES[range]} becomes ${text}, ${needs}`],
      refusals: [`PL5043 ${name} ${RANGES[range]} becomes ${text}, which a cluster that runs does not take: ${needs}`],
    });
    expect(upgrade(before, after, [name]).refusals).toEqual([]);
    expect(upgrade(after, after, [name]).refusals).toEqual([expect.stringMatching(/^PL5041/)]);
  },
);

it("compares the ranges that both have: a record of an earlier Plinth has none", () => {
  const nothing = { lines: ["Nothing changes."], refusals: [] };
  expect(upgrade(withRanges(), withRanges(RANGES))).toEqual(nothing);
  expect(upgrade(withRanges(RANGES), withRanges())).toEqual(nothing);
  // kube-ovn comes or goes: its ranges are new, or nobody's
  const { pod, service } = RANGES;
  expect(upgrade(withRanges({ pod, service }), withRanges(RANGES))).toEqual(nothing);
});

it("remembers the ranges that something has", () => {
  const rangesOf = (preset: Preset) => recordOfPlan(planned({ preset }).plan as PlatformPlan).ranges;
  expect(rangesOf(full)).toEqual(RANGES);
  expect(rangesOf(minimal)).toEqual({ pod: RANGES.pod, service: RANGES.service });
  const somewhere = planned({ distribution: "hosted" });
  expect(recordOfPlan(somewhere.plan as PlatformPlan)).not.toHaveProperty("ranges");
});

const withTenants = (...tenants: readonly string[]): PlatformRecord => ({ ...record([]), tenants });

it("refuses that a tenant goes with all in it, unless each is acknowledged by name", () => {
  const [before, after] = [withTenants("tenant-root", "tenant-shop", "tenant-shop-dev"), withTenants("tenant-root")];
  expect(upgrade(before, after)).toEqual({
    lines: [
      "tenant-shop is removed, with all in it; its data is lost",
      "tenant-shop-dev is removed, with all in it; its data is lost",
    ],
    refusals: [
      "PL5040 tenant-shop is removed, with all volumes and buckets in it",
      "PL5040 tenant-shop-dev is removed, with all volumes and buckets in it",
    ],
  });
  expect(upgrade(before, after, ["tenant-shop"]).refusals).toEqual([expect.stringMatching(/^PL5040 tenant-shop-dev/)]);
  expect(upgrade(before, after, ["tenant-shop", "tenant-shop-dev"]).refusals).toEqual([]);
  expect(upgrade(after, before)).toEqual({ lines: ["tenant-shop is made", "tenant-shop-dev is made"], refusals: [] });
});

it("compares tenants with what is remembered of them: in a record of an earlier Plinth there are none", () => {
  const { tenants: _, ...earlier } = withTenants();
  expect(upgrade(earlier, withTenants("tenant-root")).lines).toEqual(["Nothing changes."]);
  expect(upgrade(withTenants("tenant-root"), earlier).refusals).toEqual([expect.stringMatching(/^PL5040 tenant-root/)]);
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
