import type { ClusterApiEngine } from "../../props-cluster-api.js";

/**
 * The engine where none is given, and its durations. The token's life is what the bootstrap provider's flag
 * `--bootstrap-token-ttl` has by default.
 */
export const DEFAULT_ENGINE_PROPS = {
  type: "clusterApi",
  provisioningTimeout: "10m",
  tokenLifetime: "15m",
} as const satisfies ClusterApiEngine;
