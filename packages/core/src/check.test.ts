import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { Check } from "./check.js";
import { PlinthError, PlinthReport } from "./errors.js";
import { Program } from "./program.js";
import { unresolvedText } from "./unresolved.js";

describe("a refusal", () => {
  it("says what, where, why and how to mend it", () => {
    const check = new Check("hybrid/net");
    expect(check.cidr("sites[0].cidrs[1]", "010.0.0.0/8")).toBeUndefined();
    const [refusal] = check.refusals;
    expect(refusal?.message).toBe(
      [
        "PL1002  010.0.0.0 has a leading zero",
        "  where  hybrid/net: sites[0].cidrs[1]",
        "  given  010.0.0.0/8",
        "  rule   The numbers of an IPv4 address have no leading zero",
        "  cause  A leading zero is read as octal by some programs and as decimal by others: 010.0.0.1 is 8.0.0.1 or 10.0.0.1 (CVE-2021-29921, CVE-2021-28918)",
        "  fix    write 10.0.0.0, if decimal numbers are meant",
      ].join("\n"),
    );
    expect(inspect(refusal)).toBe(refusal?.message);
    expect(PlinthError.isInstance(refusal)).toBe(true);
    expect(PlinthError.isInstance(new Error("x"))).toBe(false);
  });
});

describe("Check", () => {
  it("refuses unknown properties and guesses what was meant", () => {
    const check = new Check("net");
    check.fields<object>({ cidr: 1, nexthop: 2, other: 3 }, { cidr: true, nextHop: true } as Record<never, true>);
    expect(check.refusals.map(({ code, property, fix }) => [code, property, fix])).toEqual([
      ["PL1009", "nexthop", "use one of cidr, nextHop (did you mean nextHop?)"],
      ["PL1009", "other", "use one of cidr, nextHop"],
    ]);
  });

  it("refuses a secret in plain text without repeating it", () => {
    const check = new Check("cloud");
    check.secret("user.password", "hunter2", false);
    check.secret("user.password", unresolvedText("a", 1), false);
    check.secret("user.password", {}, true);
    expect(check.refusals).toHaveLength(1);
    expect(check.refusals[0]?.code).toBe("PL1010");
    expect(check.refusals[0]?.message).not.toContain("hunter2");
  });

  it("refuses what is no quantity and no duration", () => {
    const check = new Check("x");
    check.quantity("memory", "8GB");
    check.duration("timeout", "1 day");
    expect(check.refusals.map(({ code }) => code)).toEqual(["PL1006", "PL1007"]);
  });
});

describe("Program", () => {
  it("belongs to its root object: two roots don't see each other", () => {
    const [a, b] = [{}, {}];
    expect(Program.of(a)).toBe(Program.of(a));
    expect(Program.of(a)).not.toBe(Program.of(b));
    const inner = {};
    Program.attach(inner, Program.of(a));
    expect(Program.of(inner)).toBe(Program.of(a));
  });

  it("reports all refusals together", () => {
    const program = Program.of({});
    program.throwIfRefused();
    const check = new Check("net");
    check.cidr("cidr", "10.0.0.1/8");
    check.address("nextHop", "x");
    program.take(check);
    const report = (() => {
      try {
        program.throwIfRefused();
      } catch (error) {
        return error;
      }
      return undefined;
    })();
    expect(PlinthReport.isInstance(report)).toBe(true);
    expect((report as PlinthReport).errors.map(({ code }) => code)).toEqual(["PL1004", "PL1001"]);
    expect((report as PlinthReport).message).toMatch(/^Plinth refused this program: 2 things are wrong\./);
  });
});
