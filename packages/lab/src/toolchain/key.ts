import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { BUILD_FLAGS, linkerFlags } from "./flags.js";
import { GO, type Group, type ReleasePin, type ToolPin } from "./pins.js";
import type { Platform } from "./platform.js";

/** The folder of a group: go.mod, go.sum and what of our own is compiled with them. */
export function groupFolder(group: Group): string {
  return fileURLToPath(new URL(`../../toolchain/${group}`, import.meta.url));
}

/**
 * Key of a tool built from Go modules: a digest of all that decides what comes out, so that a build is used again exactly
 * as long as a new one would give the same. Of Go it holds the version that is asked for, not the one that is installed:
 * a patch of Go is no reason to build for half an hour.
 *
 * @returns 12 hexadecimal digits
 */
export async function buildKey(
  tool: ToolPin,
  platform: Platform,
  folderOf: (group: Group) => string = groupFolder,
): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(["build", GO, platform.os, platform.arch, BUILD_FLAGS]));
  for (const binary of tool.binaries) {
    hash.update(JSON.stringify([binary.name, binary.package, linkerFlags(binary), binary.embeds ?? null]));
    for (const file of await sources(folderOf(binary.group))) {
      const content = await readFile(file);
      hash.update(JSON.stringify([relative(folderOf(binary.group), file), content.length])).update(content);
    }
  }
  return hash.digest("hex").slice(0, 12);
}

/** Key of a downloaded tool: a digest of where it came from. */
export function releaseKey(release: ReleasePin, platform: Platform): string {
  return createHash("sha256")
    .update(`release ${release.url(platform)}`)
    .digest("hex")
    .slice(0, 12);
}

/** The files of a group that a build reads, in order; scripts under `tools/` are for its keepers. */
export async function sources(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /^go\.(mod|sum)$|\.(go|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !relative(folder, file).startsWith("tools/"))
    .sort();
}
