import { type Checkpoint, type ResourceState, resourcesOf } from "./checkpoint.js";
import type { Second } from "./leftovers.js";
import type { Step } from "./plan.js";

/**
 * The state after a recovery. What is imported is recorded with the inputs of the program, and with these as outputs until its
 * provider has read it; what is discarded, as what a replacement has left: the next `up` or `destroy` deletes it.
 *
 * @param seconds objects that are deleted though another one is recorded for their resource
 */
export function recovered(checkpoint: Checkpoint, steps: readonly Step[], seconds: readonly Second[] = []): Checkpoint {
  const gone = steps.filter(({ action }) => action === "forget").map(({ resource }) => resource);
  const kept = resourcesOf(checkpoint).filter(
    (each) => !gone.some(({ urn, id }) => urn === each.urn && id === each.id && !isNeeded(each, checkpoint, gone)),
  );
  const made = steps.flatMap(({ action, resource, id, outputs }): ResourceState[] => {
    if ((action !== "import" && action !== "discard") || id === undefined) return [];
    if (action === "discard") return [toDelete(resource, id)];
    return [{ ...resource, id, outputs: { ...resource.inputs, ...outputs } }];
  });
  const doubled = seconds.map(({ of, id }) => toDelete(of, id));
  const { pending_operations: _, ...deployment } = checkpoint.deployment;
  return { ...checkpoint, deployment: { ...deployment, resources: [...kept, ...made, ...doubled] } };
}

/** What the next `up` or `destroy` deletes. The provider goes by the id in the outputs: that of the recorded one must not stand there. */
function toDelete(of: ResourceState, id: string): ResourceState {
  return { ...of, id, outputs: { ...of.inputs, id }, delete: true };
}

/** URNs of what is read again after it was recorded. */
export function toRead(steps: readonly Step[]): readonly string[] {
  return steps.flatMap(({ action, resource }) => (action === "import" || action === "read" ? [resource.urn] : []));
}

/** Whether something that stays depends on a resource: a state without it would be refused. */
function isNeeded({ urn, id }: ResourceState, checkpoint: Checkpoint, gone: readonly ResourceState[]): boolean {
  return resourcesOf(checkpoint).some(
    (each) =>
      !gone.some((other) => other.urn === each.urn && other.id === each.id) &&
      (each.parent === urn || each.dependencies?.includes(urn) || each.provider === `${urn}::${id}`),
  );
}
