import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { cozystackChart } from "./charts.js";
import { cilium } from "./cilium.js";
import { KUBEOVN } from "./namespaces.js";

/** What people set for kube-ovn. */
export interface KubeOvnSettings {
  /** Whether OVN's databases and their clients speak TLS. @default true */
  readonly tls: boolean;
  /** How packets travel between nodes. @default "geneve" */
  readonly tunnel: "geneve" | "vxlan" | "stt";
  /** Interface of the nodes that the tunnels use. @default - that of the default route */
  readonly interface: string;
}

/** Pods on one node talk to more neighbours than the kernel keeps by default: cozystack/website:content/en/docs (Talos). */
const NEIGHBOURS = {
  "net.ipv4.neigh.default.gc_thresh1": "4096",
  "net.ipv4.neigh.default.gc_thresh2": "8192",
  "net.ipv4.neigh.default.gc_thresh3": "16384",
};

/**
 * kube-ovn: the pod network, with subnets and VPCs. It is given the addresses of the control plane, on which OVN's databases
 * run: the chart's own search for them finds one node while the others are not there yet.
 */
export const kubeovn: Component<KubeOvnSettings> = {
  name: "kubeovn",
  namespace: KUBEOVN,
  privileged: true,
  chart: cozystackChart("kubeovn"),
  phase: "cni",
  provides: [
    "network",
    ...kinds(
      "kubeovn.io",
      "IP",
      "IPPool",
      "IptablesDnatRule",
      "IptablesEIP",
      "IptablesFIPRule",
      "IptablesSnatRule",
      "OvnDnatRule",
      "OvnEip",
      "OvnFip",
      "OvnSnatRule",
      "ProviderNetwork",
      "QoSPolicy",
      "SecurityGroup",
      "Subnet",
      "SwitchLBRule",
      "Vip",
      "Vlan",
      "Vpc",
      "VpcDns",
      "VpcEgressGateway",
      "VpcNatGateway",
    ),
  ],
  requires: [cilium],
  machine: {
    kernelModules: [{ name: "openvswitch" }],
    sysctls: NEIGHBOURS,
    // its pods' addresses are not bound to ranges of nodes
    kubelet: { maxPods: 512 },
  },
  values: (settings, { network, controlPlane }) => {
    const family = network?.pod.version === 6 ? "ipv6" : "ipv4";
    const ranges =
      network === undefined
        ? {}
        : {
            [family]: {
              POD_CIDR: network.pod.toString(),
              POD_GATEWAY: network.podGateway.toString(),
              SVC_CIDR: network.service.toString(),
              JOIN_CIDR: network.join.toString(),
            },
          };
    return {
      "kube-ovn": {
        ...ranges,
        networking: {
          NET_STACK: family,
          ENABLE_SSL: settings.tls ?? true,
          TUNNEL_TYPE: settings.tunnel ?? "geneve",
          ...(settings.interface === undefined ? {} : { IFACE: settings.interface }),
        },
        MASTER_NODES: controlPlane.map(({ address }) => address).join(","),
      },
    };
  },
};
