import { readdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** What a file's attributes are written to, in place. Source: google/go-cloud:blob/fileblob/attrs.go. */
export const ATTRIBUTES = ".attrs";

/**
 * Folder in which a file backend keeps all: `.pulumi` in what its URL names, `file:///path`, `file://~` or `file://.`.
 * Source: pulumi/pulumi:pkg/backend/diy/backend.go, massageBlobPath.
 *
 * @param cwd folder that a relative path begins at
 * @returns `undefined` where the backend does not keep its files on this host
 */
export function storageOf(backend: string | undefined, cwd: string): string | undefined {
  const url = backend?.split("?")[0];
  if (!url?.startsWith("file://")) return undefined;
  const path = url.startsWith("file:///") ? fileURLToPath(url) : url.slice("file://".length).replace(/^~/, homedir());
  return join(resolve(cwd, path), ".pulumi");
}

/**
 * Where the files of a stack lie in a storage. Source: pulumi/pulumi:pkg/backend/diy/store.go.
 *
 * @param qualifiedName fully qualified name, for example `organization/hybrid/dev`; `dev` in the old layout
 */
export function foldersOf(storage: string, qualifiedName: string) {
  const place = qualifiedName.split("/").slice(-2);
  return {
    /** Path of its checkpoint, without `.json` and what follows. */
    checkpoint: join(storage, "stacks", ...place),
    /** Folders of what only this stack has. */
    own: ["history", "backups"].map((kind) => join(storage, kind, ...place)),
    locks: join(storage, "locks", ...qualifiedName.split("/")),
  };
}

/** Paths of the files in a folder. @param depth whether those in folders below are among them */
export async function filesIn(folder: string, depth: "here" | "below" = "here"): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: depth === "below" }).catch(() => []);
  return entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
}

/** Whether a file has the name under which it is written, before it gets its own. Source: google/go-cloud:blob/fileblob/fileblob.go, createTemp. */
export function isTemporary(file: string): boolean {
  return /\.[0-9a-f]+\.tmp$/.test(file);
}

/** Whether a file holds JSON from its begin to its end, or is not there. */
export async function isWhole(file: string): Promise<boolean> {
  try {
    JSON.parse(await readFile(file, "utf8"));
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return true;
    throw error;
  }
}
