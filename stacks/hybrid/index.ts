// Bare-metal racks that order VMs in an OpenStack when they run out of room: docs/hybrid.md
import * as pulumi from "@pulumi/pulumi";
import { CloudProvider, HybridNodeGroup, L3VPNNetwork } from "plinth";

const config = new pulumi.Config();
const existing = config.getBoolean("existing") ?? false; // whether an administrator has made network, user and flavor
const zones = [config.get("zone") ?? "ru-3a"] as const;
const image = { name: "ubuntu-22-04-cloud-amd64", existing: true } as const;
const publicKey = config.require("publicKey");
const ranges = { podCidr: "10.111.0.0/16", serviceCidr: "10.222.0.0/16" } as const;

const network = new L3VPNNetwork("k8s", {
  cidr: "192.168.200.0/24",
  nextHop: "192.168.200.252",
  serviceAddresses: ["192.168.200.253", "192.168.200.254"],
  sites: [
    { name: "racks", cidrs: ["10.13.1.0/24"] },
    { name: "racks-2", cidrs: ["192.168.204.0/24"] },
    { name: "postgres", cidrs: ["192.168.205.0/24"], hosts: "managed" },
  ],
  mtu: config.getNumber("mtu"), // less than 1500 where Neutron's networks are an overlay
  network: { name: "k8s_l3vpn", existing },
  router: {
    externalNetwork: { name: config.get("externalNetwork") ?? "external-network" },
    accessNetwork: { name: "k8s-external-access", cidr: "192.168.201.0/24" },
  },
});

const cloud = new CloudProvider("cloud", {
  network,
  zones,
  user: { name: "k8s-nodes", existing, password: config.requireSecret("password") },
  ...(config.get("engine", { allowedValues: ["clusterApi", "deckhouse"] }) === "deckhouse"
    ? { engine: { type: "deckhouse" }, cluster: ranges, keyPair: { name: "deckhouse", publicKey } }
    : {
        engine: { type: "clusterApi", clusterName: "racks" },
        cluster: {
          ...ranges,
          endpoint: "10.13.1.10:6443", // of the API server in the racks, over the L3VPN
          version: "v1.36.3",
          kubeconfig: config.requireSecret("kubeconfig"),
          caCertificate: config.require("caCertificate"),
        },
        keyPair: { publicKey },
      }),
});

const workers = new HybridNodeGroup("cloud-worker", {
  cloud,
  machine: { cores: 4, memory: "8Gi", disk: "50Gi", flavor: { name: "c4m8d50", existing }, image },
  size: { min: 1, max: 10 },
  zones,
  labels: { "node-role/cloud-worker": "" },
  taints: [{ key: "dedicated", value: "cloud-worker", effect: "NoExecute" }],
});

export const returnRoutes = network.returnRoutes("racks").netplan;
export const placement = workers.placement;
export const cloudsYaml = cloud.cloudsYaml;
