import type { Check } from "@plinth/core";
import { checkAcknowledged } from "./check-acknowledged.js";
import { differences } from "./differences.js";
import { machineChanges, type NodeChange } from "./machine-changes.js";
import { type RangeChange, rangeChanges } from "./range-changes.js";
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

/** A change of one tenant. */
export interface TenantChange {
  /** `remove`: it goes with its namespace, and with all volumes and buckets in it. */
  readonly type: "make" | "remove";
  readonly namespace: string;
}

/** What applying a platform does to the one that runs. */
export interface UpgradePlan {
  /** By path; a release that stays as it is has none. */
  readonly releases: readonly ReleaseChange[];
  /** What of the machines changes; each rolls all nodes, or is written to the running ones. */
  readonly nodes: readonly NodeChange[];
  /** Ranges of the cluster that are others. Nothing applies them: see what each needs. */
  readonly ranges: readonly RangeChange[];
  readonly tenants: readonly TenantChange[];
}

/**
 * Compares a platform with the one that runs, and refuses what was not acknowledged: a loss of data (PL5040), and ranges that nothing
 * changes in a cluster that runs (PL5043).
 *
 * @param acknowledged what may happen by this very change: paths of releases, namespaces of tenants, ranges (`network.pod`)
 */
export function planUpgrade(
  before: PlatformRecord,
  after: PlatformRecord,
  acknowledged: readonly string[],
  check: Check,
): UpgradePlan {
  const paths = [...new Set([...Object.keys(before.releases), ...Object.keys(after.releases)])].sort();
  const releases = paths.flatMap((path) => changeOf(before.releases[path], after.releases[path]));
  const ranges = rangeChanges(before.ranges, after.ranges);
  const tenants = tenantChanges(before.tenants, after.tenants);
  const plan = { releases, nodes: machineChanges(before.machine, after.machine), ranges, tenants };
  checkAcknowledged(plan, acknowledged, check);
  return plan;
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

function tenantChanges(before: readonly string[] | undefined, after: readonly string[] = []): TenantChange[] {
  if (before === undefined) return [];
  const made = after.filter((namespace) => !before.includes(namespace));
  const removed = before.filter((namespace) => !after.includes(namespace));
  return [
    ...made.map((namespace) => ({ type: "make", namespace }) as const),
    ...removed.map((namespace) => ({ type: "remove", namespace }) as const),
  ];
}
