import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { cozystackChart } from "./charts.js";
import { checkCount } from "./check-settings.js";

/** What people set for Kamaji. */
export interface KamajiSettings {
  /** How many controllers run; all of them answer admission requests. @default 2 */
  readonly replicas: number;
}

/** Kamaji: control planes of tenants as pods. Its data stores are the tenants' own. */
export const kamaji: Component<KamajiSettings> = {
  name: "kamaji",
  namespace: { name: "cozy-kamaji" },
  chart: cozystackChart("kamaji"),
  provides: [...kinds("kamaji.clastix.io", "DataStore", "KubeconfigGenerator", "TenantControlPlane")],
  requires: kinds("cert-manager.io", "Certificate", "Issuer"),
  check: ({ settings: { replicas } }, check) => checkCount("replicas", replicas, check),
  values: ({ replicas = 2 }) => ({
    kamaji: { etcd: { deploy: false }, telemetry: { disabled: true }, replicaCount: replicas },
  }),
};
