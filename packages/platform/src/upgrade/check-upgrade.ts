import type { Check } from "@plinth/core";
import type { PlatformPlan } from "../plan.js";
import { planUpgrade, type UpgradePlan } from "./plan-upgrade.js";
import { rangesOf } from "./range-changes.js";
import { type PlatformRecord, parseRecord, recordOf } from "./record.js";

/** What a change of a platform is compared with. */
export interface UpgradeProps {
  /** File with the platform as it was applied last, `plinth.platform.json`; written by `plinth upgrade --write`. */
  readonly record: string;
  /**
   * What may happen by this very change: construct paths of releases and namespaces of tenants whose data is lost (`cloud/db`,
   * `tenant-shop`), and ranges of the cluster that change (`network.pod`). @default - nothing
   */
  readonly acknowledge?: readonly string[];
}

/** What a plan has that is remembered. */
export type RememberedPlan = Pick<PlatformPlan, "releases" | "machine"> &
  Partial<Pick<PlatformPlan, "network">> & {
    /** Namespaces of the tenants. @default - none */
    readonly tenants?: readonly string[] | undefined;
  };

/** The record of a platform, as its plan has it. */
export function recordOfPlan({ releases, machine, network, tenants }: RememberedPlan): PlatformRecord {
  return recordOf({ releases, machine, tenants, ranges: network && rangesOf(network) });
}

/**
 * Compares a platform with its record, and refuses what loses data or cannot be applied to what runs.
 *
 * @param read gives the text of a file; undefined when it is not there: then the platform is new
 * @returns undefined when there is nothing to compare with
 */
export function checkUpgrade(
  plan: RememberedPlan,
  { record, acknowledge = [] }: UpgradeProps,
  read: (file: string) => string | undefined,
  check: Check,
): UpgradePlan | undefined {
  const text = read(record);
  const before = text === undefined ? undefined : parseRecord(text, record, check);
  return before && planUpgrade(before, recordOfPlan(plan), acknowledge, check);
}
