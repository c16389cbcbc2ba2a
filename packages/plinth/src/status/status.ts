import type { Environment } from "@plinth/clients";
import type { GroupStatus } from "@plinth/nodes";

/** Which groups are looked at, and where. */
export interface StatusOptions {
  /** Name of one group. @default - all */
  readonly group?: string;
  /**
   * Contents or path of the kubeconfig of the cluster whose controllers order the machines. @default - `KUBECONFIG`, or the one in
   * the home folder
   */
  readonly kubeconfig?: string;
  /** Context of the kubeconfig. @default - the current one */
  readonly context?: string;
  /**
   * Environment: `KUBECONFIG`, and `OS_*` of the cloud, which is asked only for servers that it put into ERROR, as nothing in the
   * cluster says why. @default process.env
   */
  readonly env?: Environment;
}

/**
 * How the groups of nodes of a cluster are: wanted, ready and failing machines, and of each that fails the true cause, where it
 * stands and what to do. Reads only, no Secrets.
 *
 * @returns the groups by name
 * @throws PlinthError (PL1103) when there is no cluster, (PL7101) when there is no group of that name
 */
export async function status(options: StatusOptions = {}): Promise<readonly GroupStatus[]> {
  // rarely needed: nothing of it is loaded with the package
  const { readStatus } = await import("./read-status.js");
  return readStatus(options);
}
