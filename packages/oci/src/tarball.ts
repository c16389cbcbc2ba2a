import { Buffer } from "node:buffer";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { gunzipSync, gzipSync } from "node:zlib";
import { extract, pack } from "tar-stream";

/** Files by their path in the archive. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/**
 * A `.tar.gz` of files that is the same, byte by byte, whenever and wherever it is made of the same files: names in order,
 * no times, no owners. So its digest changes only when a file does.
 */
export async function tarball(files: Files): Promise<Buffer> {
  const archive = pack();
  const bytes = buffer(archive);
  for (const name of Object.keys(files).sort()) {
    archive.entry({ name, mode: 0o644, mtime: new Date(0) }, Buffer.from(files[name] as string));
  }
  archive.finalize();
  const zipped = gzipSync(await bytes, { level: 9 });
  zipped[9] = 255; // the system that it was made on: unknown
  return zipped;
}

/** The files of a `.tar.gz`, by their path in it; folders and links are left out. */
export async function untar(bytes: Uint8Array): Promise<Record<string, Buffer>> {
  const files: Record<string, Buffer> = {};
  for await (const entry of Readable.from([gunzipSync(bytes)]).pipe(extract())) {
    const content = await buffer(entry);
    if (entry.header.type === "file") files[entry.header.name.replace(/^\.\//, "")] = content;
  }
  return files;
}
