import type { Check } from "@plinth/core";
import { UPGRADE } from "../upgrade-rules.js";
import { differences } from "./differences.js";
import { machineChanges, type NodeChange } from "./machine-changes.js";
import type { PlatformRecord, RecordedRelease } from "./record.js";

/** A change of one release. */
export type ReleaseChange =
  /** It was not there. */
  | { readonly type: "install"; readonly path: string }
  /** Helm upgrades it. */
  | { readonly type: "in-place"; readonly path: string; readonly what: readonly string[] }
  /** Helm upgrades it, and Flux replaces the CRDs of the kinds that it owns: objects in a version that is gone are lost. */
  | { readonly type: "replace-crds"; readonly path: string; readonly what: readonly string[] }
  /** Another chart under the same release: what the old one had is deleted, what the new one has is made. */
  | { readonly type: "replace"; readonly path: string; readonly what: readonly string[]; readonly losesData: boolean }
  /** Helm has no way to rename or move a release: it is uninstalled, and installed elsewhere. */
  | { readonly type: "reinstall"; readonly path: string; readonly what: readonly string[]; readonly losesData: boolean }
  /** It goes. */
  | { readonly type: "uninstall"; readonly path: string; readonly losesData: boolean };

/** What applying a platform does to the one that runs. */
export interface UpgradePlan {
  /** By path; a release that stays as it is has none. */
  readonly releases: readonly ReleaseChange[];
  /** What of the machines changes; each rolls all nodes, or is written to the running ones. */
  readonly nodes: readonly NodeChange[];
}

/**
 * Compares a platform with the one that runs, and refuses what loses data and was not acknowledged (PL5040).
 *
 * @param acknowledged paths of releases whose data may be lost by this very change
 */
export function planUpgrade(
  before: PlatformRecord,
  after: PlatformRecord,
  acknowledged: readonly string[],
  check: Check,
): UpgradePlan {
  const paths = [...new Set([...Object.keys(before.releases), ...Object.keys(after.releases)])].sort();
  const releases = paths.flatMap((path) => changeOf(before.releases[path], after.releases[path]));
  checkDataLoss(releases, acknowledged, check);
  return { releases, nodes: machineChanges(before.machine, after.machine) };
}

function changeOf(before: RecordedRelease | undefined, after: RecordedRelease | undefined): ReleaseChange[] {
  if (before === undefined) return after === undefined ? [] : [{ type: "install", path: after.path }];
  const { path, stateful } = before;
  if (after === undefined) return [{ type: "uninstall", path, losesData: stateful }];
  const moved = changed(before, after, ["releaseName", "namespace"]);
  if (moved.length > 0) return [{ type: "reinstall", path, what: moved, losesData: stateful }];
  if (before.chart.chart !== after.chart.chart) {
    const what = [`chart ${before.chart.chart} becomes ${after.chart.chart}`];
    return [{ type: "replace", path, what, losesData: stateful }];
  }
  const [old, next] = [before.chart.version, after.chart.version];
  const version = old === next ? [] : [`version ${old} becomes ${next}`];
  const values = differences(before.values, after.values).map((at) => `values ${at}`);
  const source = changed(before.chart, after.chart, ["url"]);
  const what = [...version, ...source, ...values];
  if (what.length === 0) return [];
  const type = after.installsCrds && version.length > 0 ? "replace-crds" : "in-place";
  return [{ type, path, what }];
}

function changed<T>(before: T, after: T, keys: readonly (keyof T & string)[]): string[] {
  return keys.filter((key) => before[key] !== after[key]).map((key) => `${key} ${before[key]} becomes ${after[key]}`);
}

function checkDataLoss(changes: readonly ReleaseChange[], acknowledged: readonly string[], check: Check): void {
  const losing = changes.filter((change) => "losesData" in change && change.losesData);
  for (const change of losing) {
    if (acknowledged.includes(change.path)) continue;
    const why = "what" in change ? ` (${change.what.join(", ")})` : "";
    check.refuse(UPGRADE.dataLoss, {
      property: "upgrade.acknowledge",
      value: change.path,
      message: `${change.path} keeps data, and this is its ${change.type}${why}`,
      fix: `undo it; or, when its data is saved or not wanted any more, acknowledge: ["${change.path}"] for this one change`,
    });
  }
  for (const path of acknowledged.filter((each) => losing.every((change) => change.path !== each))) {
    check.refuse(UPGRADE.acknowledgement, {
      property: "upgrade.acknowledge",
      value: path,
      message: `${path} loses no data by this change`,
      fix: `take "${path}" out of acknowledge`,
    });
  }
}
