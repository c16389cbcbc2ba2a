/**
 * How groups of nodes are, from the objects of their clusters. This entry does not load Pulumi.
 * @packageDocumentation
 */
export { type DiagnoseOptions, diagnose, STATUS_KINDS } from "./status/diagnose.js";
export {
  type Cause,
  type GroupStatus,
  isFailing,
  type MachineState,
  type MachineStatus,
} from "./status/group-status.js";
export type { KubeObject } from "./status/kube-object.js";
