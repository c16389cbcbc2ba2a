import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isUp } from "@plinth/lab";
import { defineCommand } from "citty";
import { demoConfig, withCluster } from "../demo/demo-config.js";
import { untilMachines } from "../demo/machines.js";
import { LAB_STACK, Stack } from "../demo/stack.js";
import { showPlan, showSummary } from "../demo/summary.js";
import { askForPackages } from "./ask.js";
import { demoLab, printResults } from "./lab.js";
import { Progress } from "./progress.js";

const PARTS = ["pulumi", "kubernetes", "openstack"];

/** What orders machines, and plays what the lab has not, beside the parts that every stack needs. */
const OF_ENGINE: Readonly<Record<string, readonly string[]>> = {
  clusterApi: ["cluster-api", "kwok", "cluster-autoscaler"],
};

const ARGS = {
  dir: { type: "positional", default: "stacks/hybrid", description: "Folder of the Pulumi project" },
  name: { type: "string", default: "default", description: "Which lab" },
} as const;

const up = defineCommand({
  meta: { name: "up", description: "Shows a stack's plan, starts the lab and applies the stack to it" },
  args: {
    ...ARGS,
    engine: {
      type: "enum",
      options: ["clusterApi", "deckhouse"],
      description: "Which controllers order machines; remembered in the stack's settings. Default: clusterApi",
    },
    yes: { type: "boolean", description: "Install system packages without asking" },
  },
  run: async ({ args }) => {
    const dir = resolve(args.dir);
    const progress = new Progress();
    const lab = demoLab(args.name, progress);
    const config = await demoConfig(lab.dir, args.engine);
    const plan = await showPlan(dir, config);
    const { engines } = plan;
    const parts = [...PARTS, ...engines.flatMap((engine) => OF_ENGINE[engine] ?? [])];

    const stop = new AbortController();
    process.once("SIGINT", () => stop.abort());
    const before = new Set((await lab.status()).filter(({ health }) => health.state === "up").map(({ name }) => name));
    console.log("\nThe lab: a real Pulumi engine, Kubernetes API and OpenStack API on this machine\n");
    const results = await lab.up(parts, { signal: stop.signal, confirm: askForPackages(args.yes === true) });
    progress.end();
    printResults(results);
    if (!results.every(isUp)) {
      process.exitCode = 1;
      return;
    }
    // up to 9 GiB that nobody needs once everything is built
    await lab.removeCompilerCache();
    const stack = new Stack(dir, await lab.env());
    await stack.select();
    await stack.configure(await withCluster(config, lab));
    console.log(`\npulumi up --stack ${LAB_STACK}, in ${args.dir}`);
    console.log("(of useOctavia and allocationPools OpenStack's provider warns at every run: docs/adr/0005)\n");
    const code = await stack.up(stop.signal);
    if (code !== 0 && stop.signal.aborted) {
      // what ran before this run goes on
      await lab.down(parts.filter((part) => !before.has(part)).reverse());
    }
    process.exitCode = code;
    if (code !== 0) return;
    if (engines.includes("clusterApi")) {
      console.log("\nWaiting until the servers are there and their Nodes are ready");
      await untilMachines(lab, stop.signal);
    }
    await showSummary({ dir, shownDir: args.dir, plan, stack, lab });
  },
});

const stop = defineCommand({
  meta: { name: "stop", description: "Stops the lab; its data stays" },
  args: { name: ARGS.name },
  run: async ({ args }) => {
    await demoLab(args.name).down();
    console.log("The lab has stopped; npm start continues where it was, npm run reset forgets everything.");
  },
});

const reset = defineCommand({
  meta: { name: "reset", description: "Stops the lab and forgets its data and the stack's settings for it" },
  args: ARGS,
  run: async ({ args }) => {
    await demoLab(args.name).reset();
    for (const made of [`Pulumi.${LAB_STACK}.yaml`, "out/hybrid.svg", "out/on-demand.json"]) {
      await rm(join(resolve(args.dir), made), { force: true });
    }
    console.log("The lab's data is gone; what was downloaded or built stays in the cache.");
  },
});

/** `plinth demo`: what `npm start`, `npm run stop` and `npm run reset` do. */
export const demo = defineCommand({
  meta: { name: "demo", description: "A stack, applied to the lab" },
  subCommands: { up, stop, reset },
});
