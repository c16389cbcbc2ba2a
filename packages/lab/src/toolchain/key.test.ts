import { appendFile, cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { temporaryFolder } from "../test-support.js";
import { buildKey, groupFolder, releaseKey, sources } from "./key.js";
import { TOOLS, type ToolPin } from "./pins.js";

const amd64 = { os: "linux", arch: "amd64" } as const;
const tool: ToolPin = TOOLS.providerKubernetes;
let folder: string;
const key = (pin: ToolPin = tool, platform: Parameters<typeof buildKey>[1] = amd64) =>
  buildKey(pin, platform, () => folder);

beforeEach(async () => {
  folder = await temporaryFolder();
  await cp(groupFolder("pulumi-kubernetes"), folder, { recursive: true });
});

it("is the same for the same content, wherever it lies", async () => {
  expect(await key()).toMatch(/^[0-9a-f]{12}$/);
  expect(await key()).toBe(await buildKey(tool, amd64));
});

it.each(["go.mod", "go.sum", "main.go"])("changes with %s", async (name) => {
  const before = await key();
  await appendFile(join(folder, name), "\n");
  expect(await key()).not.toBe(before);
});

it("changes with a new source, but not with what no build reads", async () => {
  const before = await key();
  await mkdir(join(folder, "tools"));
  await writeFile(join(folder, "tools", "derive.json"), "{}");
  await writeFile(join(folder, "README.md"), "text");
  expect(await key()).toBe(before);
  await writeFile(join(folder, "extra.go"), "package main\n");
  expect(await key()).not.toBe(before);
});

it("changes with platform, stamps and package", async () => {
  const [binary] = tool.binaries;
  if (binary === undefined) throw new Error("no binary");
  const changed = (change: object) => key({ ...tool, binaries: [{ ...binary, ...change }] });
  const keys = [
    await key(),
    await key(tool, { os: "linux", arch: "arm64" }),
    await changed({ stamps: { a: "b" } }),
    await changed({ package: "./cmd" }),
  ];
  expect(new Set(keys).size).toBe(4);
});

it("does not change with what is only an estimate", async () => {
  const binaries = tool.binaries.map((binary) => ({ ...binary, seconds: 1 }));
  expect(await key({ ...tool, binaries })).toBe(await key());
});

it("of a release is another one, and changes with the platform", async () => {
  const { release } = tool;
  if (release === undefined) throw new Error(`${tool.name} has no release`);
  const keys = [await key(), releaseKey(release, amd64), releaseKey(release, { os: "linux", arch: "arm64" })];
  expect(new Set(keys).size).toBe(3);
});

it("reads embedded data too", async () => {
  const files = await sources(groupFolder("pulumi-openstack"));
  const names = files.map((file) => file.slice(groupFolder("pulumi-openstack").length + 1));
  expect(names).toEqual([
    "cmd/pulumi-resource-openstack/main.go",
    "cmd/pulumi-resource-openstack/schema.json",
    "cmd/schemagen/main.go",
    "cmd/tfdump/main.go",
    "go.mod",
    "go.sum",
    "provider.go",
    "tokens.json",
  ]);
});
