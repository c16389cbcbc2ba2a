import { type Artifact, chartArtifact, pushArtifact, Registry, tagOf } from "@plinth/oci";

/** A kind that a stand-in chart brings along, or has an object of. */
export interface StandInKind {
  /** For example `cert-manager.io`. */
  readonly group: string;
  readonly kind: string;
  /** @default v1 */
  readonly version?: string;
  /** Whether its objects are in no namespace. @default false */
  readonly clusterScoped?: boolean;
}

/**
 * A chart that stands in for another one of the same name and version where that cannot be fetched: it brings the kinds
 * that the real one brings, and has an object of each kind that the real one needs. So Helm itself fails where an order is
 * wrong: an object whose kind is not there yet is refused. What the real one runs, it does not.
 */
export interface StandInChart {
  /** Repository in the registry, for example `charts/cert-manager`; the chart is called by its last part. */
  readonly repository: string;
  readonly version: string;
  /** Kinds that it brings as CRDs. @default - none */
  readonly provides?: readonly StandInKind[];
  /** Kinds whose CRDs what it runs would make: they are among its objects, since nothing runs. @default - none */
  readonly makes?: readonly StandInKind[];
  /** Kinds of which it has an object. @default - none */
  readonly uses?: readonly StandInKind[];
}

/**
 * Pushes stand-in charts to the registry of the lab.
 *
 * @param registry host and port: `PLINTH_LAB_REGISTRY` of the lab's environment
 */
export async function pushStandIns(registry: string, charts: readonly StandInChart[]): Promise<void> {
  const target = new Registry(registry, { insecure: true });
  for (const chart of charts) {
    await pushArtifact(target, chart.repository, tagOf(chart.version), await standInChart(chart));
  }
}

/** A stand-in as an artefact. With the value `standIn.fail` it does not render, as a chart with a fault. */
function standInChart({ repository, version, provides = [], makes = [], uses = [] }: StandInChart): Promise<Artifact> {
  const name = repository.split("/").at(-1) as string;
  const crds = provides.map((kind) => [`crds/${pluralOf(kind)}.${kind.group}.yaml`, JSON.stringify(crdOf(kind))]);
  const objects = [CONFIG_MAP, ...makes.map(kept), ...uses.map(objectOf)];
  const template = [FAULT, ...objects.map((object) => JSON.stringify(object))].join("\n---\n");
  return chartArtifact(
    { apiVersion: "v2", name, version, description: "Stands in for the chart of this name" },
    {
      ...Object.fromEntries(crds),
      "templates/objects.yaml": template,
      "values.yaml": JSON.stringify({ standIn: { fail: false } }),
    },
  );
}

const FAULT = '{{- if .Values.standIn.fail }}{{ fail "this stand-in was told to fail" }}{{ end -}}';

/** What shows that a release was installed, with which values. */
const CONFIG_MAP = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "{{ .Release.Name }}-stand-in" },
  data: { values: "{{ .Values | toJson | b64enc }}" },
};

/** What controllers write when all is well; nobody does here, so the object has it from the beginning. */
const WELL = {
  conditions: ["Ready", "Available", "Configured"].map((type) => ({ type, status: "True" })),
  phase: "Deployed",
  updateStatus: "operational",
  stage: "complete",
  stageStatus: "success",
};

function objectOf({ group, kind, version = "v1" }: StandInKind): object {
  return { apiVersion: `${group}/${version}`, kind, metadata: { name: "{{ .Release.Name }}" }, status: WELL };
}

function pluralOf({ kind }: StandInKind): string {
  return `${kind.toLowerCase()}s`;
}

/** A CRD that outlives the release, as one that was made by what the release ran. */
function kept(kind: StandInKind): object {
  const crd = crdOf(kind);
  const annotations = { ...crd.metadata.annotations, "helm.sh/resource-policy": "keep" };
  return { ...crd, metadata: { ...crd.metadata, annotations } };
}

const VERSIONS = ["v1", "v1beta2", "v1beta1", "v1alpha2", "v1alpha1"];

function crdOf(kind: StandInKind) {
  const { group, clusterScoped = false } = kind;
  // groups of Kubernetes' own are kept for what its makers have approved
  const annotations = /(^|\.)k(8s|ubernetes)\.io$/.test(group)
    ? { "api-approved.kubernetes.io": "unapproved, stands in for the real one" }
    : {};
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${pluralOf(kind)}.${group}`, annotations },
    spec: {
      group,
      scope: clusterScoped ? "Cluster" : "Namespaced",
      names: { kind: kind.kind, plural: pluralOf(kind), singular: kind.kind.toLowerCase() },
      // in whatever version somebody has an object of it
      versions: VERSIONS.map((name, i) => ({ name, served: true, storage: i === 0, schema })),
    },
  };
}
