import type { ChartReference } from "../release.js";

/** A version, and where it was read. */
export type VersionedChart = ChartReference & {
  /** File of a repository, with the commit. */
  readonly readFrom: string;
};

/**
 * The artifact in which Cozystack 1.6.2 publishes its charts, all in one: those that nobody else has. Its digest pins them;
 * inside, each chart has the version 0.0.0, so a mirror gives them the artifact's.
 */
export const ARTIFACT = {
  source: "oci",
  url: "oci://ghcr.io/cozystack/cozystack/cozystack-packages",
  version: "1.6.2",
  digest: "sha256:251626e80efad3e87561b138e03301d8b63c15a42895359716aa18802b04fed5",
  readFrom: "cozystack/cozystack:packages/core/installer/values.yaml@bfde94f",
} as const;

/**
 * Charts that their own projects publish. The versions are those that run together in Cozystack 1.6.2. No source gives a
 * digest of theirs, so none stands here.
 */
export const VERSIONS = {
  "flux-manifests": {
    source: "oci",
    url: "oci://ghcr.io/fluxcd",
    chart: "flux-manifests",
    version: "v2.9.4",
    readFrom: "fluxcd/flux2: release v2.9.4, the newest of August 2026",
  },
  "cert-manager": {
    source: "helm",
    url: "https://charts.jetstack.io",
    chart: "cert-manager",
    version: "v1.20.2",
    readFrom: "cozystack/cozystack:packages/system/cert-manager/charts/cert-manager/Chart.yaml@bfde94f",
  },
  "cluster-api-operator": {
    source: "helm",
    url: "https://kubernetes-sigs.github.io/cluster-api-operator",
    chart: "cluster-api-operator",
    version: "0.19.0",
    readFrom: "cozystack/cozystack:packages/system/capi-operator/charts/cluster-api-operator/Chart.yaml@bfde94f",
  },
  "mariadb-operator": {
    source: "helm",
    url: "https://mariadb-operator.github.io/mariadb-operator",
    chart: "mariadb-operator",
    version: "25.10.2",
    readFrom: "cozystack/cozystack:packages/system/mariadb-operator/charts/mariadb-operator/Chart.yaml@bfde94f",
  },
  metallb: {
    source: "helm",
    url: "https://metallb.github.io/metallb",
    chart: "metallb",
    version: "0.16.1",
    readFrom: "cozystack/cozystack:packages/system/metallb/charts/metallb/Chart.yaml@bfde94f",
  },
  "redis-operator": {
    source: "helm",
    url: "https://spotahome.github.io/redis-operator",
    chart: "redis-operator",
    version: "3.3.0",
    readFrom: "cozystack/cozystack:packages/system/redis-operator/charts/redis-operator/Chart.yaml@bfde94f",
  },
  telepresence: {
    source: "helm",
    url: "https://app.getambassador.io",
    chart: "telepresence",
    version: "2.16.1",
    readFrom: "cozystack/cozystack:packages/system/telepresence/charts/telepresence/Chart.yaml@bfde94f",
  },
  "victoria-metrics-operator": {
    source: "helm",
    url: "https://victoriametrics.github.io/helm-charts",
    chart: "victoria-metrics-operator",
    version: "0.61.0",
    readFrom:
      "cozystack/cozystack:packages/system/victoria-metrics-operator/charts/victoria-metrics-operator/Chart.yaml@bfde94f",
  },
} as const satisfies Record<string, VersionedChart>;
