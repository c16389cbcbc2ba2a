import { messageOf } from "../errors.js";
import { run } from "../run.js";
import { GO } from "./pins.js";
import { compareVersions, parseVersion } from "./versions.js";

const REMEDY = `install Go ${GO} or newer (https://go.dev/dl) and put its bin folder on PATH, or allow downloads from github.com and dl.k8s.io`;

/** Why nothing can be built on this machine, with the remedy; undefined when it can. */
export async function goProblem(env: Readonly<Record<string, string | undefined>>): Promise<string | undefined> {
  let text: string;
  try {
    text = await run("go", ["env", "GOVERSION"], { env: { ...env, GOTOOLCHAIN: "local" }, seconds: 20 });
  } catch (error) {
    return `Go does not run (${messageOf(error).split("\n")[0]}): ${REMEDY}`;
  }
  const version = parseVersion(text);
  const wanted = parseVersion(GO);
  if (version !== undefined && wanted !== undefined && compareVersions(version, wanted) >= 0) return undefined;
  return `Go is ${text.trim()}, older than ${GO}: ${REMEDY}`;
}
