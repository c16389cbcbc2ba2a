import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { run } from "../../run.js";
import { temporaryFolder } from "../../test-support.js";
import { packImages } from "./images.js";

interface Entry {
  readonly Config: string;
  readonly RepoTags: readonly string[];
  readonly Layers: readonly string[];
}

it("packs a program into an image whose digests are those of what is in it", async () => {
  const folder = await temporaryFolder();
  const program = join(folder, "etcd");
  await writeFile(program, "#!/bin/true\n", { mode: 0o755 });
  const image = { reference: "registry.k8s.io/etcd:1", program, path: "usr/local/bin/etcd", entrypoint: ["/etcd"] };
  await packImages([image], join(folder, "a.tar"));
  await packImages([image], join(folder, "again", "b.tar"));
  expect(await readFile(join(folder, "a.tar"))).toEqual(await readFile(join(folder, "again", "b.tar")));

  const out = join(folder, "out");
  await mkdir(out);
  await run("tar", ["-xf", join(folder, "a.tar"), "-C", out]);
  const [entry] = JSON.parse(await readFile(join(out, "manifest.json"), "utf8")) as Entry[];
  expect(entry?.RepoTags).toEqual(["registry.k8s.io/etcd:1"]);
  const config = await readFile(join(out, entry?.Config ?? ""));
  expect(entry?.Config).toBe(`${createHash("sha256").update(config).digest("hex")}.json`);
  const layer = join(out, entry?.Layers[0] ?? "");
  const digest = createHash("sha256")
    .update(await readFile(layer))
    .digest("hex");
  expect(JSON.parse(config.toString())).toMatchObject({
    config: { Entrypoint: ["/etcd"] },
    rootfs: { type: "layers", diff_ids: [`sha256:${digest}`] },
  });
  const list = ["--utc", "-tvf", layer, "./usr/local/bin/etcd"];
  expect(await run("tar", list)).toMatch(/^-rwxr-xr-x 0\/0 +12 1970-01-01/);
});

it("does not take a file that cannot be run", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "etcd"), "text", { mode: 0o644 });
  const image = { reference: "x:1", program: join(folder, "etcd"), path: "etcd" };
  await expect(packImages([image], join(folder, "a.tar"))).rejects.toThrow("is not a program");
});
