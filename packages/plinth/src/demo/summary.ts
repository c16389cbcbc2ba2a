import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Lab } from "@plinth/lab";
import { type Description, describe } from "../describe/describe.js";
import type { DemoConfig } from "./demo-config.js";
import { LAB_STACK, type Stack } from "./stack.js";
import { whatIsThere } from "./what-is-there.js";

/** Prints what the stack computes, before anything is installed or started. */
export async function showPlan(dir: string, config: DemoConfig): Promise<Description> {
  const description = await describe({
    dir,
    stack: LAB_STACK,
    config: { ...config.plain, ...config.secret },
    color: process.stdout.isTTY,
  });
  console.log(`${description.explanation}\n${description.sketch}`);
  for (const warning of description.warnings) console.log(`warning: ${warning}`);
  if (description.refusal !== undefined) throw new Error(description.refusal);
  return description;
}

/** Prints what a person wants to see at the end: what there is, what there is not, where to look, what to do next. */
export async function showSummary(demo: {
  readonly dir: string;
  readonly shownDir: string;
  /** The picture of the plan that was shown. */
  readonly picture: string;
  readonly stack: Stack;
  readonly lab: Lab;
}): Promise<void> {
  const out = join(demo.dir, "out");
  await mkdir(out, { recursive: true });
  await writeFile(join(out, "hybrid.svg"), demo.picture);
  const { made, absent } = await whatIsThere(demo.stack, await demo.lab.env());
  const lines = [
    "",
    "Made",
    ...made.map((line) => `  ${line}`),
    "Not made",
    ...absent.map((line) => `  ${line}`),
    `Picture      ${join(demo.shownDir, "out", "hybrid.svg")}`,
    "",
    'Look around  eval "$(npx plinth lab env)"   then:',
    "  kubectl get nodegroups,openstackinstanceclasses,moduleconfigs",
    "  openstack subnet list --network k8s_l3vpn --long",
    `  (cd ${demo.shownDir} && pulumi stack output returnRoutes)`,
    `Change       edit ${join(demo.shownDir, "index.ts")}, a route or a size, and run npm start again`,
    "Stop         npm run stop    (npm run reset forgets everything)",
  ];
  console.log(lines.join("\n"));
}
