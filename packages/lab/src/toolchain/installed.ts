import { access, constants, realpath } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { messageOf } from "../errors.js";
import { exists } from "../files.js";
import { run } from "../run.js";
import type { ToolPin } from "./pins.js";
import { compareVersions, parseVersion } from "./versions.js";

/** What was found on PATH: a good one, one that will not do and why, or none. */
export type Installed =
  | { readonly state: "good"; readonly folder: string; readonly version: string }
  | { readonly state: "bad"; readonly reason: string }
  | { readonly state: "none" };

/** Looks on PATH for a tool that is as good as the pinned one. */
export async function findInstalled(
  tool: ToolPin,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Installed> {
  const [first] = tool.binaries;
  if (tool.installed === undefined || first === undefined) return { state: "none" };
  const path = await which(first.name, env.PATH ?? "");
  if (path === undefined) return { state: "none" };
  const { args, from, before } = tool.installed;
  let text: string;
  try {
    text = await run(path, args, { env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" }, seconds: 20 });
  } catch (error) {
    return { state: "bad", reason: `${path} does not run (${messageOf(error).split("\n")[0]})` };
  }
  const version = parseVersion(text);
  const [low, high] = [parseVersion(from), parseVersion(before)];
  if (version === undefined || low === undefined || high === undefined) {
    return { state: "bad", reason: `${path} does not say a released version` };
  }
  if (compareVersions(version, low) < 0 || compareVersions(version, high) >= 0) {
    return { state: "bad", reason: `${path} is ${version.join(".")}, wanted is ${from} or newer, below ${before}` };
  }
  // the engine looks for its language hosts beside itself, wherever a link to it lies
  for (const folder of [dirname(await realpath(path)), dirname(path)]) {
    const there = await Promise.all(tool.binaries.map(({ name }) => exists(join(folder, name))));
    if (there.every(Boolean)) return { state: "good", folder, version: version.join(".") };
  }
  return { state: "bad", reason: `${tool.binaries.map(({ name }) => name).join(" and ")} do not lie beside ${path}` };
}

/** The file that a command means; undefined when there is none on PATH. */
export async function which(name: string, path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter)) {
    if (folder === "") continue;
    const candidate = join(folder, name);
    try {
      await access(candidate, constants.X_OK);
      return candidate;
    } catch {
      // not in this folder
    }
  }
  return undefined;
}
