import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { linkReadable } from "./readable.js";
import { filesIn } from "./storage.js";
import { findUnfinished, putRight } from "./unfinished.js";

const dir = mkdtempSync(join(tmpdir(), "plinth-unfinished-"));
const storage = join(dir, ".pulumi");
afterAll(() => rmSync(dir, { recursive: true }));
beforeEach(() => rmSync(storage, { recursive: true, force: true }));

function put(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(storage, name)), { recursive: true });
    writeFileSync(join(storage, name), content);
  }
}

async function found(name = "organization/shop/dev"): Promise<readonly string[]> {
  const files = await findUnfinished(storage, name);
  return files
    .map(({ file, to }) => [file, to].flatMap((each) => each?.slice(storage.length + 1) ?? []).join(" > "))
    .sort();
}

const WHOLE = '{"user.content_type":"application/json","md5":"x"}\n';

describe("of what writes have left", () => {
  test("that ended there is nothing", async () => {
    expect(await found()).toEqual([]);
    put({
      "meta.yaml": "version: 1\n",
      "meta.yaml.attrs": WHOLE,
      "stacks/shop/dev.json": "{}",
      "stacks/shop/dev.json.attrs": WHOLE,
      "stacks/shop/dev.json.bak": "{}",
      "stacks/shop/dev.json.bak.attrs": WHOLE,
      "history/shop/dev/dev-1.history.json": "{}",
      "history/shop/dev/dev-1.history.json.attrs": WHOLE,
      "locks/organization/shop/dev/a.json.attrs": WHOLE,
    });
    expect(await found()).toEqual([]);
  });

  test.each(["", '{"user.content_type":"app'])("attributes that are cut off are found: %j", async (content) => {
    const files = [
      "backups/shop/dev/dev.17.json.attrs",
      "history/shop/dev/dev-1.checkpoint.json.attrs",
      "meta.yaml.attrs",
      "stacks/shop/dev.json.1764000000000000000.attrs",
      "stacks/shop/dev.json.attrs",
      "stacks/shop/dev.json.bak.attrs",
      "stacks/shop/dev.json.gz.attrs",
      "stacks/shop/dev.pulumi-tags.attrs",
    ];
    put(Object.fromEntries(files.map((file) => [file, content])));
    expect(await found()).toEqual(files);
  });

  test("files that never got their name are found, and locks that were never set", async () => {
    put({
      "stacks/shop/dev.json.18c2f6a1b0d3e4f5.tmp": "{}",
      "stacks/shop/dev.json.bak.18c2f6a1b0d3e4f5.tmp": "",
      "history/shop/dev/dev-1.history.json.18c2f6a1b0d3e4f5.tmp": "{",
      "locks/organization/shop/dev/a.json.18c2f6a1b0d3e4f5.tmp": "",
      "locks/organization/shop/dev/b.json.18c2f6a1b0d3e4f5.tmp": '{"pid":1}',
    });
    expect(await found()).toEqual([
      "history/shop/dev/dev-1.history.json.18c2f6a1b0d3e4f5.tmp",
      "locks/organization/shop/dev/a.json.18c2f6a1b0d3e4f5.tmp",
      "stacks/shop/dev.json.18c2f6a1b0d3e4f5.tmp",
      "stacks/shop/dev.json.bak.18c2f6a1b0d3e4f5.tmp",
    ]);
  });

  test("what is another stack's is left alone", async () => {
    put({
      "stacks/shop/dev2.json.attrs": "",
      "stacks/shop/dev.json.json.attrs": "",
      "stacks/shop/my-dev.json.attrs": "",
      "stacks/shop/dev.json.json.18c2f6a1b0d3e4f5.tmp": "",
      "stacks/other/dev.json.attrs": "",
      "history/shop/other/other-1.history.json.attrs": "",
      "locks/organization/shop/other/a.json.1.tmp": "",
    });
    expect(await found()).toEqual([]);
    expect(await found("organization/shop/dev.json")).toHaveLength(2);
  });

  test("in the old layout of a storage it is found, too", async () => {
    put({ "stacks/dev.json.attrs": "", "locks/dev/a.json.1a.tmp": "", "stacks/shop/dev.json.attrs": "" });
    expect(await found("dev")).toEqual(["locks/dev/a.json.1a.tmp", "stacks/dev.json.attrs"]);
  });
});

describe("a checkpoint of which only the copy is there", () => {
  test("belongs in its place where the stack has a lock; without one somebody has removed the stack", async () => {
    put({ "stacks/shop/dev.json.bak": "{}" });
    expect(await found()).toEqual([]);
    put({ "locks/organization/shop/dev/a.json": "{}" });
    expect(await found()).toEqual(["stacks/shop/dev.json.bak > stacks/shop/dev.json"]);
    expect(await found("organization/shop/other")).toEqual([]);
    put({ "stacks/shop/dev.json.gz": "" });
    expect(await found()).toEqual([]);
  });

  test("is the newest copy, and is put in its place without the attributes of what was there", async () => {
    put({
      "stacks/shop/dev.json.bak": "old",
      "stacks/shop/dev.json.gz.bak": "new",
      "stacks/shop/dev.json.gz.attrs": "",
      "locks/organization/shop/dev/a.json": "{}",
    });
    utimesSync(join(storage, "stacks/shop/dev.json.bak"), 1, 1);
    await putRight(await findUnfinished(storage, "organization/shop/dev"));
    expect(readFileSync(join(storage, "stacks/shop/dev.json.gz"), "utf8")).toBe("new");
    expect(existsSync(join(storage, "stacks/shop/dev.json.gz.attrs"))).toBe(false);
    expect(await found()).toEqual([]);
  });
});

test("a storage is read through links, without what stands in the way", async () => {
  put({
    "meta.yaml": "version: 1\n",
    "meta.yaml.attrs": "",
    "stacks/shop/dev.json": "state of dev",
    "stacks/shop/dev.json.attrs": "",
    "stacks/shop/dev.json.1a.tmp": "",
    "stacks/shop/lost.json.bak": "state of lost",
    "stacks/shop/removed.json.bak": "state of removed",
    "locks/organization/shop/lost/a.json": "{}",
  });
  const folder = mkdtempSync(join(dir, "links-"));
  expect(fileURLToPath(await linkReadable(storage, folder))).toBe(folder);
  const read = (name: string) => readFileSync(join(folder, ".pulumi", name), "utf8");
  expect(["meta.yaml", "stacks/shop/dev.json", "stacks/shop/lost.json"].map(read)).toEqual([
    "version: 1\n",
    "state of dev",
    "state of lost",
  ]);
  // links are no files: what is found was written
  expect(await filesIn(folder, "below")).toEqual([]);
  expect(existsSync(join(folder, ".pulumi/stacks/shop/dev.json.attrs"))).toBe(false);
  expect(existsSync(join(folder, ".pulumi/stacks/shop/removed.json"))).toBe(false);
});
