import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { Cidr } from "./address.js";
import { lockAddresses, parseAddressLock, pinAddresses } from "./address-lock.js";
import { Check } from "./check.js";
import { PlinthReport } from "./errors.js";
import { Program } from "./program.js";
import { CORE } from "./rules.js";

let file: string;
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), "plinth-lock-")), "plinth.lock.json");
});

/** A program that asks for blocks in this order. */
function run(...names: readonly string[]): { program: Program; blocks: Record<string, string> } {
  const program = Program.of({});
  pinAddresses(program, file);
  program.pool({ name: "tenants", cidrs: [Cidr.parse("10.64.0.0/12") as Cidr] });
  const place = (name: string) => program.allocate({ owner: name, name: "pods", pool: "tenants", prefix: 20 });
  return { program, blocks: Object.fromEntries(names.map((name) => [name, `${place(name)}`])) };
}

describe("the lock file", () => {
  it("holds surviving blocks in place and forgets those that are gone", () => {
    const first = run("a", "b", "c");
    expect(first.blocks).toEqual({ a: "10.64.0.0/20", b: "10.64.16.0/20", c: "10.64.32.0/20" });
    expect(lockAddresses(first.program, file)).toBe(true);

    const second = run("x", "c", "b");
    expect(second.blocks).toEqual({ x: "10.64.48.0/20", c: "10.64.32.0/20", b: "10.64.16.0/20" });
    expect(lockAddresses(second.program, file)).toBe(true);
    expect(readFileSync(file, "utf8")).toBe(`{
  "version": 1,
  "addresses": [
    {"owner":"b","name":"pods","pool":"tenants","cidr":"10.64.16.0/20"},
    {"owner":"c","name":"pods","pool":"tenants","cidr":"10.64.32.0/20"},
    {"owner":"x","name":"pods","pool":"tenants","cidr":"10.64.48.0/20"}
  ]
}
`);
    expect(run("y").blocks).toEqual({ y: "10.64.0.0/20" });
  });

  it("is written only when something has changed, and nothing stays beside it", () => {
    lockAddresses(run("a", "b").program, file);
    const { mtimeNs, ino } = statSync(file, { bigint: true });
    expect(lockAddresses(run("b", "a").program, file)).toBe(false);
    expect(statSync(file, { bigint: true })).toMatchObject({ mtimeNs, ino });
    expect(readdirSync(join(file, ".."))).toEqual(["plinth.lock.json"]);
  });

  it("is not written by a program that is only described", () => {
    const { program } = run("a");
    program.writesFiles = false;
    expect(lockAddresses(program, file)).toBe(false);
    expect(readdirSync(join(file, ".."))).toEqual([]);
    program.writesFiles = true;
    expect(lockAddresses(program, file)).toBe(true);
    expect(program.addressLockFile).toBe(file);
  });

  it("is not written by a program that was refused", () => {
    const { program } = run("a");
    const check = new Check("net");
    check.refuse(CORE.mtu, { message: "wrong", fix: "mend it" });
    program.take(check);
    expect(() => lockAddresses(program, file)).toThrow(PlinthReport);
    expect(readdirSync(join(file, ".."))).toEqual([]);
  });

  it.each([
    ["{", /is not JSON/],
    ["null", /has the version undefined, not 1/],
    ['{"version":2,"addresses":[]}', /has the version 2, not 1/],
    ['{"version":1}', /has no list of addresses/],
    ['{"version":1,"addresses":[null]}', /addresses\[0\] is not a block/],
    [
      '{"version":1,"addresses":[{"owner":"a","name":"b","pool":"p","cidr":"10.0.0.1/24"}]}',
      /addresses\[0\] is not a block/,
    ],
  ])("is refused when it is none: %s", (text, message) => {
    expect(parseAddressLock(text, file)).toMatchObject({
      code: "PL1014",
      path: file,
      summary: expect.stringMatching(message),
    });
    writeFileSync(file, text);
    expect(run("a").program.refusals.map(({ code }) => code)).toEqual(["PL1014"]);
  });

  it("that cannot be read is an error, not a first plan", () => {
    expect(() => pinAddresses(Program.of({}), join(file, ".."))).toThrow("EISDIR");
  });
});
