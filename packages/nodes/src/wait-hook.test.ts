import { expect, test } from "vitest";
import type { GroupStatus } from "./status.js";
import { onTimeOut, type ReadGroups } from "./wait-hook.js";

const WAITED = { path: "workers", group: "burst", nodes: 2, seconds: 15 };
const TIMED_OUT = { errors: ["timed out waiting for the condition"], newInputs: { metadata: { namespace: "b" } } };

const group = (name: string, namespace: string, ready: number): GroupStatus => ({
  name,
  engine: "clusterApi",
  namespace,
  wanted: 2,
  ready,
  failing: 0,
  machines: [],
  causes: [],
  removeOne: [],
});

/** What is said of failures. */
async function said(readGroups: ReadGroups, ...failures: readonly (typeof TIMED_OUT)[]): Promise<readonly string[]> {
  const texts: string[] = [];
  const hook = onTimeOut(WAITED, readGroups, async (text) => void texts.push(text));
  expect(await Promise.all(failures.map(hook))).toEqual(failures.map(() => false));
  return texts;
}

test("the group of that name in the namespace of the object is told of, once for all zones", async () => {
  const groups = [group("burst", "a", 0), group("burst", "b", 1), group("other", "b", 2)];
  const texts = await said(async () => groups, TIMED_OUT, TIMED_OUT);
  expect(texts).toEqual([expect.stringMatching(/^PL4072 {2}After 15s burst has 1 of the 2 Ready Nodes/)]);
});

test("an object that has no namespace is that of the only group of its name", async () => {
  const failure = { ...TIMED_OUT, newInputs: { metadata: {} as { namespace: string } } };
  expect(await said(async () => [group("burst", "d8-cloud-instance-manager", 1)], failure)).toEqual([
    expect.stringContaining("has 1 of the 2 Ready Nodes"),
  ]);
});

test.each([
  ["a cluster that cannot be read", () => Promise.reject(new Error("403 forbidden")), "403 forbidden"],
  ["another cluster", async () => [group("burst", "a", 1)], "a cluster without the group"],
])("%s is said to be the reason why nothing is known", async (_, readGroups, text) => {
  expect(await said(readGroups, TIMED_OUT)).toEqual([
    expect.stringMatching(new RegExp(`not known: .*${text}[\\s\\S]*plinth status burst`)),
  ]);
});

test("any other failure speaks for itself", async () => {
  expect(await said(async () => [group("burst", "b", 1)], { ...TIMED_OUT, errors: ["field is immutable"] })).toEqual(
    [],
  );
});
