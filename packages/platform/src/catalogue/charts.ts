import type { HandedDown } from "../handed-down.js";
import type { ChartReference, Json, JsonObject, OciChart } from "../release.js";
import { ARTIFACT, VERSIONS } from "./versions.js";

/** A chart of the list of versions. */
export function chartOf(name: keyof typeof VERSIONS): ChartReference {
  const { readFrom: _, ...chart } = VERSIONS[name];
  return chart;
}

/**
 * A chart that only Cozystack has, out of its one artifact.
 * @param folder its folder below `system`
 * @param chart its name. @default - the folder with `cozy-` before it
 */
export function cozystackChart(folder: string, chart = `cozy-${folder}`): OciChart {
  const { readFrom: _, ...artifact } = ARTIFACT;
  return { ...artifact, chart, path: `system/${folder}` };
}

/** Cozystack's library of templates. */
export const COZY_LIB = "library/cozy-lib";

/**
 * What charts of Cozystack read of the platform, where Cozystack itself hands it down by a Secret of each namespace.
 * @param cluster what is set beside the platform's own
 */
export function cozystackValues(
  { host, clusterDomain }: HandedDown,
  cluster: Readonly<Record<string, Json>> = {},
): JsonObject {
  return {
    _cluster: {
      "root-host": host,
      "cluster-domain": clusterDomain,
      "expose-ingress": "tenant-root",
      "expose-services": "",
      "gateway-enabled": "false",
      "oidc-enabled": "false",
      solver: "http01",
      "issuer-name": "letsencrypt-prod",
      ...cluster,
    },
    _namespace: { host },
  };
}
