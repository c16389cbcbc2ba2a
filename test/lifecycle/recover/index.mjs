import * as pulumi from "@pulumi/pulumi";
import { CloudProvider, HybridNodeGroup, L3VPNNetwork } from "plinth";

const config = new pulumi.Config();
const zones = ["ru-3a"];
const network = new L3VPNNetwork("k8s", {
  cidr: "192.168.200.0/24",
  nextHop: "192.168.200.252",
  sites: [{ name: "racks", cidrs: ["10.13.1.0/24", "192.168.204.0/24"] }],
  // takes as long as all the rest
  ...(config.getBoolean("router") ? { router: { externalNetwork: { name: "external-network" } } } : {}),
});
const cloud = new CloudProvider("cloud", {
  network,
  engine: { type: "deckhouse" },
  cluster: { podCidr: "10.111.0.0/16", serviceCidr: "10.222.0.0/16" },
  zones,
  user: { name: "k8s-nodes", password: config.requireSecret("password") },
  keyPair: { publicKey: config.require("publicKey") },
});
new HybridNodeGroup("workers", {
  cloud,
  machine: {
    cores: 4,
    memory: "8Gi",
    disk: "50Gi",
    image: { name: "ubuntu-22-04-cloud-amd64", existing: true },
  },
  size: { min: 0, max: 10 },
  zones,
});
