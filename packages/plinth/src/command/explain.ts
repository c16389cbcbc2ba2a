import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { explainRelease } from "@plinth/view";
import { defineCommand } from "citty";
import { type Description, describe } from "../describe/describe.js";
import { terminal } from "../describe/terminal.js";
import { readConfig } from "./config.js";
import { stop } from "./stop.js";
import { explainLive } from "./why.js";

const ARGS = {
  dir: { type: "positional", default: ".", description: "Folder of the Pulumi project" },
  stack: { type: "string", default: "dev", description: "Stack whose configuration is used" },
  config: { type: "string", description: "Further configuration: key=value,key=value" },
} as const;

/** Prints what a program computes, and why, without an engine or a cloud. */
export const explain = defineCommand({
  meta: { name: "explain", description: "What a program computes and why: addresses, routes, releases. Sends nothing" },
  args: {
    ...ARGS,
    release: { type: "string", description: "Only this release of a platform: what it waits for, and why" },
    live: { type: "boolean", description: "What releases wait for in the cluster that runs; reads their HelmReleases" },
    kubeconfig: { type: "string", description: "With --live: kubeconfig of the cluster" },
    context: { type: "string", description: "With --live: context of the kubeconfig; if none, the current one" },
  },
  run: async ({ args }) => {
    const description = await describe({ ...common(args), ...terminal() });
    const { explanation, sketch, platforms } = description;
    const { release, kubeconfig, context } = args;
    if (release === undefined && !args.live) console.log(`${explanation}\n${sketch}`);
    if (release !== undefined) {
      const releases = platforms.flatMap((platform) => platform.releases);
      const told = explainRelease(releases, release, terminal());
      if (told === undefined) {
        const names = releases.map(({ name }) => name).sort();
        stop(`There is no release ${release} in the program${names.length === 0 ? "" : `, but ${names.join(", ")}`}`);
      } else console.log(told);
    }
    if (args.live) console.log(await explainLive(platforms, release, { kubeconfig, context }));
    fail(description);
  },
});

/** Writes a program's picture. */
export const graph = defineCommand({
  meta: { name: "graph", description: "Draws what a program describes, as SVG. Sends nothing" },
  args: {
    ...ARGS,
    out: { type: "string", required: true, description: "File to write, for example plinth.svg" },
    what: {
      type: "enum",
      options: ["program", "platform"],
      default: "program",
      description: "platform: its releases only",
    },
  },
  run: async ({ args }) => {
    const description = await describe(common(args));
    const { picture, platformPicture } = description;
    const wanted = args.what === "platform" ? platformPicture : picture;
    if (wanted === undefined) stop("The program describes no platform");
    else {
      await writeFile(args.out, wanted);
      console.log(args.out);
    }
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
  if (refusal !== undefined) stop(refusal);
}
