/**
 * How groups of nodes are, from the objects of their clusters. This entry does not load Pulumi.
 * @packageDocumentation
 */
import type { ReadGroupsOptions } from "./read-groups.js";
import type { GroupStatus } from "./status/group-status.js";

export type { ReadGroupsOptions } from "./read-groups.js";
export { type DiagnoseOptions, diagnose, STATUS_KINDS } from "./status/diagnose.js";
export {
  type Cause,
  type GroupStatus,
  isFailing,
  type MachineState,
  type MachineStatus,
} from "./status/group-status.js";
export type { KubeObject } from "./status/kube-object.js";

/**
 * Reads a cluster, and says how its groups of nodes are: see {@link diagnose}. The cloud is asked only for servers that it put
 * into ERROR, as nothing in the cluster says why.
 * @throws PlinthError (PL1103) when there is no cluster @throws Error when it cannot be read
 */
export async function readGroups(options: ReadGroupsOptions = {}): Promise<readonly GroupStatus[]> {
  // rarely needed: its clients are not loaded with every program
  const { read } = await import("./read-groups.js");
  return read(options);
}
