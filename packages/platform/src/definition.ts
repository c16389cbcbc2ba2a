import type { Check } from "@plinth/core";
import type { HandedDown } from "./handed-down.js";
import type { MachineRequirements } from "./machine/requirements.js";
import type { ApiKind, ChartReference, ExternalChart, JsonObject, Phase, ValuesReference } from "./release.js";

/** What releases need or give beside kinds: volumes, and the pod network. */
export type Capability = "storage" | "network";

/** A namespace of the platform. Components that share it share this object: it has one owner. */
export interface ComponentNamespace {
  /** A DNS label. */
  readonly name: string;
  /** Labels beside those of Pod Security. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Whether it is there before the platform, as kube-system is: then it is neither made nor labelled. @default false */
  readonly existing?: boolean;
}

/** Any component, whatever its settings. */
export type AnyComponent = Component<object>;

/** What a component needs: a kind, a capability, or another component, given as the object and never by its name. */
export type Requirement = ApiKind | Capability | AnyComponent;

/** What was set for a component, as its own check sees it. */
export interface GivenSettings<Settings extends object> {
  /** What the user set; where a setting was given twice, the later one. */
  readonly settings: Partial<Settings>;
  /** Values of the chart that the user lays over those of the component. */
  readonly values: JsonObject;
  readonly platform: HandedDown;
}

/**
 * A component: what a file of the catalogue exports, and what a user adds of their own. It becomes one `Release`.
 * @typeParam Settings what people set, see `configure`
 */
export interface Component<Settings extends object = JsonObject> {
  /** Name of the release: a DNS label of at most 53 characters. */
  readonly name: string;
  /** Name that Helm keeps it under. @default - the name */
  readonly releaseName?: string;
  /** Where it is installed. Its Pod Security level is the highest that any component in it needs. */
  readonly namespace: ComponentNamespace;
  /** Namespaces beside its own in which its chart has objects: they are made too, whoever else is in them. @default - none */
  readonly otherNamespaces?: readonly ComponentNamespace[];
  /** Whether its pods need the Pod Security level `privileged`. @default false */
  readonly privileged?: boolean;
  /** Its Helm chart, at one exact version. `configure` gives another, and a platform's `mirror` takes it from there. */
  readonly chart: ChartReference;
  /**
   * Charts of the same artifact that controllers make releases from when a tenant orders something. Not from a mirror: that has each
   * chart by itself.
   * @default - none
   */
  readonly externalCharts?: readonly ExternalChart[];
  /** When it can run. @default "rest" */
  readonly phase?: Phase;
  /** Kinds whose CRDs it owns, and capabilities that it gives. @default - nothing */
  readonly provides?: readonly (ApiKind | Capability)[];
  /** What must be there first. The pod network is implied in the phases `core` and `rest`. @default - nothing more */
  readonly requires?: readonly Requirement[];
  /**
   * What it waits for where the platform has it, and goes without otherwise: a ServiceMonitor that is made only where its
   * kind is served. @default - nothing
   */
  readonly optional?: readonly Requirement[];
  /**
   * Whether the chart installs the CRDs of the kinds that it provides; `false` where a controller makes them later.
   * @default true
   */
  readonly installsCrds?: boolean;
  /** Whether it keeps data. @default - whether it requires storage */
  readonly stateful?: boolean;
  /** What it needs of the machines that its pods run on. @default - nothing beyond what every node has */
  readonly machine?: MachineRequirements;
  /** How it gets into the cluster, see `Release.delivery`. @default "flux" */
  readonly delivery?: "flux" | "direct";
  /**
   * Refuses what was set, as far as its types cannot tell: runs before anything is sent, also where nothing was set. Its path is that of
   * the release, and its properties are those of the settings. Where it refuses, `values` is not asked.
   * @default - what the types allow is taken
   */
  check?(given: GivenSettings<Settings>, check: Check): void;
  /** Values of the chart, from what the user set and what the platform hands down. @default - what the user set */
  values?(settings: Partial<Settings>, platform: HandedDown): JsonObject;
  /** Values from Secrets and ConfigMaps. @default - none */
  readonly valuesFrom?: readonly ValuesReference[];
}
