import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { Check, PlinthReport } from "@plinth/core";
import {
  formatRecord,
  PLATFORM_RECORD_FILE,
  type PlatformRecord,
  parseRecord,
  planUpgrade,
  recordOf,
  showUpgrade,
} from "@plinth/platform/upgrade";
import { defineCommand } from "citty";
import { type DescribedPlatform, describe } from "../describe/describe.js";
import { readConfig } from "./config.js";
import { stop } from "./stop.js";

/** Shows what a change does to a platform that runs, and remembers it once it is applied. */
export const upgrade = defineCommand({
  meta: {
    name: "upgrade",
    description:
      "What applying a platform changes: in place, replaced, reinstalled, tenants, ranges, nodes. With --write: remembers it as applied",
  },
  args: {
    dir: { type: "positional", default: ".", description: "Folder of the Pulumi project" },
    stack: { type: "string", default: "dev", description: "Stack whose configuration is used" },
    config: { type: "string", description: "Further configuration: key=value,key=value" },
    platform: { type: "string", description: "Which platform, by its construct path, where the program has several" },
    record: {
      type: "string",
      default: PLATFORM_RECORD_FILE,
      description: "File with the platform as it was applied last",
    },
    write: { type: "boolean", default: false, description: "Writes the file; commit it" },
  },
  run: async ({ args }) => {
    const dir = resolve(args.dir);
    const { platforms, refusal } = await describe({ dir, stack: args.stack, config: readConfig(args.config) });
    const platform = choose(platforms, args.platform);
    if (typeof platform === "string") return stop(refusal ?? platform);
    const path = resolve(dir, args.record);
    const file = relative(process.cwd(), path);
    const after = recordOf(platform);
    const before = existsSync(path) ? await read(path, file) : undefined;
    for (const line of describeUpgrade(before, after)) console.log(line);
    // what is refused is not applied, so it is not remembered either
    if (refusal !== undefined) return stop(refusal);
    if (!args.write) return;
    await writeFile(path, formatRecord(after));
    console.log(`${file} written: ${Object.keys(after.releases).length} releases`);
  },
});

/** The changes as lines. @param before what was applied last; `undefined` when nothing is remembered */
export function describeUpgrade(before: PlatformRecord | undefined, after: PlatformRecord): string[] {
  if (before === undefined) {
    return [`Nothing is remembered of a platform before: all ${Object.keys(after.releases).length} releases are new.`];
  }
  // whether a loss of data is acknowledged is for the program to say, and to refuse
  return showUpgrade(planUpgrade(before, after, [], new Check("upgrade")));
}

/** The platform that is meant, or why there is none. */
export function choose(platforms: readonly DescribedPlatform[], path: string | undefined): DescribedPlatform | string {
  const paths = platforms.map((platform) => platform.path);
  if (path !== undefined) {
    const found = platforms.find((platform) => platform.path === path);
    return found ?? `There is no platform ${path}${paths.length === 0 ? "" : `, but ${paths.join(", ")}`}`;
  }
  const [first, ...others] = platforms;
  if (first === undefined) return "The program describes no platform";
  return others.length === 0 ? first : `Say which with --platform: ${paths.join(", ")}`;
}

/** @throws PlinthReport when it is no record */
async function read(path: string, file: string): Promise<PlatformRecord | undefined> {
  const check = new Check("upgrade");
  const record = parseRecord(await readFile(path, "utf8"), file, check);
  if (check.refusals.length > 0) throw new PlinthReport(check.refusals);
  return record;
}
