import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { paths } from "@plinth/lab";
import { defineCommand } from "citty";
import type { Process } from "../recover/processes.js";
import { recover as recoverStack } from "../recover/recover.js";
import type { RecoveryPlan } from "../recover/recover-stack.js";
import { describeRecovery } from "../recover/table.js";
import { askYesNo } from "./ask.js";

/** `plinth recover`: heals a stack after Pulumi was killed. */
export const recover = defineCommand({
  meta: {
    name: "recover",
    description: "After Pulumi was killed: clears its lock, finds what was made and never recorded, and records it",
  },
  args: {
    stack: { type: "string", description: "Name of the stack; if none, the one that is selected" },
    cwd: { type: "string", default: ".", description: "Folder of the Pulumi project" },
    yes: { type: "boolean", description: "Do it without asking" },
    import: { type: "string", description: "What was made, where it cannot be found out: urn=id,urn=id" },
    drop: { type: "string", description: "Of what nothing was made, where it cannot be found out: urn,urn" },
    "delete-duplicates": { type: "boolean", description: "Let the next up delete what is there twice" },
  },
  run: async ({ args }) => {
    const recovery = await recoverStack({
      cwd: args.cwd,
      ...(args.stack === undefined ? {} : { stack: args.stack }),
      import: Object.fromEntries(list(args.import).map(split)),
      drop: list(args.drop),
      deleteDuplicates: args["delete-duplicates"] === true,
      endSurvivors: (survivors) => agreeToEnd(survivors, args.yes === true),
      confirm: (plan) => agree(plan, args.yes === true),
    });
    if (recovery.done) console.log(`${recovery.stack} is recovered: run pulumi up, or pulumi destroy.`);
    else if (isWorkLeft(recovery)) process.exitCode = 1;
  },
});

/** Shows what of the dead run still runs, and asks. */
async function agreeToEnd(survivors: readonly Process[], yes: boolean): Promise<boolean> {
  const named = survivors.map(({ name, pid }) => `${name} (${pid})`).join(", ");
  console.log(`Of the run that died these still run, without an engine: ${named}`);
  return mayAct(yes) || askYesNo("End them?", "run again with --yes to end them");
}

/** Shows what will be done, and asks unless it is nothing, or of a lab. */
async function agree(plan: RecoveryPlan, yes: boolean): Promise<boolean> {
  console.log(describeRecovery(plan));
  if (!isWorkLeft(plan)) return false;
  return mayAct(yes) || askYesNo("Do this?", "run again with --yes to do this");
}

function isWorkLeft({ locks, files, steps, seconds, deletesSeconds }: RecoveryPlan): boolean {
  return locks.length + files.length + steps.length + (deletesSeconds ? seconds.length : 0) > 0;
}

/** Whether nobody needs to be asked: it was said, or the state is in the folder of a lab. */
function mayAct(yes: boolean): boolean {
  const labs = pathToFileURL(join(paths().state, "labs")).href;
  return yes || (process.env.PULUMI_BACKEND_URL ?? "").startsWith(labs);
}

function list(text: string | undefined): readonly string[] {
  return (text ?? "").split(",").filter((each) => each !== "");
}

function split(pair: string): readonly [string, string] {
  const at = pair.indexOf("=");
  return [pair.slice(0, at), pair.slice(at + 1)];
}
