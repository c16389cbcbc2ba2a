import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { Pulumi } from "./pulumi.js";

const dir = mkdtempSync(join(tmpdir(), "plinth-pulumi-"));
afterAll(() => rmSync(dir, { recursive: true }));

/** A command `pulumi` that does what a line of shell says. */
function pulumi(line: string): Pulumi {
  const folder = mkdtempSync(join(dir, "bin-"));
  writeFileSync(join(folder, "pulumi"), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  return new Pulumi(dir, { PATH: [folder, process.env.PATH].join(delimiter) });
}

const currentStack = { name: "dev", fullyQualifiedName: "organization/shop/dev" };
const about = (backend: object, more: object): string => `echo '${JSON.stringify({ backend, ...more })}'`;

test("where a stack is kept", async () => {
  const place = { name: "dev", qualifiedName: "organization/shop/dev" };
  const at = (url: string) => pulumi(about({ url }, { currentStack })).place("dev");
  expect(await at("file:///state")).toEqual({ ...place, storage: "/state/.pulumi" });
  expect(await at("file://.?no_tmp_dir=true")).toEqual({ ...place, storage: join(dir, ".pulumi") });
  expect(await at("file://~/state")).toEqual({ ...place, storage: join(homedir(), "state/.pulumi") });
  expect(await at("https://api.pulumi.com")).toEqual(place);
});

test("a stack that Pulumi cannot read where it is kept is read without what is in the way, until it is imported", async () => {
  const state = mkdtempSync(join(dir, "state-"));
  const whole = about({ url: "file:///elsewhere" }, { currentStack });
  const errors = ["Failed to get information about the current stack: failed to load checkpoint: EOF"];
  const broken = about({ url: `file://${state}` }, { currentStack: null, errors });
  const asked = join(state, "asked");
  const played = pulumi(
    [
      `echo "$1 $2 $PULUMI_BACKEND_URL" >> ${asked}`,
      `case "$1 $2:$PULUMI_BACKEND_URL" in about*:file*) ${whole} ;; about*) ${broken} ;; *) echo '{"version": 3}' ;; esac`,
    ].join("\n"),
  );
  expect(await played.place("dev")).toMatchObject({ name: "dev", storage: join(state, ".pulumi") });
  await played.export("dev");
  await played.import("dev", { version: 3, deployment: { manifest: { time: "" } } });
  const [first, second, third, last] = readFileSync(asked, "utf8").split("\n");
  const url = second?.split(" ")[2] as string;
  expect([first, third, last]).toEqual(["about --json ", `stack export ${url}`, "stack import "]);
  expect(existsSync(fileURLToPath(url))).toBe(true);
  await played.close();
  expect(existsSync(fileURLToPath(url))).toBe(false);
});

test("a stack that Pulumi cannot read for another reason is refused with what it says", async () => {
  const errors = ["Failed to get information about the current stack: incorrect passphrase"];
  await expect(pulumi(about({ url: "https://api" }, { errors })).place("dev")).rejects.toMatchObject({
    code: "PL7011",
    summary: "Pulumi cannot read the stack: incorrect passphrase",
  });
});

test("a stack that is not there, or none, is refused", async () => {
  const refused = { code: "PL7001", path: dir };
  await expect(pulumi("echo no stack named x >&2; exit 255").place("x")).rejects.toMatchObject({
    ...refused,
    value: "x",
  });
  await expect(
    pulumi(`echo '{"backend":{"url":"file:///s"},"currentStack":null}'`).place(undefined),
  ).rejects.toMatchObject(refused);
});

test("a lock that lies elsewhere is told by Pulumi, and refused; any other failure is told as it is", async () => {
  const checkpoint = { version: 3, deployment: { manifest: { time: "" } } };
  const locked = "echo 'error: the stack is currently locked by 1 lock(s)' >&2; exit 255";
  await expect(pulumi(locked).import("dev", checkpoint)).rejects.toMatchObject({ code: "PL7004" });
  await expect(pulumi("echo broken >&2; exit 255").import("dev", checkpoint)).rejects.toThrow(
    "pulumi stack import: exit code 255\nbroken",
  );
});
