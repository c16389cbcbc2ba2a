import { expect, test } from "vitest";
import { Program } from "./program.js";

test("a second component of the same kind and name is refused; other kinds and other programs are not", () => {
  const program = new Program();
  program.describe({ kind: "HybridNodeGroup", path: "workers", plan: {} });
  program.describe({ kind: "HybridNodeGroup", path: "batch", plan: {} });
  program.describe({ kind: "L3VPNNetwork", path: "workers", plan: {} });
  new Program().describe({ kind: "HybridNodeGroup", path: "workers", plan: {} });
  expect(program.refusals).toEqual([]);
  program.describe({ kind: "HybridNodeGroup", path: "workers", plan: {} });
  expect(program.refusals).toMatchObject([{ code: "PL1015", path: "workers", property: "name", value: "workers" }]);
});
