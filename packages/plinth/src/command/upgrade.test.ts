import type { Release } from "@plinth/platform";
import type { MachineProfile } from "@plinth/platform/machine";
import { type PlatformRecord, recordOfPlan } from "@plinth/platform/upgrade";
import { expect, it } from "vitest";
import { choose, describeUpgrade } from "./upgrade.js";

const machine: MachineProfile = {
  ...{ kernelModules: [], systemExtensions: [], sysctls: {}, kubelet: {}, etcFiles: {}, reasons: {} },
  ...{ deviceOwnershipFromSecurityContext: false, kubeProxy: true },
};
const release: Release = {
  ...{ path: "cloud/db", name: "db", releaseName: "db", namespace: "db", values: {}, valuesFrom: [], dependsOn: [] },
  ...{ provides: [], uses: [], installsCrds: false, stateful: true, privileged: false, level: 0 },
  delivery: "flux",
  phase: "rest",
  chart: { source: "oci", url: "oci://registry.example.com/charts", chart: "db", version: "1.0.0" },
};
const record = (changes: object): PlatformRecord => recordOfPlan({ releases: [{ ...release, ...changes }], machine });

it("tells the classified difference, and says where nothing changes", () => {
  expect(describeUpgrade(record({}), record({}))).toEqual(["Nothing changes."]);
  expect(describeUpgrade(record({}), record({ chart: { ...release.chart, version: "1.1.0" } }))).toEqual([
    "cloud/db is upgraded in place: version 1.0.0 becomes 1.1.0",
  ]);
  expect(describeUpgrade(record({}), record({ namespace: "other" }))).toEqual([
    "cloud/db is uninstalled and installed anew: namespace db becomes other; its data is lost",
  ]);
});

it("says that all is new where nothing is remembered", () => {
  expect(describeUpgrade(undefined, record({}))).toEqual([
    "Nothing is remembered of a platform before: all 1 releases are new.",
  ]);
});

it("takes the one platform that there is, and asks which of several", () => {
  const [one, other] = ["one", "other"].map((path) => ({ path, releases: [], machine }));
  if (one === undefined || other === undefined) throw new Error("two");
  expect(choose([one], undefined)).toBe(one);
  expect(choose([one, other], "other")).toBe(other);
  expect(choose([one, other], undefined)).toBe("Say which with --platform: one, other");
  expect(choose([one], "third")).toBe("There is no platform third, but one");
  expect(choose([], undefined)).toBe("The program describes no platform");
});
