/**
 * How groups of nodes are, from the objects of their clusters. This entry does not load Pulumi.
 * @packageDocumentation
 */
import type { ClusterSettings, Environment, ProviderSettings } from "@plinth/clients";
import type { GroupStatus } from "./status/group-status.js";

export { type DiagnoseOptions, diagnose, STATUS_KINDS } from "./status/diagnose.js";
export {
  type Cause,
  type GroupStatus,
  isFailing,
  type MachineState,
  type MachineStatus,
} from "./status/group-status.js";
export type { KubeObject } from "./status/kube-object.js";

/** Where groups are read from. */
export interface ReadGroupsOptions {
  /** Settings of Pulumi's Kubernetes provider. @default - `KUBECONFIG`, or the one in the home folder */
  readonly cluster?: ClusterSettings;
  /** Settings of Pulumi's OpenStack provider. @default - `OS_*`, or the cloud of `clouds.yaml` that `OS_CLOUD` names */
  readonly cloud?: ProviderSettings;
  /** @default process.env */
  readonly env?: Environment;
}

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
