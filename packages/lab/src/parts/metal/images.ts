import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, link, mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { hasCode } from "../../errors.js";
import { run } from "../../run.js";

/** An image of one static program, as its makers' image is: without a shell, without anything else. */
export interface StaticImage {
  /** For example `registry.k8s.io/etcd:3.6.14-0`. */
  readonly reference: string;
  /** File on this machine. */
  readonly program: string;
  /** Where it lies in the image, for example `usr/local/bin/etcd`. */
  readonly path: string;
  /** @default - none: whoever runs it names the program */
  readonly entrypoint?: readonly string[];
}

/** Owner, times and order that do not depend on where and when it is packed: the same programs are the same image. */
const REPRODUCIBLE = ["--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner", "--format=gnu"];

/**
 * Packs images into one archive as `docker save` writes it, which `ctr images import` reads; without a registry or an engine.
 *
 * @see https://github.com/moby/docker-image-spec
 */
export async function packImages(images: readonly StaticImage[], archive: string): Promise<void> {
  await mkdir(dirname(archive), { recursive: true });
  const stage = await mkdtemp(`${archive}.`);
  try {
    const manifest: object[] = [];
    for (const image of images) manifest.push(await packImage(image, stage));
    await writeFile(join(stage, "manifest.json"), JSON.stringify(manifest));
    await run("tar", [...REPRODUCIBLE, "-cf", archive, "-C", stage, "."]);
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

async function packImage({ reference, program, path, entrypoint }: StaticImage, stage: string): Promise<object> {
  const name = basename(path);
  const tree = `${stage}.${name}`;
  const layer = join(stage, `${name}.tar`);
  try {
    await linkFile(program, join(tree, path));
    await run("tar", [...REPRODUCIBLE, "--mode=a+rX", "-cf", layer, "-C", tree, "."]);
  } finally {
    await rm(tree, { recursive: true, force: true });
  }
  const config = JSON.stringify({
    architecture: "amd64",
    os: "linux",
    config: {
      Env: ["PATH=/usr/local/bin:/usr/bin:/bin"],
      WorkingDir: "/",
      ...(entrypoint === undefined ? {} : { Entrypoint: entrypoint }),
    },
    rootfs: { type: "layers", diff_ids: [`sha256:${await digestOf(layer)}`] },
  });
  const file = `${createHash("sha256").update(config).digest("hex")}.json`;
  await writeFile(join(stage, file), config);
  return { Config: file, RepoTags: [reference], Layers: [basename(layer)] };
}

/** Puts a file into a tree: the same one where that is possible, a copy on another file system. */
export async function linkFile(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  try {
    await link(from, to);
  } catch (error) {
    if (!hasCode(error, "EXDEV")) throw error;
    await copyFile(from, to);
  }
  if (((await stat(to)).mode & 0o111) === 0) throw new Error(`${from} is not a program`);
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
