export {
  type Answer,
  ApiError,
  type Call,
  type Cloud,
  call,
  connect,
  type Endpoint,
  readCloud,
  type Session,
} from "@plinth/clients";
export { shellExports, type Variables } from "./environment.js";
export { LabError } from "./errors.js";
export { Lab, type LabOptions, openLab, type PartStatus } from "./lab.js";
export type { Health, LabContext, Part, ProgressEvent } from "./part.js";
export { applyCrds, missingCrds } from "./parts/kubernetes/crds.js";
export { type ApiServer, apiServer } from "./parts/kubernetes/servers.js";
export { joinMachines } from "./parts/kwok/join-machines.js";
export { type JoiningNode, joinNode } from "./parts/kwok/join-node.js";
export { type ControlPlaneOptions, initControlPlane, type KubeadmCluster } from "./parts/metal/control-plane.js";
export { Machine, type MachineRecord } from "./parts/metal/machine.js";
export {
  bootMachine,
  type ConfigDrive,
  type MachineOptions,
  machineCidr,
  machinesOf,
  sshKey,
} from "./parts/metal/machines.js";
export {
  type OpenStackOptions,
  type OpenStackService,
  openstack,
  openstackDirectory,
  openstackWith,
} from "./parts/openstack.js";
export { type Environment, type Paths, paths } from "./paths.js";
export { LAB } from "./rules.js";
export { pushStandIns, type StandInChart, type StandInKind } from "./stand-in-chart.js";
export { TOOLS, type ToolPin } from "./toolchain/pins.js";
export { removeCompilerCache } from "./toolchain/toolchain.js";
export { isUp, type PartResult, type UpOptions } from "./up.js";
export { type Wait, waitFor } from "./wait.js";
