// Bare-metal racks that order VMs in an OpenStack when they run out of room: docs/hybrid.md
import * as pulumi from "@pulumi/pulumi";
import { CloudProvider, HybridNodeGroup, L3VPNNetwork } from "plinth";

const config = new pulumi.Config();
// what an administrator has made beforehand is adopted; without this setting it is made here
const existing = config.getBoolean("existing") ?? false;
const zones = [config.get("zone") ?? "ru-3a"] as const;

const network = new L3VPNNetwork("k8s", {
  cidr: "192.168.200.0/24",
  nextHop: "192.168.200.252",
  serviceAddresses: ["192.168.200.253", "192.168.200.254"],
  sites: [
    { name: "racks", cidrs: ["10.13.1.0/24"] },
    { name: "racks-2", cidrs: ["192.168.204.0/24"] },
    { name: "postgres", cidrs: ["192.168.205.0/24"], hosts: "managed" },
  ],
  network: { name: "k8s_l3vpn", existing },
  router: {
    externalNetwork: { name: config.get("externalNetwork") ?? "external-network" },
    accessNetwork: { name: "k8s-external-access", cidr: "192.168.201.0/24" },
  },
});

const cloud = new CloudProvider("cloud", {
  network,
  engine: { type: "deckhouse" },
  cluster: { podCidr: "10.111.0.0/16", serviceCidr: "10.222.0.0/16" },
  zones,
  user: { name: "k8s-nodes", existing, password: config.requireSecret("password") },
  keyPair: { name: "deckhouse", publicKey: config.require("publicKey") },
});

const workers = new HybridNodeGroup("cloud-worker", {
  cloud,
  machine: {
    cores: 4,
    memory: "8Gi",
    disk: "50Gi",
    flavor: { name: "c4m8d50", existing },
    image: { name: "ubuntu-22-04-cloud-amd64", existing: true },
  },
  size: { min: 1, max: 10 },
  zones,
  labels: { "node-role/cloud-worker": "" },
  taints: [{ key: "dedicated", value: "cloud-worker", effect: "NoExecute" }],
});

export const networkId = network.networkId;
export const returnRoutes = network.returnRoutes("racks").netplan;
export const placement = workers.placement;
export const cloudsYaml = cloud.cloudsYaml;
