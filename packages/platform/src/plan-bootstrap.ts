import type { Check } from "@plinth/core";
import type { ApiServerAddress } from "./handed-down.js";
import { API_SERVER_FIELDS, type PlatformProps } from "./props.js";
import { PLATFORM } from "./rules.js";

/** A toleration of a pod. */
export interface Toleration {
  readonly key: string;
  readonly operator: "Exists";
}

/** How Flux's own pod runs. */
export interface FluxPod {
  /** Whether it uses the host's network: where it has to make the pod network first. */
  readonly hostNetwork: boolean;
  /** `Default` is the node's own DNS: the cluster's runs on the pod network. */
  readonly dnsPolicy: "Default" | "ClusterFirst";
  readonly tolerations: readonly Toleration[];
  /** Environment of every container. */
  readonly env: Readonly<Record<string, string>>;
}

/** Which Flux applies the platform. */
export type PlannedFlux =
  /** One that is there already, with the namespace of its controllers. */
  | { readonly mode: "existing"; readonly namespace: string }
  /** One that is sent before all else, as a single pod. */
  | { readonly mode: "installed"; readonly namespace: string; readonly pod: FluxPod };

/** KubePrism, which Talos runs on every node. Source: siderolabs/talos:pkg/machinery/constants/constants.go. */
const KUBE_PRISM: ApiServerAddress = { host: "localhost", port: 7445 };

/**
 * What a node is tainted with before it has a pod network, and before a cloud controller has seen it.
 * Source: cozystack/cozystack:internal/fluxinstall/manifests/fluxcd.yaml.
 */
const BEFORE_NETWORK: readonly Toleration[] = [
  "node.kubernetes.io/not-ready",
  "node.kubernetes.io/unreachable",
  "node.cilium.io/agent-not-ready",
  "node.cloudprovider.kubernetes.io/uninitialized",
].map((key) => ({ key, operator: "Exists" }));

/** Where artifacts are served to the containers beside: no Service and no DNS is needed. */
const ARTIFACTS = {
  SOURCE_CONTROLLER_LOCALHOST: "localhost:9790",
  SOURCE_WATCHER_LOCALHOST: "localhost:9691",
} as const;

/** Finds how pods on the host's network reach the API server. @returns `undefined` in a hosted cluster */
export function planApiServer(props: PlatformProps, check: Check): ApiServerAddress | undefined {
  if (props.distribution === "hosted") return undefined;
  const given = props.apiServer;
  if (given !== undefined) {
    check.fields<ApiServerAddress>(given, API_SERVER_FIELDS, "apiServer");
    const isPort = Number.isInteger(given.port) && given.port >= 1 && given.port <= 65535;
    const isCluster = /\.svc(\.|$)/.test(given.host);
    if (isPort && given.host !== "" && !isCluster) return given;
    return refuseApiServer(
      given,
      isCluster
        ? `${given.host} is a Service, which nothing routes to yet`
        : `${given.host}:${given.port} is not an address`,
      check,
    );
  }
  if (props.distribution === "talos") return KUBE_PRISM;
  return refuseApiServer(undefined, "Nothing says where the API server of this cluster is", check);
}

function refuseApiServer(value: unknown, message: string, check: Check): undefined {
  check.refuse(PLATFORM.apiServer, {
    property: "apiServer",
    value,
    message,
    fix: 'give the address that kubelets use, for example apiServer: { host: "192.168.100.10", port: 6443 }',
  });
  return undefined;
}

/** Derives how Flux's pod runs from where it has to start. */
export function planFluxPod(apiServer: ApiServerAddress | undefined): FluxPod {
  if (apiServer === undefined) return { hostNetwork: false, dnsPolicy: "ClusterFirst", tolerations: [], env: {} };
  return {
    hostNetwork: true,
    dnsPolicy: "Default",
    tolerations: BEFORE_NETWORK,
    env: {
      KUBERNETES_SERVICE_HOST: apiServer.host,
      KUBERNETES_SERVICE_PORT: String(apiServer.port),
      ...ARTIFACTS,
    },
  };
}
