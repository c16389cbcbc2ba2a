export { type Cloud, parseCloud, readCloud, tokenRequest } from "./clouds.js";
export { ask, type HttpAnswer, type HttpRequest, type Trust } from "./http.js";
export { type Answer, type Call, call, type Endpoint } from "./https.js";
export { ApiError, connect, type Session } from "./openstack.js";
export { CLIENTS } from "./rules.js";
