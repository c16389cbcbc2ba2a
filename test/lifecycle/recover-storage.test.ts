import { mkdir, mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { type Lab, openLab } from "@plinth/lab";
import { recover } from "plinth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Project } from "../support/project.js";
import { Stack } from "../support/stack.js";
import { TEST_LAB } from "../support/test-lab.js";

// what a kill at any instant can leave of a file backend: that Pulumi really fails on it, and is well after `recover`

const URN = "urn:pulumi:dev::storage::aws:s3/bucket:Bucket::half-made";

let lab: Lab;
let env: Readonly<Record<string, string>>;
let storage: string;
let project: Project;

beforeAll(async () => {
  lab = openLab({ name: `${TEST_LAB}-storage` });
  expect(await lab.up(["pulumi"])).toMatchObject([{ outcome: "started" }]);
  env = await lab.env();
  storage = join(lab.dir, "pulumi", ".pulumi");
  project = new Project(await mkdtemp(join(tmpdir(), "plinth-storage-")));
  await writeFile(join(project.dir, "Pulumi.yaml"), "name: storage\nruntime: nodejs\n");
});

afterAll(async () => {
  await lab?.reset();
  await project?.remove();
});

/** A stack of which a run was killed while it made something. */
async function interrupted(): Promise<Stack> {
  await rm(storage, { recursive: true, force: true });
  const stack = await Stack.init(project, "dev", env);
  const whole = JSON.parse(await readFile(stacks("dev.json"), "utf8"));
  const resource = { urn: URN, custom: true, type: "aws:s3/bucket:Bucket" };
  whole.checkpoint.latest.pending_operations = [{ type: "creating", resource }];
  await writeFile(stacks("dev.json"), JSON.stringify(whole));
  return stack;
}

/** The lock of a process that has ended. */
async function lock(): Promise<void> {
  const folder = join(storage, "locks/organization/storage/dev");
  await mkdir(folder, { recursive: true });
  const content = { pid: 999_999_999, username: "ada", hostname: hostname(), timestamp: new Date().toISOString() };
  await writeFile(join(folder, "a.json"), JSON.stringify(content));
}

const stacks = (name: string): string => join(storage, "stacks/storage", name);

describe("a file backend that a kill has left", () => {
  it.each([
    [
      "with empty attributes of the checkpoint",
      "failed to load checkpoint: EOF",
      () => truncate(stacks("dev.json.attrs")),
    ],
    [
      "with attributes of the checkpoint that are cut off",
      "unexpected EOF",
      () => truncate(stacks("dev.json.attrs"), 20),
    ],
    [
      "with empty attributes of the tags",
      "failed to read stack tags",
      async () => {
        await writeFile(stacks("dev.pulumi-tags"), '{"version":1,"tags":{"owner":"tests"}}');
        await writeFile(stacks("dev.pulumi-tags.attrs"), "");
      },
    ],
    [
      "with empty attributes of its description",
      'read ".pulumi/meta.yaml": EOF',
      () => truncate(join(storage, "meta.yaml.attrs")),
    ],
    [
      "with a lock that was never set",
      "unexpected end of JSON input",
      async () => {
        await mkdir(join(storage, "locks/organization/storage/dev"), { recursive: true });
        await writeFile(join(storage, "locks/organization/storage/dev/b.json.18c2f6a1b0d3e4f5.tmp"), "");
      },
    ],
    [
      "without the checkpoint, which was to be compressed",
      "no stack named 'dev' found",
      async () => {
        await rename(stacks("dev.json"), stacks("dev.json.bak"));
        await writeFile(stacks("dev.json.gz.18c2f6a1b0d3e4f5.tmp"), "");
      },
    ],
  ])("%s is read by Pulumi again", async (_, says, damage) => {
    const stack = await interrupted();
    await damage();
    const destroy = ["destroy", "--yes", "--skip-preview", "--stack", "dev"];
    await expect(stack.must(destroy)).rejects.toThrow(says);
    await lock();
    const recovery = await recover({ cwd: project.dir, env: stack.env, drop: [URN] });
    expect(recovery).toMatchObject({ done: true, stack: "dev", steps: [{ action: "drop", resource: { urn: URN } }] });
    expect(recovery.files.length).toBeGreaterThan(0);
    await stack.must(destroy);
    expect(await readFile(stacks("dev.json"), "utf8")).not.toContain(URN);
    expect((await listed()).filter((name) => /\.tmp$|locks\/.*\.json$/.test(name))).toEqual([]);
  });
});

it("what a recovery will do is told before anything is changed", async () => {
  const stack = await interrupted();
  await truncate(stacks("dev.json.attrs"));
  await lock();
  const before = await listed();
  const recovery = await recover({ cwd: project.dir, env: stack.env, drop: [URN], confirm: () => false });
  expect(recovery).toMatchObject({
    done: false,
    locks: [{}],
    files: [{ file: stacks("dev.json.attrs") }],
    steps: [{}],
  });
  expect(await listed()).toEqual(before);
});

it("a checkpoint that is cut off itself, as no kill leaves it, is refused with what Pulumi says", async () => {
  const stack = await interrupted();
  await truncate(stacks("dev.json"), 100);
  await expect(recover({ cwd: project.dir, env: stack.env, stack: "dev" })).rejects.toMatchObject({
    code: "PL7011",
    summary: expect.stringContaining("unexpected end of JSON input"),
  });
});

/** All files of the storage. */
async function listed(): Promise<readonly string[]> {
  const entries = await readdir(storage, { withFileTypes: true, recursive: true });
  return entries
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
    .sort();
}
