import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { PLATFORM_SETTINGS } from "../settings-rules.js";
import { cozystackChart } from "./charts.js";
import { valueAt } from "./check-settings.js";
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

/** Values that come from the platform's network and machines. */
const HANDED_DOWN: readonly (readonly string[])[] = [
  ...["ipv4", "ipv6"].flatMap((family) =>
    ["POD_CIDR", "POD_GATEWAY", "SVC_CIDR", "JOIN_CIDR"].map((range) => ["kube-ovn", family, range]),
  ),
  ["kube-ovn", "MASTER_NODES"],
];

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
  check: ({ values }, check) => {
    for (const path of HANDED_DOWN) {
      const given = valueAt(values, ...path);
      if (given === undefined) continue;
      check.refuse(PLATFORM_SETTINGS.handedDown, {
        property: `values.${path.join(".")}`,
        value: given,
        message: `${path.at(-1)} is laid over what the platform hands down`,
        fix: path.includes("MASTER_NODES") ? "set it by machines" : "set it by network: pod, podGateway, service, join",
      });
    }
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
