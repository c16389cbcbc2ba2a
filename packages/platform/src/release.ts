import type { Json, JsonObject } from "@plinth/core";

export type { Json, JsonObject };

/** A kind of the Kubernetes API, without its version: versions of one kind are one CRD. */
export interface ApiKind {
  /** For example `cert-manager.io`. */
  readonly group: string;
  /** For example `Certificate`. */
  readonly kind: string;
}

/**
 * When a release can run: `host` needs no pod network (CRDs, pods on the host's network), `cni` makes the pod network,
 * `core` is what the platform itself stands on, `rest` is all else. No release waits for one of a later phase.
 */
export type Phase = "host" | "cni" | "core" | "rest";

/** The phases in their order. */
export const PHASES: readonly Phase[] = ["host", "cni", "core", "rest"];

/** What a chart and its version are read from. */
interface SharedChart {
  /** Name of the chart. */
  readonly chart: string;
  /** Exact version, for example `1.19.4`; never a range. */
  readonly version: string;
  /** Digest of the artifact, `sha256:` and 64 hexadecimal digits. @default - not known: only the version pins it */
  readonly digest?: `sha256:${string}`;
}

/** A chart in an OCI registry. */
export interface OciChart extends SharedChart {
  readonly source: "oci";
  /** Repository that the chart's name is appended to; with `path`, the whole repository of the artifact. */
  readonly url: `oci://${string}`;
  /**
   * Folder of the chart, where one artifact carries many: Flux cuts it out with an ArtifactGenerator. A mirror publishes each
   * chart by itself, so charts from a mirror have none. @default - the artifact is the chart
   */
  readonly path?: string;
  /**
   * With `path`: folders of library charts of the same artifact that go into its `charts`. There they are links, which an artifact
   * does not keep (cozystack/cozystack:api/v1alpha1/packagesource_types.go, Libraries). @default - none
   */
  readonly libraries?: readonly string[];
}

/** A chart in a Helm repository: an index over HTTP. */
export interface HelmChart extends SharedChart {
  readonly source: "helm";
  readonly url: `https://${string}` | `http://${string}`;
}

/** Where a chart is. */
export type ChartReference = OciChart | HelmChart;

/** Values that stand in a Secret or a ConfigMap of the release's namespace: the only way in which a secret gets into a chart. */
export interface ValuesReference {
  readonly kind: "Secret" | "ConfigMap";
  readonly name: string;
  /** Key of its data. @default "values.yaml" */
  readonly valuesKey?: string;
  /** Where in the values it stands, for example `auth.password`. @default - it is a whole values file */
  readonly targetPath?: string;
  /** Whether the release goes on without it. @default false */
  readonly optional?: boolean;
}

/** Why a release waits for another. */
export type EdgeReason =
  /** It has objects of a kind that the other's CRD defines. */
  | { readonly type: "kind"; readonly kind: ApiKind }
  /** It has volumes, and the other provides them. */
  | { readonly type: "storage" }
  /** It has pods on the pod network, and the other is part of it. */
  | { readonly type: "network" }
  /** Its definition names the other. */
  | { readonly type: "component" }
  /** It is a HelmRelease, and the other is Flux. */
  | { readonly type: "delivery" };

/** An edge of the graph: this release waits for that one. */
export interface ReleaseEdge {
  /** Construct path of the release that is waited for. */
  readonly path: string;
  /** Its name and namespace, as in `HelmRelease.spec.dependsOn`. */
  readonly name: string;
  readonly namespace: string;
  /** How that release gets into the cluster; Flux can wait only for what is delivered by `flux`. */
  readonly delivery: Release["delivery"];
  /** Why, at least one. */
  readonly reasons: readonly EdgeReason[];
}

/**
 * A chart that controllers make releases from, when a tenant orders something: an ExternalArtifact, cut out of the artifact that the
 * chart of the release is in.
 */
export interface ExternalChart {
  /** Name of the ExternalArtifact, as the definition of what is ordered has it; its namespace is that of the release. */
  readonly name: string;
  /** Folder of the chart. */
  readonly path: string;
  /** Folders of library charts that go into its `charts`. @default - none */
  readonly libraries?: readonly string[];
}

/** One Helm release of a platform: what the graph yields. Plain data. */
export interface Release {
  /** Construct path, for example `platform/cert-manager`. */
  readonly path: string;
  /** Name of the HelmRelease, a DNS label; unique in the platform. */
  readonly name: string;
  /** Name that Helm keeps the release under; never changed afterwards, it would be reinstalled. */
  readonly releaseName: string;
  /** Namespace of the HelmRelease and of what it installs. */
  readonly namespace: string;
  /** Whether its pods need the Pod Security level `privileged`. */
  readonly privileged: boolean;
  /** The chart, after mirrors. */
  readonly chart: ChartReference;
  /** Charts that controllers make releases from. @default - none */
  readonly externalCharts?: readonly ExternalChart[];
  /** Values: those handed down by the platform, overlaid by what the user set. */
  readonly values: JsonObject;
  /** Values from Secrets and ConfigMaps. */
  readonly valuesFrom: readonly ValuesReference[];
  /** What it waits for, in the order of the releases. */
  readonly dependsOn: readonly ReleaseEdge[];
  /** Kinds that exist once it is ready. */
  readonly provides: readonly ApiKind[];
  /** Kinds of the objects in it, beside those that every cluster has: whose readiness is its own. */
  readonly uses: readonly ApiKind[];
  /** Whether the chart installs the CRDs that it provides: then it is their only owner, and Flux replaces them on upgrade. */
  readonly installsCrds: boolean;
  /** Whether it keeps data: it is never uninstalled to mend it, and its names don't change. */
  readonly stateful: boolean;
  /**
   * How it gets into the cluster: by a HelmRelease, or sent as it is. Only Flux itself is sent: a HelmRelease cannot
   * bring the controller that reads it.
   */
  readonly delivery: "flux" | "direct";
  readonly phase: Phase;
  /** Length of the longest way to it: 0 waits for nothing. Releases of one level can be installed together. */
  readonly level: number;
}
