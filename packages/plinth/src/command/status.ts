import { isFailing } from "@plinth/nodes/status";
import { defineCommand } from "citty";
import { status as readStatus } from "../status/status.js";
import { describeRemoval, describeStatus } from "../status/table.js";

/** `plinth status`: how groups of nodes are, and why machines fail. */
export const status = defineCommand({
  meta: {
    name: "status",
    description: "How groups of nodes are: which machines fail, and the true cause. Exit code 1 when one fails",
  },
  args: {
    group: { type: "positional", required: false, description: "Name of one group; if none, all" },
    kubeconfig: { type: "string", description: "Kubeconfig of the cluster whose controllers order the machines" },
    context: { type: "string", description: "Context of the kubeconfig; if none, the current one" },
    out: { type: "string", default: "text", description: "text or json" },
    removal: { type: "boolean", description: "Also how to remove one machine so that no other comes" },
  },
  run: async ({ args }) => {
    const groups = await readStatus({
      ...(args.group === undefined ? {} : { group: args.group }),
      ...(args.kubeconfig === undefined ? {} : { kubeconfig: args.kubeconfig }),
      ...(args.context === undefined ? {} : { context: args.context }),
    });
    if (args.out === "json") console.log(JSON.stringify(groups, undefined, 2));
    else {
      console.log(describeStatus(groups));
      if (args.removal) console.log(`\n${describeRemoval(groups)}`);
    }
    if (isFailing(groups)) process.exitCode = 1;
  },
});
