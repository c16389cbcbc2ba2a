export { shellExports, type Variables } from "./environment.js";
export { LabError } from "./errors.js";
export type { Answer, Call, Endpoint } from "./https.js";
export { call } from "./https.js";
export { Lab, type LabOptions, openLab, type PartStatus } from "./lab.js";
export { ApiError, connect, type Session } from "./openstack/client.js";
export { type Cloud, readCloud } from "./openstack/clouds.js";
export type { Health, LabContext, Part, ProgressEvent } from "./part.js";
export { applyCrds, missingCrds } from "./parts/kubernetes/crds.js";
export { type Json, type JsonObject, normaliseCrd } from "./parts/kubernetes/normalise-crd.js";
export { type ApiServer, apiServer } from "./parts/kubernetes/servers.js";
export { joinMachines } from "./parts/kwok/join-machines.js";
export { type JoiningNode, joinNode } from "./parts/kwok/join-node.js";
export {
  type OpenStackOptions,
  type OpenStackService,
  openstack,
  openstackDirectory,
  openstackWith,
} from "./parts/openstack.js";
export { type Environment, type Paths, paths } from "./paths.js";
export { LAB } from "./rules.js";
export { pushStandIns, type StandInChart, type StandInKind, standInChart } from "./stand-in-chart.js";
export { TOOLS, type ToolPin } from "./toolchain/pins.js";
export { removeCompilerCache } from "./toolchain/toolchain.js";
export { isUp, type PartResult, type UpOptions } from "./up.js";
export { type Wait, waitFor } from "./wait.js";
