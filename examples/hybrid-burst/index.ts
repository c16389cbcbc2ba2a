// Racks that order VMs in an OpenStack when they are full: small ones first, large ones when those give no room.
import * as pulumi from "@pulumi/pulumi";
import { CloudProvider, HybridNodeGroup, L3VPNNetwork } from "plinth";

const config = new pulumi.Config();

const network = new L3VPNNetwork("burst", {
  cidr: "192.168.200.0/24",
  nextHop: "192.168.200.252", // the L3VPN router
  sites: [{ name: "racks", cidrs: ["10.13.1.0/24"] }],
});

const cloud = new CloudProvider("cloud", {
  network,
  engine: { type: "clusterApi", autoscaler: {} },
  cluster: {
    podCidr: "10.111.0.0/16",
    serviceCidr: "10.222.0.0/16",
    endpoint: "10.13.1.10:6443", // of the API server in the racks
    version: "v1.36.3",
    kubeconfig: config.requireSecret("kubeconfig"),
    caCertificate: config.require("caCertificate"),
  },
  quota: { instances: 20, cores: 100, memory: "200Gi" },
  user: { password: config.requireSecret("password") },
  keyPair: { publicKey: config.require("publicKey") },
});

const common = {
  cloud,
  zones: ["nova"],
  labels: { "node-role/burst": "" },
  taints: [{ key: "dedicated", value: "burst", effect: "NoSchedule" }],
} as const;
const image = { existing: true, name: "ubuntu-24.04-kube-v1.36.3" } as const;

const small = new HybridNodeGroup("small", {
  ...common,
  machine: { cores: 4, memory: "8Gi", disk: "50Gi", image },
  size: { min: 0, max: 10 },
  priority: 20,
});

new HybridNodeGroup("large", {
  ...common,
  machine: { cores: 16, memory: "32Gi", disk: "100Gi", image },
  size: { min: 0, max: 2 },
  priority: 10,
});

/** What the hosts in the racks put below their interface in /etc/netplan. */
export const returnRoutes = network.returnRoutes("racks").netplan;

/** What a pod says to run on the VMs, whichever of the two: goes into its spec as it is. */
export const placement = small.placement;

/** With what the cluster autoscaler is run, so that it comes to the large ones when there are no small ones to be had. */
export const autoscalerArgs = cloud.autoscaler?.apply(({ args }) => args);
