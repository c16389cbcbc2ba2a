import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { cozystackChart, cozystackValues } from "./charts.js";
import { CERT_MANAGER } from "./namespaces.js";

/** What people set for the issuers. */
export interface IssuerSettings {
  /** How a domain is proved to be one's own. @default "http01" */
  readonly solver: "http01" | "dns01";
  /** Who has the DNS, for `dns01`; the token stands in a Secret of the namespace. @default "cloudflare" */
  readonly dnsProvider: "cloudflare" | "digitalocean";
}

/** Issuers of certificates: Let's Encrypt, its staging, and self-signed. */
export const certManagerIssuers: Component<IssuerSettings> = {
  name: "cert-manager-issuers",
  namespace: CERT_MANAGER,
  chart: cozystackChart("cert-manager-issuers"),
  phase: "core",
  requires: kinds("cert-manager.io", "ClusterIssuer"),
  values: ({ solver = "http01", dnsProvider = "cloudflare" }, platform) =>
    cozystackValues(platform, { solver, ...(solver === "dns01" ? { "dns01-provider": dnsProvider } : {}) }),
};
