import type { Check } from "@plinth/core";
import type { PlatformPlan } from "../plan.js";
import { planUpgrade, type UpgradePlan } from "./plan-upgrade.js";
import { type PlatformRecord, parseRecord, recordOf } from "./record.js";

/** What a change of a platform is compared with. */
export interface UpgradeProps {
  /** File with the platform as it was applied last, `plinth.platform.json`; written by `plinth upgrade --write`. */
  readonly record: string;
  /** Construct paths of releases whose data may be lost by this very change. @default - none */
  readonly acknowledge?: readonly string[];
}

/** The record of a platform, as its plan has it. */
export function recordOfPlan(plan: Pick<PlatformPlan, "releases" | "machine">): PlatformRecord {
  return recordOf(plan.releases, plan.machine);
}

/**
 * Compares a platform with its record, and refuses what loses data.
 *
 * @param read gives the text of a file; undefined when it is not there: then the platform is new
 * @returns undefined when there is nothing to compare with
 */
export function checkUpgrade(
  plan: Pick<PlatformPlan, "releases" | "machine">,
  { record, acknowledge = [] }: UpgradeProps,
  read: (file: string) => string | undefined,
  check: Check,
): UpgradePlan | undefined {
  const text = read(record);
  const before = text === undefined ? undefined : parseRecord(text, record, check);
  return before && planUpgrade(before, recordOfPlan(plan), acknowledge, check);
}
