/** Why a machine, or a group as a whole, is not as it should be. */
export interface Cause {
  /** In a word of the system that says it, for example `QuotaExceeded` or `NodeStartupTimeout`. */
  readonly reason: string;
  /** What that system says, without the wrapping of those that pass it on. */
  readonly message: string;
  /** Where it stands, for example `OpenStackServer/burst-x7k2p, condition InstanceReady`. */
  readonly from: string;
  /** What to do. */
  readonly fix: string;
}

/**
 * How a machine is. `starting`: nothing is wrong yet, its Node has not come and has time left. `leaving`: it is being removed,
 * as it should be.
 */
export type MachineState = "ready" | "starting" | "failing" | "leaving";

/** A machine of a group. */
export interface MachineStatus {
  /** Name of its Machine in Kubernetes. */
  readonly name: string;
  readonly state: MachineState;
  /** Id of its server in Nova. @default - none is known */
  readonly server?: string;
  /** Name of its Node. @default - it has not joined */
  readonly node?: string;
  /** Why it fails. Given when it does, and only then. */
  readonly cause?: Cause;
}

/** How a group of nodes is. */
export interface GroupStatus {
  /** Name of the group in Kubernetes. */
  readonly name: string;
  /** Whose controllers order its machines. */
  readonly engine: "clusterApi" | "deckhouse";
  /** Namespace of its Machines. */
  readonly namespace: string;
  /** Machines that its controllers aim at, all zones together. */
  readonly wanted: number;
  /** Machines whose Node is Ready. */
  readonly ready: number;
  /** Machines that fail. */
  readonly failing: number;
  /** Limits of the autoscaler, all zones together. @default - the size is fixed */
  readonly limits?: { readonly min: number; readonly max: number };
  /** Its machines, by name. */
  readonly machines: readonly MachineStatus[];
  /** What keeps the group as a whole from its machines. */
  readonly causes: readonly Cause[];
  /** How to remove one machine so that no other comes in its place: steps, commands ready to be typed. */
  readonly removeOne: readonly string[];
}

/** Whether something fails in one of the groups. */
export function isFailing(groups: readonly GroupStatus[]): boolean {
  return groups.some(({ failing, causes }) => failing > 0 || causes.length > 0);
}
