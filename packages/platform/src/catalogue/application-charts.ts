import type { ExternalChart } from "../release.js";
import { COZY_LIB } from "./charts.js";

/** Add-ons of a tenant's cluster: folders below `system`, each under its own name. */
const ADD_ONS = [
  "ingress-nginx",
  "cert-manager-crds",
  "velero",
  "gateway-api-crds",
  "victoria-metrics-operator",
  "kubevirt-csi-node",
  "vertical-pod-autoscaler-crds",
  "coredns",
  "cert-manager",
  "fluxcd-operator",
  "fluxcd",
  "monitoring-agents",
  "cilium",
  "gpu-operator",
  "hami",
  "vertical-pod-autoscaler",
  "prometheus-operator-crds",
  "metrics-server",
  "ouroboros",
] as const;

const KUBERNETES: readonly (readonly [string, string])[] = [
  ...ADD_ONS.map((name) => [`kubernetes-${name}`, `system/${name}`] as const),
  ["kubernetes-volumesnapshot-crd", "system/vsnap-crd"],
];

/** Where the chart of an application is, where not at `apps/<name>`; the variant, and what else it makes releases of. */
const OTHERS: Readonly<
  Record<string, { path?: string; variant?: string; beside?: readonly (readonly [name: string, path: string])[] }>
> = {
  bucket: { beside: [["bucket-system", "system/bucket"]] },
  etcd: { path: "extra/etcd" },
  harbor: { beside: [["harbor-system", "system/harbor"]] },
  info: { path: "extra/info" },
  ingress: { path: "extra/ingress", beside: [["ingress-system", "system/ingress-nginx"]] },
  kubernetes: { variant: "kubevirt", beside: KUBERNETES },
  monitoring: { path: "extra/monitoring", beside: [["monitoring-system", "system/monitoring"]] },
  nats: { beside: [["nats-system", "system/nats"]] },
  openbao: { beside: [["openbao-system", "system/openbao"]] },
  qdrant: { beside: [["qdrant-system", "system/qdrant"]] },
  seaweedfs: {
    path: "extra/seaweedfs",
    beside: [
      ["seaweedfs-db", "system/seaweedfs-db"],
      ["seaweedfs-system", "system/seaweedfs"],
    ],
  },
  virtualprivatecloud: { path: "apps/vpc", variant: "kubevirt" },
  "vm-disk": { variant: "kubevirt" },
  "vm-instance": { variant: "kubevirt" },
};

/**
 * Charts that an order of an application is made from, by the names that its definition has.
 * As in cozystack/cozystack:packages/core/platform/sources/<name>-application.yaml@bfde94f; the names are built by
 * internal/operator/packagesource_reconciler.go.
 */
export function chartsOfApplication(name: string): ExternalChart[] {
  const { path = `apps/${name}`, variant = "default", beside = [] } = OTHERS[name] ?? {};
  return [[name, path] as const, ...beside].map(([chart, folder]) => ({
    name: `cozystack-${name}-application-${variant}-${chart}`,
    path: folder,
    ...(folder === path || folder === "system/monitoring" ? { libraries: [COZY_LIB] } : {}),
  }));
}
