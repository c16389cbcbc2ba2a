import { L3VPNNetwork } from "@plinth/network";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const network = new L3VPNNetwork("net", {
  cidr: config.require("cidr"),
  nextHop: "192.168.200.252",
  serviceAddresses: ["192.168.200.253", "192.168.200.254"],
  sites: [
    { name: "racks", cidrs: config.requireObject("racks") },
    { name: "postgres", cidrs: ["192.168.205.0/24"], hosts: "managed" },
  ],
  driver: { type: "neutron" },
  router: { existing: true, name: "their-router" },
  securityGroup: { nodePorts: true },
});
const six = new L3VPNNetwork("six", {
  cidr: "fd00:2::/64",
  nextHop: "fd00:2::ff",
  sites: [{ name: "racks", cidrs: ["fd00:1::/64"] }],
  mtu: 1400,
});
const adopted = new L3VPNNetwork("adopted", {
  cidr: "192.168.220.0/24",
  nextHop: "192.168.220.252",
  sites: [{ name: "stores", cidrs: ["10.14.0.0/24"] }],
  network: { existing: true, name: "their-network" },
  securityGroup: "none",
  mtu: config.getNumber("mtuOfAdopted"),
});

export const securityGroupId = network.securityGroupId;
export const networkId = network.networkId;
export const networkIdOfSix = six.networkId;
export const { mtu, podMtu } = network;
export const mtuOfSix = six.mtu;
export const mtuOfAdopted = adopted.mtu;
