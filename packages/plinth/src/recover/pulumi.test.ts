import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
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

test("where a stack is kept", async () => {
  const currentStack = { name: "dev", fullyQualifiedName: "organization/shop/dev" };
  const about = JSON.stringify({ backend: { url: "file:///state" }, currentStack });
  expect(await pulumi(`echo '${about}'`).place("dev")).toEqual({
    backend: "file:///state",
    name: "dev",
    qualifiedName: "organization/shop/dev",
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
