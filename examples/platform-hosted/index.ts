// Databases, monitoring and a shop of one's own, in a cluster of somebody else's that has a network, volumes and Flux.
import * as pulumi from "@pulumi/pulumi";
import { Platform, platform } from "plinth";

const config = new pulumi.Config();

// a component of one's own: what it needs are kinds, volumes, or other components, never names
const shop: platform.Component<{ readonly replicas: number }> = {
  name: "shop",
  namespace: { name: "shop" },
  chart: { source: "oci", url: "oci://registry.example.com/charts", chart: "shop", version: "1.4.2" },
  requires: ["storage", ...platform.kinds("postgresql.cnpg.io", "Cluster")],
  optional: platform.kinds("operator.victoriametrics.com", "VMServiceScrape"),
  values: ({ replicas = 1 }, { host }) => ({ replicaCount: replicas, host: `shop.${host}` }),
  valuesFrom: [{ kind: "Secret", name: "shop-payment" }],
};

const hosted = new Platform("hosted", {
  distribution: "hosted",
  preset: platform.hosted,
  flux: { existing: { namespace: "flux-system" } },
  host: config.require("host"),
  components: [shop],
  disable: [platform.telepresence],
  configure: [platform.configure(shop, { replicas: 3 })],
  upgrade: { record: "plinth.platform.json" },
});

/** The order in which it is installed. */
export const levels = platform.describeLevels(hosted.plan);

/** What the shop waits for, and why. */
export const shopWaitsFor = hosted.plan.releases
  .filter(({ name }) => name === shop.name)
  .flatMap(({ dependsOn }) => dependsOn.map(({ name, reasons }) => `${name}: ${reasons.map(platform.describeReason)}`));
