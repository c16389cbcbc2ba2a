import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Lab } from "@plinth/lab";
import { type Description, describe } from "../describe/describe.js";
import { ProgramError } from "../describe/program-error.js";
import { terminal } from "../describe/terminal.js";
import type { DemoConfig } from "./demo-config.js";
import { serversOf } from "./machines.js";
import { LAB_STACK, type Stack } from "./stack.js";
import { whatIsThere } from "./what-is-there.js";
import { writeWorkload } from "./workload.js";

/** Prints what the stack computes, before anything is installed or started. */
export async function showPlan(dir: string, config: DemoConfig): Promise<Description> {
  const description = await describe({
    dir,
    stack: LAB_STACK,
    config: { ...config.plain, ...config.secret },
    ...terminal(),
  });
  console.log(`${description.explanation}\n${description.sketch}`);
  for (const warning of description.warnings) console.log(`warning: ${warning}`);
  if (description.refusal !== undefined) throw new ProgramError(description.refusal);
  return description;
}

/** What there is to look at in Kubernetes, by the engine. */
const LOOK: Readonly<Record<string, readonly string[]>> = {
  clusterApi: [
    "kubectl get clusters,machinedeployments,machines,openstackservers -A; kubectl get nodes",
    "openstack server list",
  ],
  deckhouse: ["kubectl get nodegroups,openstackinstanceclasses,moduleconfigs"],
};

/** What is summed up. */
interface Summed {
  readonly dir: string;
  readonly shownDir: string;
  /** The plan that was shown. */
  readonly plan: Pick<Description, "picture" | "sketch" | "engines">;
  readonly stack: Stack;
  readonly lab: Lab;
}

/** Prints what a person wants to see at the end: what there is, what there is not, where to look, what to do next. */
export async function showSummary(demo: Summed): Promise<void> {
  const { picture, sketch, engines } = demo.plan;
  const out = join(demo.dir, "out");
  await mkdir(out, { recursive: true });
  await writeFile(join(out, "hybrid.svg"), picture);
  const onDemand = engines.includes("clusterApi") ? await showOnDemand(demo, out) : [];
  const other = engines.includes("deckhouse")
    ? "npm start -- --engine clusterApi     Cluster API orders the machines: servers come"
    : "npm start -- --engine deckhouse      Deckhouse is to order the machines: none come here";
  const { made, absent } = await whatIsThere(demo.stack, demo.lab, engines);
  const onLab = demo.lab.name === "default" ? "" : ` --name ${demo.lab.name}`;
  const lines = [
    "",
    sketch,
    "Made",
    ...made.map((line) => `  ${line}`.trimEnd()),
    "",
    "Not made",
    ...absent.map((line) => `  ${line}`),
    "",
    `Picture      ${join(demo.shownDir, "out", "hybrid.svg")}`,
    `Look around  eval "$(npx plinth lab env${onLab})"   then:`,
    ...engines.flatMap((engine) => LOOK[engine] ?? []).map((line) => `  ${line}`),
    "  openstack subnet list --network k8s_l3vpn --long",
    `  (cd ${demo.shownDir} && pulumi stack output returnRoutes)`,
    ...onDemand,
    `Change       edit ${join(demo.shownDir, "index.ts")}, a route or a size, and run npm start again`,
    `             ${other}`,
    "Stop         npm run stop    (npm run reset forgets everything)",
  ];
  console.log(lines.join("\n"));
}

/** Writes a workload for which a machine has to be ordered, and says how to see that. */
async function showOnDemand({ stack, lab, shownDir }: Summed, out: string): Promise<string[]> {
  const file = "on-demand.json";
  const machines = await serversOf(lab);
  await writeWorkload(join(out, file), await stack.output<object>("placement"), machines.length);
  const shown = join(shownDir, "out", file);
  return [
    `On demand    kubectl apply -f ${shown}   Pods for one machine more: a server comes`,
    `             kubectl delete -f ${shown}  it is idle, and goes after 15 seconds`,
  ];
}
