import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import type { Checkpoint } from "./checkpoint.js";
import { type RecoverOptions, recover } from "./recover.js";
import type { RecoveryPlan } from "./recover-stack.js";
import { describeRecovery } from "./table.js";

const dir = mkdtempSync(join(tmpdir(), "plinth-recover-test-"));
const said = join(dir, "said");
const locks = join(dir, "state", ".pulumi", "locks", "organization", "shop", "dev");
mkdirSync(locks, { recursive: true });
afterAll(() => rmSync(dir, { recursive: true }));

/** Stands in for the `pulumi` command: answers what was prepared, and writes down what it was asked. */
const PULUMI = `#!${process.execPath}
const fs = require("node:fs");
const args = process.argv.slice(2);
fs.appendFileSync(process.env.SAID, args.slice(0, 2).join(" ") + "\\n");
const at = args.indexOf("--file");
if (at > 0) fs.copyFileSync(args[at + 1], process.env.SAID + ".imported");
const answer = JSON.parse(process.env.ANSWERS)[args.slice(0, args[0] === "stack" ? 2 : 1).join(" ")];
const turn = fs.readFileSync(process.env.SAID, "utf8").split("\\n").filter((line) => line === args.slice(0, 2).join(" ")).length - 1;
const given = Array.isArray(answer) ? answer[Math.min(turn, answer.length - 1)] : answer;
if (given?.fail) { console.error(given.fail); process.exit(255); }
console.log(typeof given === "string" ? given : JSON.stringify(given ?? {}));
`;
writeFileSync(join(dir, "pulumi"), PULUMI, { mode: 0o755 });

const STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
const bucket = { urn: "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::b", type: "aws:s3/bucket:Bucket", custom: true };
const NETWORK = "openstack:networking/network:Network";
const network = { urn: `urn:pulumi:dev::shop::${NETWORK}::n`, type: NETWORK, custom: true };
const state = (more: object = {}, time = "2026-11-24T09:39:31Z"): Checkpoint => ({
  version: 3,
  deployment: { manifest: { time }, resources: [{ urn: STACK, type: "pulumi:pulumi:Stack", custom: false }], ...more },
});
const about = {
  backend: { url: `file://${join(dir, "state")}` },
  currentStack: { name: "dev", fullyQualifiedName: "organization/shop/dev" },
};

function run(answers: object, options: Partial<RecoverOptions> = {}, env: Record<string, string> = {}) {
  const PATH = [dir, process.env.PATH].join(delimiter);
  const ANSWERS = JSON.stringify({ about, "stack export": state(), ...answers });
  return recover({ cwd: dir, env: { PATH, SAID: said, ANSWERS, HOME: dir, ...env }, ...options });
}

const asked = (): readonly string[] => readFileSync(said, "utf8").trim().split("\n");

function lock(content: object): string {
  const file = join(locks, "a.json");
  const whole = { pid: 999_999_999, username: "ada", hostname: hostname(), timestamp: new Date().toISOString() };
  writeFileSync(file, JSON.stringify({ ...whole, ...content }));
  return file;
}

beforeEach(() => {
  rmSync(said, { force: true });
  rmSync(`${said}.imported`, { force: true });
  rmSync(join(locks, "a.json"), { force: true });
});

test("where nothing was interrupted nothing is done", async () => {
  expect(await run({})).toMatchObject({ done: false, steps: [], locks: [] });
  expect(asked()).toEqual(["about --json", "stack export", "stack export"]);
});

test("the lock of a dead process is cleared, once somebody has agreed", async () => {
  const file = lock({});
  const confirm = vi.fn((_: RecoveryPlan) => false);
  expect(await run({}, { confirm })).toMatchObject({ done: false });
  expect(describeRecovery(confirm.mock.calls[0]?.[0] as RecoveryPlan)).toMatch(/^unlock {2}dev {2}process 999999999 /);
  expect(existsSync(file)).toBe(true);
  expect(await run({}, { confirm: () => true })).toMatchObject({ done: true });
  expect(existsSync(file)).toBe(false);
});

test("a lock that is held is refused before the state is read", async () => {
  lock({ pid: process.pid });
  await expect(run({})).rejects.toMatchObject({ code: "PL7002" });
  lock({ hostname: "elsewhere" });
  await expect(run({})).rejects.toMatchObject({ code: "PL7003" });
  expect(asked()).toEqual(["about --json", "about --json"]);
});

test("a stack that is not there is refused", async () => {
  await expect(run({ about: { ...about, currentStack: null } })).rejects.toMatchObject({ code: "PL7001" });
  await expect(run({ about: { fail: "error: no stack named 'x'" } }, { stack: "x" })).rejects.toMatchObject({
    code: "PL7001",
    value: "x",
  });
});

test("all that cannot be decided is refused together, and a cloud that cannot be read", async () => {
  const pending_operations = [
    { type: "creating", resource: bucket },
    { type: "creating", resource: { ...bucket, urn: `${bucket.urn}2` } },
  ];
  await expect(run({ "stack export": state({ pending_operations }) })).rejects.toMatchObject({
    errors: [{ code: "PL7006" }, { code: "PL7006" }],
  });
  const cloud = state({ pending_operations: [{ type: "creating", resource: network }] });
  const env = { OS_AUTH_URL: "http://127.0.0.1:1/v3", OS_USERNAME: "u", OS_PASSWORD: "p" };
  await expect(run({ "stack export": cloud }, {}, env)).rejects.toMatchObject({ code: "PL7010" });
  await expect(run({ "stack export": cloud })).rejects.toMatchObject({ code: "PL1102" });
  expect(existsSync(`${said}.imported`)).toBe(false);
});

test("what was decided is imported and read", async () => {
  const pending_operations = [{ type: "creating", resource: bucket }];
  const options = { import: { [bucket.urn]: "b1" } };
  expect(await run({ "stack export": state({ pending_operations }) }, options)).toMatchObject({ done: true });
  expect(asked().slice(-2)).toEqual(["stack import", "refresh --yes"]);
  const imported = JSON.parse(readFileSync(`${said}.imported`, "utf8")) as Checkpoint;
  expect(imported.deployment.pending_operations).toBeUndefined();
  expect(imported.deployment.resources?.[1]).toMatchObject({ urn: bucket.urn, id: "b1" });
});

test("a state that somebody else writes meanwhile is refused", async () => {
  const pending_operations = [{ type: "creating", resource: bucket }];
  const before = state({ pending_operations });
  const after = state({ pending_operations }, "2026-11-24T10:00:00Z");
  const options = { drop: [bucket.urn] };
  await expect(run({ "stack export": [before, after] }, options)).rejects.toMatchObject({ code: "PL7008" });
  await expect(run({ "stack export": [before, before, before, before, after] }, options)).rejects.toMatchObject({
    code: "PL7008",
  });
  expect(asked()).not.toContain("stack import");
});

test("a lock that lies elsewhere is told by Pulumi, and refused", async () => {
  const pending_operations = [{ type: "creating", resource: bucket }];
  const fail = "error: could not import\nthe stack is currently locked by 1 lock(s): created by ada@there";
  const answers = { "stack export": state({ pending_operations }), "stack import": { fail } };
  const s3 = { ...about, backend: { url: "s3://states" } };
  await expect(run({ ...answers, about: s3 }, { drop: [bucket.urn] })).rejects.toMatchObject({ code: "PL7004" });
});
