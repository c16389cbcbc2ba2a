import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import type { Checkpoint } from "./checkpoint.js";
import type { RecoverOptions } from "./recover.js";
import { type RecoveryPlan, recoverStack } from "./recover-stack.js";
import { describeRecovery } from "./table.js";

const dir = mkdtempSync(join(tmpdir(), "plinth-recover-test-"));
const locks = join(dir, "state", ".pulumi", "locks", "organization", "shop", "dev");
mkdirSync(locks, { recursive: true });
afterAll(() => rmSync(dir, { recursive: true }));

const STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
const bucket = { urn: "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::b", type: "aws:s3/bucket:Bucket", custom: true };
const NETWORK = "openstack:networking/network:Network";
const network = { urn: `urn:pulumi:dev::shop::${NETWORK}::n`, type: NETWORK, custom: true };
const creating = (...resources: readonly object[]) => ({
  pending_operations: resources.map((resource) => ({ type: "creating", resource })),
});
const state = (more: object = {}, time = "2026-11-24T09:39:31Z"): Checkpoint => ({
  version: 3,
  deployment: { manifest: { time }, resources: [{ urn: STACK, type: "pulumi:pulumi:Stack", custom: false }], ...more },
});
/** Plays Pulumi: exports one state after the other, and remembers what it was asked. */
function played(exports: readonly Checkpoint[]) {
  const asked: string[] = [];
  let imported: Checkpoint | undefined;
  return {
    asked,
    imported: () => imported,
    place: async () => ({
      name: "dev",
      qualifiedName: "organization/shop/dev",
      storage: join(dir, "state", ".pulumi"),
    }),
    export: async () => {
      asked.push("export");
      return structuredClone(exports[Math.min(asked.length, exports.length) - 1] as Checkpoint);
    },
    import: async (_: string, checkpoint: Checkpoint) => {
      asked.push("import");
      imported = checkpoint;
    },
    refresh: async (_: string, urns: readonly string[]) => {
      asked.push(`refresh ${urns.join(" ")}`);
    },
  };
}

function run(
  pulumi: ReturnType<typeof played>,
  options: Partial<RecoverOptions> = {},
  env: Record<string, string> = {},
) {
  return recoverStack({ cwd: dir, env: { HOME: dir, ...env }, ...options }, pulumi);
}

function lock(content: object): string {
  const file = join(locks, "a.json");
  const whole = { pid: 999_999_999, username: "ada", hostname: hostname(), timestamp: new Date().toISOString() };
  writeFileSync(file, JSON.stringify({ ...whole, ...content }));
  return file;
}

beforeEach(() => rmSync(join(locks, "a.json"), { force: true }));

test("where nothing was interrupted nothing is done", async () => {
  const pulumi = played([state()]);
  expect(await run(pulumi)).toMatchObject({ done: false, steps: [], locks: [] });
  expect(pulumi.asked).toEqual(["export", "export"]);
});

test("the lock of a dead process is cleared, once somebody has agreed", async () => {
  const file = lock({});
  const confirm = vi.fn((_: RecoveryPlan) => false);
  expect(await run(played([state()]), { confirm })).toMatchObject({ done: false });
  expect(describeRecovery(confirm.mock.calls[0]?.[0] as RecoveryPlan)).toMatch(/^unlock {2}dev {2}process 999999999 /);
  expect(existsSync(file)).toBe(true);
  expect(await run(played([state()]), { confirm: () => true })).toMatchObject({ done: true });
  expect(existsSync(file)).toBe(false);
});

test("a lock that is held is refused before the state is read", async () => {
  const pulumi = played([state()]);
  lock({ pid: process.pid });
  await expect(run(pulumi)).rejects.toMatchObject({ code: "PL7002" });
  lock({ hostname: "elsewhere" });
  await expect(run(pulumi)).rejects.toMatchObject({ code: "PL7003" });
  expect(pulumi.asked).toEqual([]);
});

test("what was half written is put right, once somebody has agreed and nobody holds the lock", async () => {
  const stacks = join(dir, "state", ".pulumi", "stacks", "shop");
  mkdirSync(stacks, { recursive: true });
  const attributes = join(stacks, "dev.json.attrs");
  writeFileSync(attributes, "");
  lock({ pid: process.pid });
  await expect(run(played([state()]))).rejects.toMatchObject({ code: "PL7002" });
  lock({});
  const confirm = vi.fn((_: RecoveryPlan) => false);
  expect(await run(played([state()]), { confirm })).toMatchObject({ done: false, files: [{ file: attributes }] });
  expect(describeRecovery(confirm.mock.calls[0]?.[0] as RecoveryPlan)).toMatch(
    /^remove {2}\.pulumi\/stacks\/shop\/dev\.json\.attrs +is cut off/m,
  );
  expect(existsSync(attributes)).toBe(true);
  expect(await run(played([state()]))).toMatchObject({ done: true, locks: [{}], files: [{ file: attributes }] });
  expect(existsSync(attributes)).toBe(false);
  // without a lock, too
  writeFileSync(attributes, "{");
  expect(await run(played([state()]))).toMatchObject({ done: true, locks: [], files: [{ file: attributes }] });
  expect(existsSync(attributes)).toBe(false);
});

test("all that cannot be decided is refused together, and a cloud that cannot be read", async () => {
  const both = played([state(creating(bucket, { ...bucket, urn: `${bucket.urn}2` }))]);
  await expect(run(both)).rejects.toMatchObject({ errors: [{ code: "PL7006" }, { code: "PL7006" }] });
  const cloud = played([state(creating(network))]);
  const env = { OS_AUTH_URL: "http://127.0.0.1:1/v3", OS_USERNAME: "u", OS_PASSWORD: "p" };
  await expect(run(cloud, {}, env)).rejects.toMatchObject({ code: "PL7010", path: "Network n" });
  await expect(run(cloud)).rejects.toMatchObject({ code: "PL1102" });
  expect([both.imported(), cloud.imported()]).toEqual([undefined, undefined]);
});

test("what was decided is imported and read", async () => {
  const pulumi = played([state(creating(bucket))]);
  expect(await run(pulumi, { import: { [bucket.urn]: "b1" } })).toMatchObject({ done: true });
  expect(pulumi.asked).toEqual(["export", "export", "export", "import", `refresh ${bucket.urn}`]);
  const { deployment } = pulumi.imported() as Checkpoint;
  expect(deployment.pending_operations).toBeUndefined();
  expect(deployment.resources?.[1]).toMatchObject({ urn: bucket.urn, id: "b1" });
});

test("a state that somebody else writes meanwhile is refused", async () => {
  const before = state(creating(bucket));
  const after = state(creating(bucket), "2026-11-24T10:00:00Z");
  for (const exports of [
    [before, after],
    [before, before, after],
  ]) {
    const pulumi = played(exports);
    await expect(run(pulumi, { drop: [bucket.urn] })).rejects.toMatchObject({ code: "PL7008" });
    expect(pulumi.imported()).toBeUndefined();
  }
});
