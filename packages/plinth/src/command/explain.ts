import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { defineCommand } from "citty";
import { type Description, describe } from "../describe/describe.js";
import { readConfig } from "./config.js";

const ARGS = {
  dir: { type: "positional", default: ".", description: "Folder of the Pulumi project" },
  stack: { type: "string", default: "dev", description: "Stack whose configuration is used" },
  config: { type: "string", description: "Further configuration: key=value,key=value" },
} as const;

/** Prints what a program computes, and why, without an engine or a cloud. */
export const explain = defineCommand({
  meta: { name: "explain", description: "What a program computes and why: addresses, routes, sizes. Sends nothing" },
  args: ARGS,
  run: async ({ args }) => {
    const description = await describe({ ...common(args), color: process.stdout.isTTY });
    console.log(`${description.explanation}\n${description.sketch}`);
    fail(description);
  },
});

/** Writes a program's picture. */
export const graph = defineCommand({
  meta: { name: "graph", description: "Draws what a program describes, as SVG. Sends nothing" },
  args: { ...ARGS, out: { type: "string", required: true, description: "File to write, for example plinth.svg" } },
  run: async ({ args }) => {
    const description = await describe(common(args));
    await writeFile(args.out, description.picture);
    console.log(args.out);
    fail(description);
  },
});

function common(args: { dir: string; stack: string; config?: string | undefined }): {
  dir: string;
  stack: string;
  config: Record<string, string>;
} {
  return { dir: resolve(args.dir), stack: args.stack, config: readConfig(args.config) };
}

function fail({ warnings, refusal }: Description): void {
  for (const warning of warnings) console.error(`warning: ${warning}`);
  if (refusal === undefined) return;
  console.error(refusal);
  process.exitCode = 1;
}
