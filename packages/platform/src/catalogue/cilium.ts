import type { Component } from "../definition.js";
import type { HandedDown } from "../handed-down.js";
import { kinds } from "../kinds.js";
import type { JsonObject } from "../release.js";
import { PLATFORM_SETTINGS } from "../settings-rules.js";
import { cozystackChart } from "./charts.js";

/** What people set for Cilium. */
export interface CiliumSettings {
  /** Whether flows are observed. @default false */
  readonly hubble: boolean;
  /** Gateways by Cilium's Envoy; needs the kinds of the Gateway API. @default - where the platform has those */
  readonly gatewayApi: boolean;
  /** How a backend is chosen. @default "maglev" */
  readonly loadBalancerAlgorithm: "maglev" | "random";
  /** Interfaces that Cilium's programs are attached to, where kube-ovn is not there. @default - found by Cilium */
  readonly devices: readonly string[];
}

const [GATEWAY_CLASS] = kinds("gateway.networking.k8s.io", "GatewayClass");
const [SUBNET] = kinds("kubeovn.io", "Subnet");

/** Containers that enter the host's namespaces: what containerd's profile on Ubuntu denies. */
const UNCONFINED = ["cilium-agent", "clean-cilium-state", "mount-cgroup", "apply-sysctl-overwrites"];

/**
 * Cilium: replaces kube-proxy; chained behind kube-ovn where that makes the pod network, else the pod network itself.
 * Values as in cozystack/cozystack:packages/system/cilium, values{,-talos,-kubeovn,-apparmor}.yaml.
 */
export const cilium: Component<CiliumSettings> = {
  name: "cilium",
  namespace: { name: "cozy-cilium" },
  privileged: true,
  // the chart beside Cilium's own has the CNI configuration by which it is chained
  chart: cozystackChart("cilium"),
  phase: "cni",
  provides: [
    "network",
    ...kinds(
      "cilium.io",
      "CiliumNetworkPolicy",
      "CiliumClusterwideNetworkPolicy",
      "CiliumLoadBalancerIPPool",
      "CiliumL2AnnouncementPolicy",
      "CiliumNode",
      "CiliumEndpoint",
      "CiliumIdentity",
      "CiliumCIDRGroup",
    ),
  ],
  // its operator makes them when it starts
  installsCrds: false,
  optional: GATEWAY_CLASS === undefined ? [] : [GATEWAY_CLASS],
  machine: { replacesKubeProxy: true },
  check: ({ settings: { gatewayApi, devices }, platform }, check) => {
    if (devices !== undefined && SUBNET !== undefined && platform.has(SUBNET)) {
      check.warn("devices is not used: kube-ovn makes the pod network, and Cilium is attached to its interfaces");
    }
    if (gatewayApi !== true || (GATEWAY_CLASS !== undefined && platform.has(GATEWAY_CLASS))) return;
    check.refuse(PLATFORM_SETTINGS.gatewayKinds, {
      property: "gatewayApi",
      value: true,
      message: "gatewayApi is on, and nothing in the platform provides the kind GatewayClass.gateway.networking.k8s.io",
      fix: "add gatewayApiCrds to components, name the kinds in existing where the cluster has them, or leave gatewayApi out",
    });
  },
  values: (settings, platform) => {
    const { apiServer } = platform;
    const isTalos = platform.distribution === "talos";
    const hasGateways = GATEWAY_CLASS !== undefined && platform.has(GATEWAY_CLASS);
    const isChained = SUBNET !== undefined && platform.has(SUBNET);
    const values = {
      kubeProxyReplacement: true,
      ...(apiServer === undefined ? {} : { k8sServiceHost: apiServer.host, k8sServicePort: apiServer.port }),
      // Talos mounts it read only
      cgroup: isTalos
        ? { autoMount: { enabled: false }, hostRoot: "/sys/fs/cgroup" }
        : { autoMount: { enabled: true } },
      ...(isTalos ? {} : { podAnnotations: unconfined() }),
      externalIPs: { enabled: true },
      nodePort: { enabled: true },
      loadBalancer: { algorithm: settings.loadBalancerAlgorithm ?? "maglev", serviceTopology: true },
      hubble: { enabled: settings.hubble ?? false },
      gatewayAPI: { enabled: settings.gatewayApi ?? hasGateways },
      ipam: { mode: "kubernetes" },
      rollOutCiliumPods: true,
      operator: { rollOutPods: true, replicas: 1 },
      ...(isChained ? CHAINED : alone(settings, platform)),
    };
    return { cilium: values };
  },
};

/** Pods have kube-ovn's interfaces; Cilium adds Services and policies to them. */
const CHAINED: JsonObject = {
  daemon: { enableSourceIPVerification: false },
  sctp: { enabled: true },
  autoDirectNodeRoutes: false,
  bpf: { masquerade: false },
  cni: { chainingMode: "generic-veth", chainingTarget: "kube-ovn", customConf: true, configMap: "cni-configuration" },
  routingMode: "native",
  enableIPv4Masquerade: false,
  enableIPv6Masquerade: false,
  enableIdentityMark: false,
  forceDeviceDetection: true,
  devices: "ovn0 genev_sys_6081",
};

/** Nodes reach each other's pods by routes, so all of them are in one layer 2 segment; elsewhere a tunnel is Cilium's default. */
function alone({ devices }: Partial<CiliumSettings>, { network }: HandedDown): JsonObject {
  const own = devices === undefined ? {} : { devices: devices.join(" ") };
  if (network === undefined || network.nodes.length !== 1) return { bpf: { masquerade: true }, ...own };
  const family = network.pod.version === 4 ? "ipv4" : "ipv6";
  return {
    bpf: { masquerade: true },
    routingMode: "native",
    autoDirectNodeRoutes: true,
    [`${family}NativeRoutingCIDR`]: network.pod.toString(),
    ...own,
  };
}

function unconfined(): JsonObject {
  return Object.fromEntries(
    UNCONFINED.map((name) => [`container.apparmor.security.beta.kubernetes.io/${name}`, "unconfined"]),
  );
}
