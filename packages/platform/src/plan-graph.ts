import type { AnyComponent, Capability, Requirement } from "./definition.js";
import { kindText } from "./kinds.js";
import type { ApiKind, EdgeReason, Phase } from "./release.js";

/** The phase of a component whose definition names none. */
export const DEFAULT_PHASE: Phase = "rest";

/** A way from a component to one that it waits for. */
export interface GraphEdge {
  readonly to: AnyComponent;
  readonly reasons: readonly EdgeReason[];
}

/** A requirement that nothing in the graph provides. */
export interface Missing {
  readonly component: AnyComponent;
  readonly requirement: Requirement;
}

/** Who provides what. */
export interface Providers {
  /** Components by the kinds that they own, see `kindText`; the first is the owner. */
  readonly kinds: ReadonlyMap<string, readonly AnyComponent[]>;
  /** Components that give a capability. */
  readonly capabilities: ReadonlyMap<Capability, readonly AnyComponent[]>;
}

/** Components, and what each waits for. */
export interface Graph {
  readonly components: ReadonlySet<AnyComponent>;
  readonly providers: Providers;
  /** In the order of the components, and for each in the order of the components that it waits for. */
  readonly edges: ReadonlyMap<AnyComponent, readonly GraphEdge[]>;
  readonly missing: readonly Missing[];
}

/** What the cluster has before the platform. */
export interface Existing {
  /** Kinds, see `kindText`. */
  readonly kinds: ReadonlySet<string>;
  readonly capabilities: ReadonlySet<Capability>;
  /** Components whose work something in the cluster does. */
  readonly components: ReadonlySet<AnyComponent>;
}

/** The kind by which Flux delivers a release: every release requires it that is not sent as it is. */
export const DELIVERY: ApiKind = { group: "helm.toolkit.fluxcd.io", kind: "HelmRelease" };

/** Whether a requirement is another component. */
export function isComponent(requirement: Requirement): requirement is AnyComponent {
  return typeof requirement === "object" && "chart" in requirement;
}

/** A requirement in words. */
export function requirementText(requirement: Requirement): string {
  if (requirement === "storage") return "storage: volumes";
  if (requirement === "network") return "the pod network";
  if (requirement === DELIVERY) return "Flux";
  return isComponent(requirement) ? `the component ${requirement.name}` : `the kind ${kindText(requirement)}`;
}

/** What a component requires, with what is implied: Flux, and the pod network in the phases that have one. */
export function requirementsOf(component: AnyComponent): readonly Requirement[] {
  const given = component.requires ?? [];
  const { phase = DEFAULT_PHASE } = component;
  const needsNetwork = (phase === "core" || phase === "rest") && !given.includes("network");
  const implied: Requirement[] = component.delivery === "direct" ? [] : [DELIVERY];
  if (needsNetwork) implied.push("network");
  return [...implied, ...given];
}

/** The kinds among what a component provides or requires. */
export function kindsAmong(list: readonly (Requirement | Capability)[] = []): ApiKind[] {
  return list.filter((one): one is ApiKind => typeof one === "object" && !isComponent(one));
}

/** Finds out who provides what. */
export function findProviders(components: Iterable<AnyComponent>): Providers {
  const kinds = new Map<string, AnyComponent[]>();
  const capabilities = new Map<Capability, AnyComponent[]>();
  for (const component of components) {
    for (const one of new Set(component.provides ?? [])) {
      if (typeof one === "string") put(capabilities, one, component);
      else put(kinds, kindText(one), component);
    }
  }
  return { kinds, capabilities };
}

function put<K>(map: Map<K, AnyComponent[]>, key: K, component: AnyComponent): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [component]);
  // components come one after the other: one that names a kind twice is the last
  else if (list.at(-1) !== component) list.push(component);
}

/**
 * Derives what each component waits for from what it requires. Linear in components, requirements and edges.
 * @param components in the order in which they are told of
 * @param existing what the cluster has already: nothing waits for it
 */
export function deriveGraph(components: readonly AnyComponent[], existing: Existing): Graph {
  const all = new Set(components);
  const position = new Map([...all].map((component, i) => [component, i]));
  const providers = findProviders(all);
  const missing: Missing[] = [];
  const edges = new Map<AnyComponent, GraphEdge[]>();
  for (const component of all) {
    const reasons = new Map<AnyComponent, EdgeReason[]>();
    const wait = (to: AnyComponent, reason: EdgeReason): void => {
      const known = reasons.get(to);
      if (known === undefined) reasons.set(to, [reason]);
      else known.push(reason);
    };
    for (const requirement of requirementsOf(component)) {
      const found = providersOf(requirement, component, { all, providers, existing });
      if (found === undefined) missing.push({ component, requirement });
      else for (const to of found) wait(to, reasonOf(requirement));
    }
    for (const requirement of component.optional ?? []) {
      for (const to of providersOf(requirement, component, { all, providers, existing }) ?? []) {
        wait(to, reasonOf(requirement));
      }
    }
    const list = [...reasons].map(([to, why]): GraphEdge => ({ to, reasons: why }));
    edges.set(
      component,
      list.sort((a, b) => (position.get(a.to) ?? 0) - (position.get(b.to) ?? 0)),
    );
  }
  return { components: all, providers, edges, missing };
}

/** Who is waited for; empty where the cluster or the component itself has it; `undefined` where nobody has. */
function providersOf(
  requirement: Requirement,
  component: AnyComponent,
  {
    all,
    providers,
    existing,
  }: { readonly all: ReadonlySet<AnyComponent>; readonly providers: Providers; readonly existing: Existing },
): readonly AnyComponent[] | undefined {
  if (typeof requirement === "string") {
    if (existing.capabilities.has(requirement)) return [];
    const givers = providers.capabilities.get(requirement);
    // one of several givers does not wait for the others
    return givers?.includes(component) === true ? [] : givers;
  }
  if (isComponent(requirement)) {
    if (all.has(requirement)) return [requirement];
    return existing.components.has(requirement) ? [] : undefined;
  }
  const key = kindText(requirement);
  if (existing.kinds.has(key)) return [];
  const owner = providers.kinds.get(key)?.[0];
  if (owner === undefined) return undefined;
  return owner === component ? [] : [owner];
}

function reasonOf(requirement: Requirement): EdgeReason {
  if (typeof requirement === "string") return { type: requirement };
  if (isComponent(requirement)) return { type: "component" };
  if (requirement === DELIVERY) return { type: "delivery" };
  return { type: "kind", kind: { group: requirement.group, kind: requirement.kind } };
}
