export { type Cloud, parseCloud, readCloud, tokenRequest } from "./clouds.js";
export { type Environment, findCloud, type ProviderSettings } from "./find-cloud.js";
export { ask, type HttpAnswer, type HttpRequest, type Trust } from "./http.js";
export { type Answer, type Call, call, type Endpoint } from "./https.js";
export { type ClusterAccess, type ClusterSettings, clusterAccess } from "./kubeconfig.js";
export {
  type ClusterReader,
  clusterReader,
  type ListedObject,
  type ObjectReference,
  type ReadObject,
} from "./kubernetes.js";
export { ApiError, connect, type Session } from "./openstack.js";
export { CLIENTS } from "./rules.js";
