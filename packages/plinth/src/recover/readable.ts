import { lutimes, mkdir, stat, symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { lostCheckpoints } from "./lost-checkpoints.js";
import { ATTRIBUTES, filesIn, isTemporary } from "./storage.js";

/**
 * Fills a folder so that Pulumi can read it as a file backend: with links to the checkpoints of a storage, without the files that
 * stand in the way. So a state is read before anything is changed.
 *
 * @returns URL of the folder
 */
export async function linkReadable(storage: string, folder: string): Promise<string> {
  const files = [join(storage, "meta.yaml"), ...(await filesIn(join(storage, "stacks"), "below"))];
  const whole = files
    .filter((file) => !file.endsWith(ATTRIBUTES) && !isTemporary(file))
    .map((file) => ({ file, to: file }));
  for (const { file, to } of [...whole, ...(await lostCheckpoints(storage))]) {
    const times = await stat(file).catch(() => undefined);
    if (times === undefined) continue;
    const link = join(folder, ".pulumi", relative(storage, to));
    await mkdir(dirname(link), { recursive: true });
    await symlink(file, link);
    // of checkpoints that are compressed in several ways Pulumi takes the newest
    await lutimes(link, times.atime, times.mtime);
  }
  return pathToFileURL(folder).href;
}
