/**
 * What a change does to a platform that runs.
 * @packageDocumentation
 */

export { checkUpgrade, type RememberedPlan, recordOfPlan, type UpgradeProps } from "./upgrade/check-upgrade.js";
export type { NodeChange } from "./upgrade/machine-changes.js";
export { planUpgrade, type ReleaseChange, type TenantChange, type UpgradePlan } from "./upgrade/plan-upgrade.js";
export {
  type RangeChange,
  type RangeName,
  type RangeNeeds,
  type RecordedRanges,
  rangesOf,
} from "./upgrade/range-changes.js";
export {
  formatRecord,
  PLATFORM_RECORD_FILE,
  type PlatformRecord,
  parseRecord,
  type RecordedParts,
  type RecordedRelease,
  recordOf,
} from "./upgrade/record.js";
export { showUpgrade } from "./upgrade/show-upgrade.js";
