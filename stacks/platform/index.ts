// From an empty cluster to a cloud: virtual machines, clusters and databases for tenants. docs/platform.md
import * as pulumi from "@pulumi/pulumi";
import { Platform, platform } from "plinth";

const config = new pulumi.Config();
const mirror = config.get<`oci://${string}`>("mirror");
const preset = config.get<keyof typeof platform.PRESETS>("preset") ?? "full";
const bundle = config.get<`oci://${string}`>("bundle"); // where Flux is to find the objects, instead of Pulumi applying them
const broken = config.get("broken"); // a release of the lab's that is to fail, to see what waits for it

const cloud = new Platform("cloud", {
  distribution: "talos",
  preset: platform.PRESETS[preset],
  network: {
    nodes: ["192.168.100.0/24"],
    pod: "10.244.0.0/16",
    service: "10.96.0.0/16",
    loadBalancer: ["192.168.100.200-192.168.100.250"],
  },
  machines: [
    { name: "node-1", address: "192.168.100.11", role: "control-plane" },
    { name: "node-2", address: "192.168.100.12", role: "control-plane" },
    { name: "node-3", address: "192.168.100.13", role: "control-plane" },
  ],
  flux: { existing: { namespace: "flux-system" } },
  mirror,
  fluxSettings: {
    registries: config.getObject("registries") ?? [],
    retryInterval: config.get("retryInterval") ?? "30s",
  },
  configure: platform.PRESETS[preset].components
    .filter(({ name }) => name === broken)
    .map((component) => platform.configure(component, {}, { values: { standIn: { fail: true } } })),
  storage: {
    nodes: [{ name: "all", pools: [{ type: "zfsThin", name: "data", zPool: "data", hostDevices: ["/dev/sdb"] }] }],
    classes: [
      { type: "replicated", name: "replicated", pool: "data", isDefault: true },
      { type: "local", name: "local", pool: "data" },
    ],
  },
  addresses: { pools: [{ name: "public", announce: { type: "layer2" } }] },
  tenants: {
    host: "cloud.local",
    quota: { cpu: "64", memory: "256Gi", storage: "4Ti" },
    tenants: [{ name: "team", quota: { cpu: "16", memory: "64Gi", storage: "1Ti" } }],
  },
  delivery:
    bundle === undefined
      ? { type: "pulumi" }
      : { type: "flux", repository: bundle, insecure: config.getBoolean("insecure") ?? false },
  waitForReady: config.getBoolean("waitForReady"),
});

export const levels = platform.describeLevels(cloud.plan);
