import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "./test-support.js";
import { waitFor } from "./wait.js";

it("gives what the probe gives, once it does", async () => {
  let looks = 0;
  const value = await waitFor(
    async () => {
      looks += 1;
      if (looks === 1) throw new Error("not there");
      return looks === 3 && "ready";
    },
    { what: "it", seconds: 60, every: 1 },
  );
  expect([value, looks]).toEqual(["ready", 3]);
});

it("says what it waited for, the last error and the end of the log", async () => {
  const log = join(await temporaryFolder(), "api.log");
  await writeFile(log, "first\nbind: address in use\n");
  const waiting = waitFor(() => Promise.reject(new Error("refused")), {
    what: "the API server",
    seconds: 0.01,
    every: 1,
    log,
  });
  await expect(waiting).rejects.toThrow(
    `Waited 0.01 s for the API server, in vain. The last error: refused\n  last lines of ${log}:\n    first\n    bind: address in use`,
  );
});

it("ends at once when what it waits for has died", async () => {
  const waiting = waitFor(async () => undefined, { what: "etcd", seconds: 60, alive: async () => false });
  await expect(waiting).rejects.toThrow("Waited for etcd, but the process has ended.");
});

it("ends when it is broken off", async () => {
  const waiting = waitFor(async () => undefined, { what: "etcd", seconds: 60, signal: AbortSignal.timeout(20) });
  await expect(waiting).rejects.toThrow(/abort|timeout/i);
});
