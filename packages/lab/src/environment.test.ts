import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { mergeVariables, shellExports } from "./environment.js";

describe("mergeVariables", () => {
  it("puts the folders of all parts before the user's PATH, each once", () => {
    const merged = mergeVariables(
      [{ A: "1", PATH: "/pulumi:/usr/bin" }, { PATH: "/kubectl:/pulumi:/usr/bin", B: "2" }, {}],
      "/usr/bin",
    );
    expect(merged).toEqual({ A: "1", B: "2", PATH: "/pulumi:/kubectl:/usr/bin" });
  });

  it("leaves PATH out when no part adds to it", () => {
    expect(mergeVariables([{ A: "1", PATH: "/bin" }, { B: "2" }], "/bin")).toEqual({ A: "1", B: "2" });
  });
});

it("shellExports survives a shell, whatever the values hold", () => {
  const values = { A: 'it\'s $HOME `x` \\ "y"', B: "", C: "two\nlines" };
  const script = `${shellExports(values)}printf '%s|%s|%s' "$A" "$B" "$C"`;
  expect(execFileSync("sh", ["-c", script], { encoding: "utf8" })).toBe(Object.values(values).join("|"));
});
