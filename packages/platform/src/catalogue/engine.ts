import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { cozystackChart, cozystackValues } from "./charts.js";
import { FLUX, SYSTEM } from "./namespaces.js";

// The API in which tenants order, and what watches over it: rows of data, see system.ts.

const CERTIFICATES = kinds("cert-manager.io", "Certificate", "Issuer");

/** The kind by which applications are offered. */
export const applicationDefinitionCrd: Component = {
  name: "application-definition-crd",
  namespace: SYSTEM,
  chart: cozystackChart("application-definition-crd", "application-definition-crd"),
  phase: "core",
  provides: kinds("cozystack.io", "ApplicationDefinition"),
};

/** Watches what tenants have ordered. */
export const cozystackController: Component = {
  name: "cozystack-controller",
  namespace: SYSTEM,
  chart: cozystackChart("cozystack-controller"),
  phase: "core",
  provides: [
    ...kinds("cozystack.io", "Workload", "WorkloadMonitor"),
    ...kinds("gateway.cozystack.io", "TenantGateway"),
  ],
  requires: kinds("cozystack.io", "ApplicationDefinition"),
};

/** The API in which tenants order. */
export const cozystackApi: Component = {
  name: "cozystack-api",
  namespace: SYSTEM,
  chart: cozystackChart("cozystack-api"),
  phase: "core",
  requires: [cozystackController, ...CERTIFICATES, ...kinds("cozystack.io", "ApplicationDefinition")],
  values: (_, platform) => cozystackValues(platform),
};

/** Whose each object is. */
export const lineageControllerWebhook: Component = {
  name: "lineage-controller-webhook",
  namespace: SYSTEM,
  chart: cozystackChart("lineage-controller-webhook"),
  phase: "core",
  requires: [cozystackController, ...CERTIFICATES, ...kinds("cozystack.io", "ApplicationDefinition")],
};

/** Mends releases that Flux has given up. */
export const fluxPlunger: Component = {
  name: "flux-plunger",
  namespace: FLUX,
  chart: cozystackChart("flux-plunger"),
  requires: [cozystackController],
};

/** Flux controllers for tenants. */
export const fluxShardOperator: Component = {
  name: "flux-shard-operator",
  namespace: FLUX,
  chart: cozystackChart("flux-shard-operator"),
  requires: [cozystackController, ...CERTIFICATES],
};
