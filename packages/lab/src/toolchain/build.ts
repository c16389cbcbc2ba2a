import { copyFile, cp, mkdir, rename, rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { LabError } from "../errors.js";
import { run } from "../run.js";
import { BUILD_FLAGS, linkerFlags } from "./flags.js";
import { groupFolder, sources } from "./key.js";
import type { BinaryPin } from "./pins.js";

/** What one build needs to know. */
export interface Build {
  readonly binary: BinaryPin;
  /** Where the binary goes. */
  readonly output: string;
  /** The cache of the lab; the compiler's own lies in it. */
  readonly cache: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

/** Where the compiler keeps what it has compiled: what makes a broken-off build go on where it was. */
export function compilerCache(cache: string): string {
  return join(cache, "go-build");
}

/**
 * Builds a binary from its pinned Go modules; each is verified against our go.sum. Broken off, the next one goes on.
 *
 * @throws LabError when it cannot be built, with what Go said
 */
export async function buildBinary({ binary, output, cache, env, signal }: Build): Promise<void> {
  // in a copy: Go completes go.mod and go.sum while it builds
  const scratch = join(cache, "build", binary.group, binary.name);
  await rm(scratch, { recursive: true, force: true });
  for (const file of await sources(groupFolder(binary.group))) {
    await cp(file, join(scratch, relative(groupFolder(binary.group), file)));
  }
  const options = { cwd: scratch, env: { ...env, ...BUILD_FLAGS, GOCACHE: compilerCache(cache) }, signal };
  if (binary.embeds !== undefined) {
    const { module, folder, files } = binary.embeds;
    const found = JSON.parse(await run("go", ["mod", "download", "-json", module], options)) as { Dir?: string };
    if (found.Dir === undefined) throw new LabError(`Go did not say where ${module} is.`);
    for (const file of files) await copyFile(join(found.Dir, folder, file), join(scratch, file));
  }
  const draft = join(scratch, "out", binary.name);
  await run("go", ["build", "-buildvcs=false", "-ldflags", linkerFlags(binary), "-o", draft, binary.package], options);
  await mkdir(dirname(output), { recursive: true });
  await rename(draft, output);
  await rm(scratch, { recursive: true, force: true });
}
