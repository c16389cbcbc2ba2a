import { findOwnerHash, ownerHash } from "@plinth/core";
import { type Checkpoint, operationsOf, placeOf, type ResourceState, resourcesOf } from "./checkpoint.js";
import type { OwnedObject } from "./openstack/kind.js";
import type { Step } from "./plan.js";

/** An object that is there beside the one that is recorded for its resource. */
export interface Second {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  /** What is recorded for the same resource. */
  readonly of: ResourceState;
}

/** An object of the stack's of whose resource nothing is recorded. */
export interface Stray {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  /** @default - no resource in the state has this owner */
  readonly urn?: string;
}

/** An object that says its owner, and the type as which it is found. */
export interface TypedObject extends OwnedObject {
  readonly type: string;
}

/** What says that it is the stack's, and is not recorded when the steps are done. */
export function leftovers(
  checkpoint: Checkpoint,
  steps: readonly Step[],
  objects: readonly TypedObject[],
): { readonly seconds: readonly Second[]; readonly strays: readonly Stray[] } {
  const resources = [...resourcesOf(checkpoint), ...operationsOf(checkpoint).map(({ resource }) => resource)];
  const urns = new Map(resources.map(({ urn }) => [ownerHash({ ...placeOf(urn), urn }), urn]));
  const live = new Map(resourcesOf(checkpoint).flatMap((each) => (each.delete ? [] : [[each.urn, each] as const])));
  const recorded = new Set([...resourcesOf(checkpoint), ...steps].flatMap(({ id }) => id ?? []));
  const prefix = ownerPrefix(resources[0]?.urn ?? "");
  const [seconds, strays]: [Second[], Stray[]] = [[], []];
  for (const { type, id, name, owner } of objects) {
    const urn = urns.get(findOwnerHash(owner) ?? "");
    // names say no stack: only those of known resources are surely the stack's
    if (recorded.has(id) || (urn === undefined && !owner.startsWith(prefix))) continue;
    const of = urn === undefined ? undefined : live.get(urn);
    if (of !== undefined) seconds.push({ type, id, name, of });
    else strays.push({ type, id, name, ...(urn === undefined ? {} : { urn }) });
  }
  return { seconds, strays };
}

/** How the owner's text begins for any resource of the stack. */
function ownerPrefix(urn: string): string {
  const { project, stack } = placeOf(urn);
  return `made by plinth for ${project}/${stack} (`;
}
