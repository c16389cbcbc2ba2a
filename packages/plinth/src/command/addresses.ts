import { existsSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { writeAddressLock } from "@plinth/core";
import { defineCommand } from "citty";
import { describe } from "../describe/describe.js";
import { readConfig } from "./config.js";

/** Writes, or checks, the file that holds a program's blocks of addresses in place. */
const lock = defineCommand({
  meta: { name: "lock", description: "Writes the lock file of a program's addresses; commit it. Sends nothing" },
  args: {
    cwd: { type: "string", default: ".", description: "Folder of the Pulumi project" },
    stack: { type: "string", default: "dev", description: "Stack whose configuration is used" },
    config: { type: "string", description: "Further configuration: key=value,key=value" },
    check: { type: "boolean", default: false, description: "Writes nothing, and fails when the file would change" },
  },
  run: async ({ args }) => {
    const dir = resolve(args.cwd);
    const { addresses, refusal } = await describe({ dir, stack: args.stack, config: readConfig(args.config) });
    const { file: named, text, changes, kept } = addresses;
    if (refusal !== undefined) return fail(refusal);
    if (named === undefined) {
      return fail('The program names no lock file: new ProgramAddresses({ lockFile: "plinth.lock.json", ... })');
    }
    const path = resolve(dir, named);
    const file = relative(process.cwd(), path);
    for (const change of changes) console.log(change);
    if (existsSync(path) && readFileSync(path, "utf8") === text) {
      console.log(`${file} is up to date: ${kept} of ${kept} blocks stay where they are`);
    } else if (args.check) {
      fail(`${file} is not up to date: run plinth addresses lock and commit it`);
    } else {
      writeAddressLock(path, text);
      console.log(`${file} written; of the blocks that were in it, ${kept} stay where they are`);
    }
  },
});

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}

/** What is done with a program's addresses. */
export const addresses = defineCommand({
  meta: { name: "addresses", description: "The addresses of a program" },
  subCommands: { lock },
});
