import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, it } from "vitest";
import { lockAddress, withLock } from "./lock.js";
import { temporaryFolder } from "./test-support.js";

it("lets one in at a time, tells who waits, and gives the result on", async () => {
  const name = join(await temporaryFolder(), "lock");
  const events: string[] = [];
  const enter = (who: string) =>
    withLock(
      name,
      async () => {
        events.push(`${who} in`);
        await new Promise(setImmediate);
        events.push(`${who} out`);
        return who;
      },
      { onWait: () => events.push(`${who} waits`) },
    );
  const first = withLock(name, async () => {
    const others = [enter("b"), enter("c")];
    await expect.poll(() => events.length).toBe(2);
    return others;
  });
  const names = await Promise.all(await first);
  expect(names).toEqual(["b", "c"]);
  expect(events.slice(0, 2).sort()).toEqual(["b waits", "c waits"]);
  expect([events.slice(2, 4).join(), events.slice(4).join()].sort()).toEqual(["b in,b out", "c in,c out"]);
});

it("is free again after its holder failed", async () => {
  const name = join(await temporaryFolder(), "lock");
  await expect(withLock(name, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await withLock(name, async () => "in")).toBe("in");
});

it("is free again when its holder is killed", async () => {
  const name = join(await temporaryFolder(), "lock");
  const program = `require("net").createServer().listen(${JSON.stringify(lockAddress(name))}, () => console.log("held"))`;
  const holder = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  await once(holder.stdout, "data");
  const work = withLock(name, async () => "in", { onWait: () => holder.kill("SIGKILL") });
  expect(await work).toBe("in");
  expect(holder.killed).toBe(true);
});
