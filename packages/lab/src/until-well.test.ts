import { expect, it, onTestFinished } from "vitest";
import type { LabContext } from "./part.js";
import { start, stopAll } from "./processes.js";
import { temporaryFolder } from "./test-support.js";
import { notRunning, untilWell } from "./until-well.js";

async function labWith(program: string): Promise<LabContext> {
  const dir = await temporaryFolder();
  onTestFinished(() => stopAll(dir));
  await start(dir, { name: "a", command: process.execPath, args: ["-e", program] });
  return { name: "test", dir, cache: dir, report: () => {}, port: async () => 0 };
}

const STAYS = "setInterval(() => {}, 60_000)";

it("waits until there is no complaint, and tells the last one where that is in vain", async () => {
  const context = await labWith(STAYS);
  const complaints = ["not yet", "still not", undefined];
  await untilWell(context, "a", async () => complaints.shift(), { what: "a", seconds: 60 });
  expect(complaints).toEqual([]);
  const never = untilWell(context, "a", async () => "it has a cold", { what: "a to be well", seconds: 0 });
  await expect(never).rejects.toThrow(/for a to be well, in vain\. The last error: it has a cold/);
});

it("does not wait for a process that has ended", async () => {
  const context = await labWith("");
  const waiting = untilWell(context, "a", async () => "silent", { what: "a", seconds: 60 });
  await expect(waiting).rejects.toThrow("the process has ended");
});

it("tells processes that do not run from a part that is down", async () => {
  const { dir } = await labWith(STAYS);
  expect(await notRunning(dir, ["a"])).toBeUndefined();
  expect(await notRunning(dir, ["a", "b"])).toEqual({ state: "failing", reason: "b does not run" });
  expect(await notRunning(dir, ["b", "c"])).toEqual({ state: "down" });
});
