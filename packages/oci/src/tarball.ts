import { Buffer } from "node:buffer";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";

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
