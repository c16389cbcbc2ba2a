import { type Check, isJsonObject, sortKeys } from "@plinth/core";
import type { MachineProfile } from "../machine/profile.js";
import type { Release } from "../release.js";
import { UPGRADE } from "../upgrade-rules.js";
import type { RecordedRanges } from "./range-changes.js";

/** What is remembered of a release. */
export type RecordedRelease = Pick<
  Release,
  "path" | "name" | "releaseName" | "namespace" | "chart" | "values" | "stateful" | "installsCrds"
>;

/**
 * A platform as it was applied last: what the next one is compared with. It is committed; there is no secret in it, because
 * there is none in the values of a release.
 */
export interface PlatformRecord {
  readonly version: 1;
  /** By path. */
  readonly releases: Readonly<Record<string, RecordedRelease>>;
  readonly machine: MachineProfile;
  /** Ranges of the cluster. @default - not remembered: a record of an earlier Plinth, or a hosted cluster */
  readonly ranges?: RecordedRanges;
  /** Namespaces of the tenants, from the root down. @default - not remembered: a record of an earlier Plinth */
  readonly tenants?: readonly string[];
}

/** What a record is made of. */
export interface RecordedParts {
  readonly releases: readonly Release[];
  readonly machine: MachineProfile;
  readonly ranges?: RecordedRanges | undefined;
  readonly tenants?: readonly string[] | undefined;
}

/** Name of the file in the program's folder. */
export const PLATFORM_RECORD_FILE = "plinth.platform.json";

/** The record of a platform. */
export function recordOf({ releases, machine, ranges, tenants = [] }: RecordedParts): PlatformRecord {
  const kept = releases.map(({ path, name, releaseName, namespace, chart, values, stateful, installsCrds }) => {
    const record = { path, name, releaseName, namespace, chart, values, stateful, installsCrds };
    return [path, record] as const;
  });
  return { version: 1, releases: Object.fromEntries(kept), machine, ...(ranges && { ranges }), tenants };
}

/** A record as text: keys in order, so that a change of it shows what has changed. */
export function formatRecord(record: PlatformRecord): string {
  return `${JSON.stringify(sortKeys(record), undefined, 2)}\n`;
}

/** Reads a record, or refuses it (PL5042). @param file where it was read from, for the message */
export function parseRecord(text: string, file: string, check: Check): PlatformRecord | undefined {
  const refuse = (message: string) => {
    const fix = `take ${file} from version control again`;
    check.refuse(UPGRADE.record, { property: "record", value: file, message, fix });
    return undefined;
  };
  let read: Partial<PlatformRecord> | null;
  try {
    read = JSON.parse(text) as Partial<PlatformRecord> | null;
  } catch (error) {
    return refuse(`${file} is not JSON: ${(error as Error).message}`);
  }
  if (read?.version !== 1)
    return refuse(`${file} has the version ${JSON.stringify(read?.version)}, and 1 is known here`);
  if (!isJsonObject(read.releases) || !isJsonObject(read.machine))
    return refuse(`${file} has no releases or no machine`);
  return read as PlatformRecord;
}
