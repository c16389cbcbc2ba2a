import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { LabError } from "../errors.js";
import { run } from "../run.js";
import { type Checksum, checksumIn } from "./checksums.js";
import type { BinaryPin, ReleasePin } from "./pins.js";
import type { Platform } from "./platform.js";

/** Seconds without a byte after which a download is given up. */
const STALLED = 30;

/** A file that is not the one that its maker published. */
export class ChecksumError extends LabError {}

/** Where a release is downloaded to. */
export interface Download {
  readonly platform: Platform;
  /** Where the binaries go; made when missing. */
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Downloads the release of a tool, checks it against the checksum published beside it, and puts its binaries into a
 * folder. Nothing is left there when it fails.
 *
 * @throws ChecksumError when the file is not what was published
 * @throws LabError when it cannot be had
 */
export async function downloadRelease(
  binaries: readonly BinaryPin[],
  release: ReleasePin,
  { platform, folder, signal }: Download,
): Promise<void> {
  const url = release.url(platform);
  const file = basename(new URL(url).pathname);
  const checksum = await publishedChecksum(release.checksums(platform), file, signal);
  await mkdir(dirname(folder), { recursive: true });
  const scratch = await mkdtemp(`${folder}.`);
  try {
    const download = join(scratch, file);
    await fetchFile(url, download, checksum, signal);
    if (file.endsWith(".tar.gz")) await run("tar", ["-xzf", download, "-C", scratch], { signal });
    for (const { name } of binaries) await take(scratch, name, folder);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function publishedChecksum(url: string, file: string, signal: AbortSignal | undefined): Promise<Checksum> {
  const response = await get(url, signal);
  const checksum = checksumIn(await response.text(), file);
  if (checksum === undefined) throw new LabError(`${url} holds no checksum of ${file}.`);
  return checksum;
}

async function fetchFile(url: string, path: string, wanted: Checksum, signal: AbortSignal | undefined): Promise<void> {
  const stalled = new AbortController();
  const signals = signal === undefined ? [stalled.signal] : [stalled.signal, signal];
  const response = await get(url, AbortSignal.any(signals));
  if (response.body === null) throw new LabError(`${url} gave nothing.`);
  const hash = createHash(wanted.algorithm);
  const give = () => stalled.abort(new LabError(`${url} gave nothing for ${STALLED} s.`));
  const timer = setTimeout(give, STALLED * 1000);
  try {
    await pipeline(
      Readable.fromWeb(response.body),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          timer.refresh();
          hash.update(chunk);
          yield chunk;
        }
      },
      createWriteStream(path),
    );
  } finally {
    clearTimeout(timer);
  }
  const found = hash.digest("hex");
  if (found === wanted.digest) return;
  throw new ChecksumError(
    `${url} is not what was published: its ${wanted.algorithm} is ${found}, published is ${wanted.digest}.`,
  );
}

async function get(url: string, signal: AbortSignal | undefined): Promise<Response> {
  const response = await fetch(url, signal === undefined ? {} : { signal });
  if (!response.ok) throw new LabError(`${url} answers ${response.status} ${response.statusText}.`);
  return response;
}

async function take(from: string, name: string, folder: string): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const entry = entries.find((found) => found.isFile() && found.name === name);
  if (entry === undefined) throw new LabError(`The release holds no ${name}.`);
  await mkdir(folder, { recursive: true });
  const path = join(entry.parentPath, entry.name);
  await chmod(path, 0o755);
  await rename(path, join(folder, name));
}
