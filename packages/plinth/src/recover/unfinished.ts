import { rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { lostCheckpoints } from "./lost-checkpoints.js";
import { ATTRIBUTES, filesIn, foldersOf, isTemporary, isWhole } from "./storage.js";

/** A file of a file backend that a write which was killed has left, and that is of no use, in the way, or not in its place. */
export interface UnfinishedFile {
  readonly file: string;
  /** Where it belongs. @default - nowhere: it is removed */
  readonly to?: string;
  /** What is wrong with it. */
  readonly because: string;
}

/**
 * What writes that were killed have left of a stack, and of the storage as a whole where Pulumi reads nothing with it. Asked when
 * nobody holds a lock of the stack.
 *
 * @param qualifiedName fully qualified name, for example `organization/hybrid/dev`
 */
export async function findUnfinished(storage: string, qualifiedName: string): Promise<readonly UnfinishedFile[]> {
  const { checkpoint, own, locks } = foldersOf(storage, qualifiedName);
  const name = basename(checkpoint).replaceAll(".", "\\.");
  const ofStack = new RegExp(
    `^${name}\\.(json(\\.gz|\\.zst)?(\\.bak|\\.\\d+)?|pulumi-tags)(\\.[0-9a-f]+\\.tmp|\\.attrs)$`,
  );
  const files = [
    join(storage, `meta.yaml${ATTRIBUTES}`),
    ...(await filesIn(dirname(checkpoint))).filter((file) => ofStack.test(basename(file))),
    ...(await Promise.all(own.map((folder) => filesIn(folder)))).flat(),
  ];
  const found = files.map(async (file): Promise<UnfinishedFile[]> => {
    if (isTemporary(file)) return [{ file, because: "was being written, and has never got its name" }];
    if (!file.endsWith(ATTRIBUTES) || (await isWhole(file))) return [];
    return [{ file, because: "is cut off: Pulumi cannot read the file beside it; what it says is not needed" }];
  });
  // who sets a lock goes on when the lock has its name, and ends where it cannot get it: under another one nobody holds it
  const unset = (await filesIn(locks)).filter(isTemporary).map(async (file): Promise<UnfinishedFile[]> => {
    if (await isWhole(file)) return [];
    return [{ file, because: "is a lock that was never set, and that Pulumi takes for one" }];
  });
  const lost = (await lostCheckpoints(storage)).filter(({ stack }) => stack === checkpoint);
  return [
    ...(await Promise.all([...found, ...unset])).flat(),
    ...lost.map(({ file, to }) => ({
      file,
      to,
      because: "is the state, which was removed to be written compressed otherwise",
    })),
  ];
}

/** Removes what is of no use, and puts the rest where it belongs. */
export async function putRight(files: readonly UnfinishedFile[]): Promise<void> {
  for (const { file, to } of files) {
    if (to === undefined) await rm(file, { force: true });
    else {
      await rm(`${to}${ATTRIBUTES}`, { force: true });
      await rename(file, to);
    }
  }
}
