import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { attemptProgram } from "@plinth/bridge/testing";
import type { CidrText, PlinthReport } from "@plinth/core";
import { describe, expect, it } from "vitest";
import { L3VPNNetwork } from "./component.js";
import { ProgramAddresses } from "./program-addresses.js";

const pools = { tenants: ["10.64.0.0/12"] } as const;
const codes = (errors: readonly unknown[]): string[] =>
  (errors as PlinthReport[]).flatMap((report) =>
    report.errors.map(({ code, path, property }) => `${code} ${path} ${property}`),
  );

describe("the addresses of a program", () => {
  it("give a network its range, beside what is registered, and keep it there", async () => {
    const lockFile = join(mkdtempSync(join(tmpdir(), "plinth-addresses-")), "plinth.lock.json");
    const run = async (...owners: string[]): Promise<Record<string, unknown>> => {
      const { errors, program } = await attemptProgram(() => {
        const addresses = new ProgramAddresses({ pools, lockFile });
        addresses.register({ owner: "office", use: "office network", cidr: "10.64.0.0/24" });
        const blocks = owners.map((owner): [string, CidrText] => {
          const cidr = addresses.block({ owner, name: "vms", pool: "tenants", prefix: 24 });
          const nextHop = cidr.replace("0/24", "252");
          new L3VPNNetwork(owner, { cidr, nextHop, sites: [], securityGroup: "none" });
          return [owner, cidr];
        });
        addresses.lock();
        return Object.fromEntries(blocks);
      });
      expect(errors).toEqual([]);
      return program.outputs;
    };
    expect(await run("a", "b")).toEqual({ a: "10.64.1.0/24", b: "10.64.2.0/24" });
    expect(await run("c", "b")).toEqual({ c: "10.64.3.0/24", b: "10.64.2.0/24" });
    expect(readFileSync(lockFile, "utf8")).not.toContain('"a"');
  });

  it("stop a program that gets none, and send nothing", async () => {
    const { errors, program } = await attemptProgram(() => {
      const addresses = new ProgramAddresses({ pools: { small: ["10.0.0.0/25"] } });
      for (const owner of ["a", "b"]) addresses.block({ owner, name: "vms", pool: "small", prefix: 25 });
    });
    expect(codes(errors)).toEqual(["PL1012 b vms"]);
    expect(program.resources).toHaveLength(1);
  });

  it("refuse what overlaps and what is no range", async () => {
    const { errors } = await attemptProgram(() => {
      const addresses = new ProgramAddresses({ pools: { ...pools, bad: ["10.0.0.1/8"] } });
      addresses.register({ owner: "office", use: "office network", cidr: "10.8.0.0/16" });
      addresses.register({ owner: "lab", use: "lab network", cidr: "10.8.1.0/24" });
      addresses.register({ owner: "old", use: "old network", cidr: "10.9.0.1/24" });
    });
    expect(codes(errors)).toEqual(["PL1004 addresses pools.bad[0]", "PL1005 lab cidr", "PL1004 old cidr"]);
  });

  it("are locked only in a file that was named", async () => {
    const { errors } = await attemptProgram(() => new ProgramAddresses({ pools }).lock());
    expect(errors.map(String)).toEqual(["TypeError: ProgramAddresses has no lockFile"]);
  });
});
