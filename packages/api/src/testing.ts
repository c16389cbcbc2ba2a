/** For tests only: checks emitted objects against the schemas of their kinds. Needs ajv and js-yaml. */
export { crdFiles } from "./crds.js";
export { validateObject } from "./testing/validate.js";
export { WELL_KNOWN_KINDS } from "./testing/well-known.js";
