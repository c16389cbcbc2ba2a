import { createHash } from "node:crypto";
import { readdir, readFile, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Environment } from "@plinth/clients";

/** What Pulumi remembers of a project's folder. Source: pulumi/pulumi:pkg/workspace/settings.go. */
interface Settings {
  readonly stack?: string;
  /** By URL of the backend. */
  readonly stacks?: Readonly<Record<string, string>>;
}

/**
 * Name of the stack that is selected in a folder, where Pulumi cannot be asked for it.
 * Source: pulumi/pulumi:pkg/workspace/workspace.go, settingsPath.
 *
 * @param backend URL of the backend
 */
export async function selectedStack(cwd: string, env: Environment, backend: string): Promise<string | undefined> {
  if (env.PULUMI_STACK !== undefined) return env.PULUMI_STACK;
  const folder = join(env.PULUMI_HOME ?? join(env.HOME ?? homedir(), ".pulumi"), "workspaces");
  const names = await readdir(folder).catch(() => []);
  for (const path of await projectFiles(cwd)) {
    const ending = `-${createHash("sha1").update(path).digest("hex")}-workspace.json`;
    const name = names.find((each) => each.endsWith(ending));
    if (name === undefined) continue;
    const { stack, stacks } = JSON.parse(await readFile(join(folder, name), "utf8")) as Settings;
    return stacks?.[backend] ?? stack;
  }
  return undefined;
}

/** Where the project of a folder may be described: there or in a folder above. */
async function projectFiles(cwd: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for (let folder = await realpath(resolve(cwd)); ; folder = dirname(folder)) {
    paths.push(...["yaml", "yml", "json"].map((kind) => join(folder, `Pulumi.${kind}`)));
    if (folder === dirname(folder)) return paths;
  }
}
