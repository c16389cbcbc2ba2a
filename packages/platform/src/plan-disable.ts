import type { AnyComponent, Capability, Requirement } from "./definition.js";
import { kindText } from "./kinds.js";
import { type Existing, type Graph, isComponent, requirementsOf } from "./plan-graph.js";

/** A component that cannot run, and the requirement that it misses. */
export interface Broken {
  readonly component: AnyComponent;
  readonly requirement: Requirement;
}

/**
 * What disabling components breaks: for each, every component that could not run, by whatever way. Linear in the graph and in
 * what it lists.
 * @param graph the platform before anything is disabled
 * @param disabled components of the graph
 */
export function findBroken(
  graph: Graph,
  disabled: ReadonlySet<AnyComponent>,
  existing: Existing,
): Map<AnyComponent, Broken[]> {
  if (disabled.size === 0) return new Map();
  const needing = findNeeding(graph.components);
  return new Map([...disabled].map((root) => [root, breaks(root, { graph, disabled, existing, needing })]));
}

interface Needing {
  readonly kinds: ReadonlyMap<string, readonly Broken[]>;
  readonly capabilities: ReadonlyMap<Capability, readonly Broken[]>;
  readonly components: ReadonlyMap<AnyComponent, readonly Broken[]>;
}

/** Who needs what: the requirements, turned round. */
function findNeeding(components: Iterable<AnyComponent>): Needing {
  const kinds = new Map<string, Broken[]>();
  const capabilities = new Map<Capability, Broken[]>();
  const others = new Map<AnyComponent, Broken[]>();
  for (const component of components) {
    for (const requirement of requirementsOf(component)) {
      const need = { component, requirement };
      if (typeof requirement === "string") push(capabilities, requirement, need);
      else if (isComponent(requirement)) push(others, requirement, need);
      else push(kinds, kindText(requirement), need);
    }
  }
  return { kinds, capabilities, components: others };
}

function push<K>(map: Map<K, Broken[]>, key: K, need: Broken): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [need]);
  else list.push(need);
}

function breaks(
  root: AnyComponent,
  around: {
    readonly graph: Graph;
    readonly disabled: ReadonlySet<AnyComponent>;
    readonly existing: Existing;
    readonly needing: Needing;
  },
): Broken[] {
  const { graph, disabled, existing, needing } = around;
  const { providers } = graph;
  const givers = new Map<Capability, number>();
  for (const [capability, all] of providers.capabilities) {
    givers.set(capability, all.filter((giver) => giver === root || !disabled.has(giver)).length);
  }
  const gone = new Set([root]);
  const broken: Broken[] = [];
  const fall = (needs: readonly Broken[] = []): void => {
    for (const need of needs) {
      if (gone.has(need.component) || disabled.has(need.component)) continue;
      gone.add(need.component);
      broken.push(need);
    }
  };
  const lose = (component: AnyComponent): void => {
    fall(needing.components.get(component));
    for (const one of new Set(component.provides ?? [])) {
      if (typeof one !== "string") {
        const key = kindText(one);
        if (providers.kinds.get(key)?.[0] === component && !existing.kinds.has(key)) fall(needing.kinds.get(key));
        continue;
      }
      const left = (givers.get(one) ?? 0) - 1;
      givers.set(one, left);
      if (left === 0 && !existing.capabilities.has(one)) fall(needing.capabilities.get(one));
    }
  };
  lose(root);
  // the list grows while it is walked
  for (const { component } of broken) lose(component);
  return broken;
}
