import { PlinthError } from "@plinth/core";
import { type GroupStatus, readGroups } from "@plinth/nodes/status";
import { STATUS } from "../status-rules.js";
import type { StatusOptions } from "./status.js";

/** Reads the groups, and picks the one that is asked for. */
export async function readStatus({
  group,
  kubeconfig,
  context,
  env = process.env,
}: StatusOptions): Promise<readonly GroupStatus[]> {
  const groups = await readGroups({ cluster: { kubeconfig, context }, env });
  if (group === undefined) return groups;
  const found = groups.filter(({ name }) => name === group);
  if (found.length > 0) return found;
  throw new PlinthError(STATUS.group, {
    path: "status",
    property: "group",
    value: group,
    message: `There is no group of nodes named ${group}`,
    fix:
      groups.length === 0
        ? "look whether KUBECONFIG leads to the cluster that runs Cluster API or Deckhouse"
        : `use one of ${groups.map(({ name }) => name).join(", ")}`,
  });
}
