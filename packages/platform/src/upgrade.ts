/**
 * What a change does to a platform that runs.
 * @packageDocumentation
 */

export { checkUpgrade, recordOfPlan, type UpgradeProps } from "./upgrade/check-upgrade.js";
export type { NodeChange } from "./upgrade/machine-changes.js";
export { planUpgrade, type ReleaseChange, type UpgradePlan } from "./upgrade/plan-upgrade.js";
export {
  formatRecord,
  PLATFORM_RECORD_FILE,
  type PlatformRecord,
  parseRecord,
  type RecordedRelease,
  recordOf,
} from "./upgrade/record.js";
export { showUpgrade } from "./upgrade/show-upgrade.js";
