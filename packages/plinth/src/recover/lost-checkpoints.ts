import { stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { ATTRIBUTES, filesIn, foldersOf } from "./storage.js";

/** A checkpoint of which only the copy is there that Pulumi makes before it writes. */
export interface LostCheckpoint {
  readonly file: string;
  /** Where it belongs. */
  readonly to: string;
  /** Path of the stack's checkpoints, without what follows the stack's name. */
  readonly stack: string;
}

/**
 * Where another compression is asked for, Pulumi copies the checkpoint, removes it and only then writes the new one. Killed in
 * between, the stack is gone. A stack that somebody has removed leaves a copy, too, but no lock.
 * Source: pulumi/pulumi:pkg/backend/diy/state.go, saveCheckpoint.
 */
export async function lostCheckpoints(storage: string): Promise<readonly LostCheckpoint[]> {
  const stacks = join(storage, "stacks");
  const files = await filesIn(stacks, "below");
  const copies = files.flatMap((file) => {
    const [, stack] = /^(.+)\.json(\.gz|\.zst)?\.bak$/.exec(file) ?? [];
    return stack === undefined ? [] : [{ file, to: file.slice(0, -".bak".length), stack }];
  });
  const isThere = (stack: string): boolean =>
    ["", ".gz", ".zst"].some((each) => files.includes(`${stack}.json${each}`));
  const isLocked = async (stack: string): Promise<boolean> => {
    const name = relative(stacks, stack);
    const { locks } = foldersOf(storage, name.includes("/") ? `organization/${name}` : name);
    return (await filesIn(locks)).some((file) => !file.endsWith(ATTRIBUTES));
  };
  const newest = new Map<string, LostCheckpoint & { readonly at: number }>();
  for (const copy of copies) {
    if (isThere(copy.stack) || !(await isLocked(copy.stack))) continue;
    const at = (await stat(copy.file)).mtimeMs;
    if (at >= (newest.get(copy.stack)?.at ?? 0)) newest.set(copy.stack, { ...copy, at });
  }
  return [...newest.values()].map(({ at: _, ...copy }) => copy);
}
