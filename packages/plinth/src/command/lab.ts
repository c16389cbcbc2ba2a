import { resolve } from "node:path";
import { crdFiles } from "@plinth/api/crds";
import { isUp, type Lab, LabError, openLab, type PartResult, pushStandIns, shellExports } from "@plinth/lab";
import { defineCommand } from "citty";
import { describe } from "../describe/describe.js";
import { ProgramError } from "../describe/program-error.js";
import { askForPackages } from "./ask.js";
import { Progress } from "./progress.js";
import { standInsFor } from "./stand-ins.js";

const NAME = { name: { type: "string", default: "default", description: "Which lab" } } as const;
const PARTS = {
  ...NAME,
  parts: { type: "positional", required: false, description: "Parts, by name; if none, all that are not on demand" },
} as const;

/** The lab with the CRDs that a Deckhouse cluster has. */
export function demoLab(name: string, progress?: Progress): Lab {
  return openLab({ name, crds: crdFiles(), ...(progress === undefined ? {} : { report: progress.report }) });
}

/** Prints what became of parts. @returns whether all are up */
export function printResults(results: readonly PartResult[]): boolean {
  const width = Math.max(...results.map(({ name }) => name.length));
  for (const { name, outcome, reasons } of results) {
    const more = reasons.map((reason) => `\n${" ".repeat(width + 4)}${reason}`).join("");
    console.log(`  ${name.padEnd(width)}  ${outcome}${more}`);
  }
  return results.every(isUp);
}

const up = defineCommand({
  meta: { name: "up", description: "Starts parts, acquiring what they need" },
  args: { ...PARTS, yes: { type: "boolean", description: "Install system packages without asking" } },
  run: async ({ args }) => {
    const progress = new Progress();
    const stop = new AbortController();
    process.once("SIGINT", () => stop.abort());
    const lab = demoLab(args.name, progress);
    const results = await lab.up(args._, {
      signal: stop.signal,
      confirm: askForPackages(args.yes === true),
    });
    progress.end();
    if (printResults(results)) await lab.removeCompilerCache();
    else process.exitCode = 1;
  },
});

const acquire = defineCommand({
  meta: { name: "acquire", description: "Acquires what parts need, without starting them" },
  args: {
    ...NAME,
    parts: { type: "positional", required: false, description: "Parts, by name; if none, all" },
    yes: { type: "boolean", description: "Install system packages without asking" },
  },
  run: async ({ args }) => {
    const progress = new Progress();
    const stop = new AbortController();
    process.once("SIGINT", () => stop.abort());
    const lab = demoLab(args.name, progress);
    const results = await lab.acquire(args._, { signal: stop.signal, confirm: askForPackages(args.yes === true) });
    progress.end();
    printResults(results);
    if (results.some(({ outcome }) => outcome === "failed" || outcome === "stopped")) process.exitCode = 1;
    else await lab.removeCompilerCache();
  },
});

const down = defineCommand({
  meta: { name: "down", description: "Stops parts; data stays" },
  args: PARTS,
  run: ({ args }) => demoLab(args.name).down(args._),
});

const status = defineCommand({
  meta: { name: "status", description: "How each part is" },
  args: NAME,
  run: async ({ args }) => {
    const parts = await demoLab(args.name).status();
    const width = Math.max(...parts.map(({ name }) => name.length));
    for (const { name, title, health } of parts) {
      const told = health.state === "failing" ? health.reason : title;
      console.log(`${name.padEnd(width)}  ${health.state.padEnd(7)}  ${told}`);
    }
  },
});

const env = defineCommand({
  meta: { name: "env", description: 'Environment of the parts that are up, for: eval "$(plinth lab env)"' },
  args: NAME,
  run: async ({ args }) => {
    const lab = demoLab(args.name);
    const parts = await lab.status();
    if (parts.every(({ health }) => health.state === "down")) {
      console.error(`Nothing of the lab ${args.name} is up: plinth lab up`);
    }
    for (const { name, health } of parts) {
      if (health.state !== "failing") continue;
      console.error(`Without ${name}, which plinth lab up ${name} mends: ${health.reason}`);
    }
    console.log(shellExports(await lab.env()));
  },
});

const reset = defineCommand({
  meta: { name: "reset", description: "Stops everything and removes the data; what was acquired stays" },
  args: NAME,
  run: ({ args }) => demoLab(args.name).reset(),
});

const standIns = defineCommand({
  meta: { name: "stand-ins", description: "Puts stand-ins for the charts of a platform into the lab's registry" },
  args: {
    dir: { type: "positional", default: ".", description: "Folder of the Pulumi project" },
    ...NAME,
    stack: { type: "string", default: "dev", description: "Stack whose configuration is used" },
  },
  run: async ({ args }) => {
    const { PLINTH_LAB_REGISTRY: registry } = await demoLab(args.name).env();
    if (registry === undefined) throw new LabError(`The lab ${args.name} has no registry: plinth lab up registry`);
    const { platforms, refusal } = await describe({ dir: resolve(args.dir), stack: args.stack });
    if (refusal !== undefined) throw new ProgramError(refusal);
    const charts = standInsFor(
      platforms.flatMap(({ releases }) => releases),
      registry,
    );
    await pushStandIns(registry, charts);
    console.log(`${charts.length} charts in oci://${registry}`);
  },
});

/** `plinth lab`: real APIs on the loopback. */
export const lab = defineCommand({
  meta: { name: "lab", description: "Real APIs on this machine, for trying and testing" },
  subCommands: { acquire, up, down, status, env, reset, "stand-ins": standIns },
});
