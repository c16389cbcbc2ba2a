import { type Check, CORE, isDnsLabel, PlinthError, type Rule } from "@plinth/core";
import type { AnyComponent, ComponentNamespace } from "./definition.js";
import { kindText } from "./kinds.js";
import { DEFAULT_PHASE, DELIVERY, type Existing, type Graph, kindsAmong } from "./plan-graph.js";
import { PHASES } from "./release.js";
import { PLATFORM } from "./rules.js";

/** Longest name of a Helm release. Source: helm/helm:pkg/chart/v2/util/validate_name.go. */
const MAX_RELEASE_NAME = 53;

/** What refusals of a platform are made with. */
export interface Refusing {
  /** Construct path of a component, for example `platform/cilium`. */
  pathOf(component: AnyComponent): string;
  refuse(refusal: PlinthError): void;
}

/** A namespace of a platform, and what is in it. */
export interface PlannedNamespace {
  readonly name: string;
  /** Pod Security level: the highest that any release in it needs. */
  readonly podSecurity: "privileged" | "baseline";
  readonly labels: Readonly<Record<string, string>>;
  /** Whether it was there before: then it is not made and not labelled. */
  readonly existing: boolean;
  /** Construct paths of the releases in it. */
  readonly releases: readonly string[];
}

/** Refuses a domain that is none. @param text `undefined` where none was given */
export function checkDomain(property: string, text: string | undefined, check: Check): void {
  if (text === undefined || (text.length <= 253 && text.split(".").every(isDnsLabel))) return;
  check.refuse(CORE.name, {
    property,
    value: text,
    message: `${JSON.stringify(text)} is not a domain`,
    fix: "write it without a dot at its end, for example cloud.example.com",
  });
}

/** Refuses names that are none, or are there twice. */
export function checkNames(components: Iterable<AnyComponent>, refusing: Refusing): void {
  const releases = new Map<string, AnyComponent>();
  const names = new Map<string, AnyComponent>();
  for (const component of components) {
    const { name, releaseName = name, namespace } = component;
    const path = refusing.pathOf(component);
    for (const [property, text] of [
      ["name", name],
      ["releaseName", releaseName],
    ] as const) {
      if (isDnsLabel(text) && text.length <= MAX_RELEASE_NAME) continue;
      refuse(CORE.name, refusing, path, {
        property,
        value: text,
        message: `${JSON.stringify(text)} is not a name of at most ${MAX_RELEASE_NAME} lower case letters, digits and hyphens`,
        fix: "give a shorter or simpler name, for example metallb",
      });
    }
    const kept = `${namespace.name}/${releaseName}`;
    const sameName = names.get(name);
    const other = sameName ?? releases.get(kept);
    if (other !== undefined) {
      refuse(PLATFORM.duplicateName, refusing, path, {
        property: sameName === undefined ? "releaseName" : "name",
        value: sameName === undefined ? releaseName : name,
        message:
          sameName === undefined
            ? `${path} and ${refusing.pathOf(other)} are both kept as the Helm release ${releaseName} of the namespace ${namespace.name}`
            : `Two components are named ${name}: of the charts ${other.chart.chart} and ${component.chart.chart}`,
        fix: "give one of the two another name, or leave it out",
      });
    }
    names.set(name, sameName ?? component);
    if (!releases.has(kept)) releases.set(kept, component);
  }
}

/** Puts releases into namespaces; refuses a namespace that is defined twice. */
export function planNamespaces(components: Iterable<AnyComponent>, refusing: Refusing): PlannedNamespace[] {
  const found = new Map<string, { owner: AnyComponent; namespace: ComponentNamespace; members: AnyComponent[] }>();
  const uses = [...components].flatMap((component) =>
    [component.namespace, ...(component.otherNamespaces ?? [])].map((namespace) => ({ component, namespace })),
  );
  for (const { component, namespace } of uses) {
    const isOwn = namespace === component.namespace;
    const known = found.get(namespace.name);
    if (known === undefined) {
      checkNamespaceName(component, namespace, refusing);
      found.set(namespace.name, { owner: component, namespace, members: isOwn ? [component] : [] });
      continue;
    }
    if (isOwn) known.members.push(component);
    if (known.namespace === namespace) continue;
    refuse(PLATFORM.namespaceOwners, refusing, refusing.pathOf(component), {
      property: "namespace",
      value: namespace.name,
      message: `${refusing.pathOf(component)} and ${refusing.pathOf(known.owner)} each define the namespace ${namespace.name}`,
      fix: `share one definition, that of ${known.owner.name}, or give one of them another name`,
    });
  }
  return [...found.values()].map(({ namespace, members }) => ({
    name: namespace.name,
    podSecurity: members.some(({ privileged }) => privileged === true) ? "privileged" : "baseline",
    labels: namespace.labels ?? {},
    existing: namespace.existing ?? false,
    releases: members.map((member) => refusing.pathOf(member)),
  }));
}

function checkNamespaceName(component: AnyComponent, { name }: ComponentNamespace, refusing: Refusing): void {
  if (isDnsLabel(name)) return;
  refuse(CORE.name, refusing, refusing.pathOf(component), {
    property: "namespace.name",
    value: name,
    message: `${JSON.stringify(name)} is not a name of at most 63 lower case letters, digits and hyphens`,
    fix: "give a simpler name, for example cozy-metallb",
  });
}

/** Refuses a kind or a pod network that has two owners, the cluster itself among them. */
export function checkOwners({ providers }: Graph, existing: Existing, refusing: Refusing): void {
  for (const [kind, [first, ...others]] of providers.kinds) {
    if (first === undefined) continue;
    const inCluster = existing.kinds.has(kind);
    for (const other of inCluster ? [first, ...others] : others) {
      refuse(PLATFORM.kindOwners, refusing, refusing.pathOf(other), {
        property: "provides",
        value: kind,
        message: `The kind ${kind} has two owners: ${inCluster ? "the cluster has it" : refusing.pathOf(first)} and ${refusing.pathOf(other)}`,
        fix: inCluster
          ? `disable ${other.name}, or take the kind from what exists`
          : `disable ${first.name} or ${other.name}, or have one of the two not install the CRD`,
      });
    }
  }
  if (!existing.capabilities.has("network")) return;
  for (const giver of providers.capabilities.get("network") ?? []) {
    refuse(PLATFORM.providedTwice, refusing, refusing.pathOf(giver), {
      property: "provides",
      value: "network",
      message: `${refusing.pathOf(giver)} makes a pod network, and the cluster has one`,
      fix: `disable ${giver.name}, or use the preset hosted`,
    });
  }
}

/** Refuses what cannot be where it is: edges against the phases, charts from inside the cluster, direct delivery. */
export function checkPhases(graph: Graph, refusing: Refusing): void {
  const rank = ({ phase = DEFAULT_PHASE }: AnyComponent): number => PHASES.indexOf(phase);
  for (const [component, edges] of graph.edges) {
    const { phase = DEFAULT_PHASE, chart } = component;
    for (const { to } of edges) {
      if (rank(to) <= rank(component)) continue;
      refuse(PLATFORM.phaseOrder, refusing, refusing.pathOf(component), {
        property: "phase",
        value: phase,
        message: `${refusing.pathOf(component)} of the phase ${phase} waits for ${refusing.pathOf(to)} of the phase ${to.phase ?? DEFAULT_PHASE}`,
        fix: `give ${component.name} the phase ${to.phase ?? DEFAULT_PHASE}, or ${to.name} the phase ${phase}`,
      });
    }
    if ((phase === "host" || phase === "cni") && isInCluster(chart.url)) {
      refuse(PLATFORM.chartSource, refusing, refusing.pathOf(component), {
        property: "chart.url",
        value: chart.url,
        message: `The chart of ${component.name} is in the cluster, which has no pod network in the phase ${phase}`,
        fix: "publish it in a registry outside the cluster",
      });
    }
    if (component.delivery === "direct" && !isFlux(component)) {
      refuse(PLATFORM.directDelivery, refusing, refusing.pathOf(component), {
        property: "delivery",
        value: "direct",
        message: `${refusing.pathOf(component)} would be sent without Flux, and does not provide Flux`,
        fix: "leave delivery out",
      });
    }
  }
}

function isInCluster(url: string): boolean {
  const host = /^[a-z]+:\/\/([^/:]+)/.exec(url)?.[1] ?? "";
  return /\.svc(\.|$)/.test(host);
}

/** Whether a component brings the kind that all releases are delivered by. */
function isFlux(component: AnyComponent): boolean {
  return kindsAmong(component.provides).some((kind) => kindText(kind) === kindText(DELIVERY));
}

function refuse(
  rule: Rule,
  refusing: Refusing,
  path: string,
  breach: Omit<ConstructorParameters<typeof PlinthError>[1], "path">,
): void {
  refusing.refuse(new PlinthError(rule, { path, ...breach }));
}
