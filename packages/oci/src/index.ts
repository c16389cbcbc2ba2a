export {
  type Artifact,
  type ChartMetadata,
  type Content,
  chartArtifact,
  filesArtifact,
  packedChart,
} from "./artifact.js";
export { type CopyProgress, copyArtifact } from "./copy.js";
export { type Credentials, dockerKeychain, type Keychain } from "./credentials.js";
export { digestOf } from "./digest.js";
export { pushArtifact } from "./push.js";
export { type Place, parseReference, type Reference, showReference, tagOf } from "./reference.js";
export { type Manifest, Registry, RegistryError, type RegistryOptions } from "./registry.js";
export { type Files, tarball, untar } from "./tarball.js";
