import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { isAlive, statOf } from "./proc.js";
import { run } from "./run.js";
import { temporaryFolder } from "./test-support.js";
import { waitFor } from "./wait.js";

it("gives what the command wrote", async () => {
  expect(await run("cat", [], { input: "hello" })).toBe("hello");
});

it("says how a command failed, with the end of what it said", async () => {
  await expect(run("sh", ["-c", "echo out; echo why >&2; exit 3"])).rejects.toThrow(/failed with exit code 3.\nwhy$/);
  await expect(run("sh", ["-c", "kill -9 $$"])).rejects.toThrow("was ended by SIGKILL.");
  await expect(run("plinth-no-such-program", [])).rejects.toThrow("plinth-no-such-program is not installed.");
});

it("ends a command that takes too long", async () => {
  await expect(run("sleep", ["60"], { seconds: 0.05 })).rejects.toThrow("was ended by SIGTERM.");
});

it("broken off, ends what the command has started too", async () => {
  const file = join(await temporaryFolder(), "pids");
  const abort = new AbortController();
  const work = run("sh", ["-c", `(sleep 60; true) & echo $$ $! > ${file}; wait`], { signal: abort.signal });
  const pids = await waitFor(
    async () => {
      const text = await readFile(file, "utf8");
      return text.endsWith("\n") && text.trim().split(" ").map(Number);
    },
    { what: "the pids", seconds: 60 },
  );
  abort.abort(new Error("Ctrl-C"));
  await expect(work).rejects.toThrow("Ctrl-C");
  const gone = async () => (await Promise.all(pids.map(statOf))).every((stat) => !isAlive(stat));
  expect(await waitFor(gone, { what: "their end", seconds: 60 })).toBe(true);
  await expect(run("true", [], { signal: abort.signal })).rejects.toThrow("Ctrl-C");
});
