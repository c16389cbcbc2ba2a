// Racks that order VMs in an OpenStack when they are full: small ones, and large ones for what asks for them.
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

const image = { existing: true, name: "ubuntu-24.04-kube-v1.36.3" } as const;

const small = new HybridNodeGroup("small", {
  cloud,
  machine: { cores: 4, memory: "8Gi", disk: "50Gi", image },
  size: { min: 0, max: 10 },
  zones: ["nova"],
  taints: [{ key: "dedicated", value: "burst", effect: "NoSchedule" }],
});

const large = new HybridNodeGroup("large", {
  cloud,
  machine: { cores: 16, memory: "32Gi", disk: "100Gi", image },
  size: { min: 0, max: 2 },
  zones: ["nova"],
  taints: [{ key: "dedicated", value: "burst-large", effect: "NoSchedule" }],
});

/** What the hosts in the racks put below their interface in /etc/netplan. */
export const returnRoutes = network.returnRoutes("racks").netplan;

/** What a pod says to run on the VMs: goes into its spec as it is. */
export const placement = { small: small.placement, large: large.placement };
