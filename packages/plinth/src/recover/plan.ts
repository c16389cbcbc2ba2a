import { PlinthError } from "@plinth/core";
import { RECOVER } from "../recover-rules.js";
import {
  type Checkpoint,
  type Operation,
  operationsOf,
  type ResourceState,
  resourcesOf,
  shortName,
} from "./checkpoint.js";
import type { FoundObject } from "./openstack/kind.js";

/**
 * What is done about an interrupted operation:
 * `import` records what was made; `drop` forgets an operation that did nothing; `discard` records what was half made, so that the
 * next `up` deletes it; `forget` takes what was deleted out of the state; `keep` leaves what was not; `read` reads what was being
 * changed.
 */
export type Action = "import" | "drop" | "discard" | "forget" | "keep" | "read";

/** One step of a recovery. */
export interface Step {
  readonly action: Action;
  readonly resource: ResourceState;
  /** As the provider records it. @default - nothing is there */
  readonly id?: string;
  /** Outputs that the provider does not read back. @default - none */
  readonly outputs?: FoundObject["outputs"];
  readonly because: string;
}

/** What the user says about interrupted creations. */
export interface Decisions {
  /** Ids of objects that were made, by the URN of their resource. @default - none */
  readonly import?: Readonly<Record<string, string>>;
  /** URNs of resources of which nothing was made. @default - none */
  readonly drop?: readonly string[];
}

/**
 * What was found for an operation: for a creation what may have been made, for a deletion what is still there. `undefined` where
 * nobody can look.
 */
export type Finding = readonly FoundObject[] | undefined;

/** Packages whose resources are nothing outside Pulumi's state. */
const STATE_ONLY = new Set(["pulumi", "random", "tls"]);

/** Whether it has to be found out what became of an operation. */
export function mustLook({ type, resource }: Operation): boolean {
  return (type === "creating" || type === "deleting") && isOutside(resource);
}

/** Whether a resource is something outside Pulumi's state. */
export function isOutside({ custom, type, external }: ResourceState): boolean {
  return custom && external !== true && !STATE_ONLY.has(type.split(":")[0] ?? "");
}

/** What is done about each interrupted operation. @param findings one for each operation that {@link mustLook} names */
export function planSteps(
  checkpoint: Checkpoint,
  findings: ReadonlyMap<Operation, Finding>,
  decisions: Decisions = {},
): { readonly steps: readonly Step[]; readonly refusals: readonly PlinthError[] } {
  const operations = operationsOf(checkpoint);
  const steps: Step[] = [];
  const refusals: PlinthError[] = unknownDecisions(operations, decisions);
  const recorded = new Map(resourcesOf(checkpoint).map((each) => [`${each.urn}\n${each.id}`, each]));
  const live = new Map(resourcesOf(checkpoint).flatMap((each) => (each.delete ? [] : [[each.urn, each] as const])));
  const seen = new Set<string>();
  for (const operation of operations.toReversed()) {
    const { type, resource } = operation;
    // of several crashes in the creation of one resource the last one has its inputs
    const key = `${type}\n${resource.urn}\n${resource.id}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const step = stepOf(operation, findings.get(operation), { decisions, live, recorded });
    if (step instanceof PlinthError) refusals.unshift(step);
    else steps.unshift(step);
  }
  return { steps, refusals };
}

interface Known {
  readonly decisions: Decisions;
  /** By URN. */
  readonly live: ReadonlyMap<string, ResourceState>;
  /** By URN and id. */
  readonly recorded: ReadonlyMap<string, ResourceState>;
}

function stepOf(operation: Operation, finding: Finding, known: Known): Step | PlinthError {
  const { type, resource } = operation;
  if (type === "creating") return creation(resource, finding, known);
  if (type === "deleting") return deletion(resource, finding);
  if (type === "updating" && isOutside(resource)) {
    return { action: "read", resource, ...idOf(resource), because: "it was being changed" };
  }
  return { action: "drop", resource, because: `${type} changes nothing outside the state` };
}

function creation(resource: ResourceState, finding: Finding, { decisions, live, recorded }: Known): Step | PlinthError {
  const { urn } = resource;
  const drop = (because: string): Step => ({ action: "drop", resource, because });
  if (!isOutside(resource)) return drop("it is nothing outside the state");
  const said = decisions.import?.[urn];
  if (said !== undefined) return { action: "import", resource, id: said, because: "you said so" };
  if (decisions.drop?.includes(urn)) return drop("you said so");
  if (finding === undefined) return undecided(resource, []);
  const made = finding.filter(({ id }) => !recorded.has(`${urn}\n${id}`));
  const [only, ...others] = made;
  if (only === undefined) return drop(finding.length > 0 ? "it is recorded already" : "nothing was made");
  if (live.has(urn)) return drop("a later run has made it again, see below");
  if (!made.every(({ isOurs }) => isOurs)) return undecided(resource, made);
  if (others.length > 0) return ambiguous(resource, made);
  if (only.incomplete !== undefined) {
    return { action: "discard", resource, id: only.id, because: `it is not whole: ${only.incomplete}` };
  }
  const outputs = only.outputs === undefined ? {} : { outputs: only.outputs };
  return { action: "import", resource, id: only.id, ...outputs, because: "it was made and not recorded" };
}

function deletion(resource: ResourceState, finding: Finding): Step {
  if (!isOutside(resource)) return { action: "drop", resource, because: "it is nothing outside the state" };
  if (finding === undefined) {
    return { action: "keep", resource, ...idOf(resource), because: "nobody can look: the next deletion finds out" };
  }
  return finding.length === 0
    ? { action: "forget", resource, ...idOf(resource), because: "it was deleted" }
    : { action: "keep", resource, ...idOf(resource), because: "it is still there" };
}

function idOf({ id }: ResourceState): { readonly id?: string } {
  return id === undefined ? {} : { id };
}

function undecided(resource: ResourceState, candidates: readonly FoundObject[]): PlinthError {
  const { urn, type } = resource;
  const [first] = candidates;
  return new PlinthError(RECOVER.undecided, {
    path: shortName(resource),
    property: "id",
    value: urn,
    message:
      first === undefined
        ? `Its creation was interrupted, and objects of ${type} cannot be found by their owner`
        : `Its creation was interrupted, and ${list(candidates)} has its name, but says no owner`,
    fix: `look whether it is there, then --import '${urn}=${first?.id ?? "<id>"}', or --drop '${urn}' where nothing of it is`,
  });
}

function ambiguous(resource: ResourceState, candidates: readonly FoundObject[]): PlinthError {
  const { urn } = resource;
  return new PlinthError(RECOVER.ambiguous, {
    path: shortName(resource),
    property: "id",
    value: urn,
    message: `Its creation was interrupted more than once: ${list(candidates)} are all its own`,
    fix: `choose the one to keep: --import '${urn}=${candidates[0]?.id}'; the others are listed then`,
  });
}

function unknownDecisions(operations: readonly Operation[], decisions: Decisions): PlinthError[] {
  const creations = operations.flatMap(({ type, resource }) => (type === "creating" ? [resource.urn] : []));
  return [...Object.keys(decisions.import ?? {}), ...(decisions.drop ?? [])]
    .filter((urn) => !creations.includes(urn))
    .map(
      (urn) =>
        new PlinthError(RECOVER.decision, {
          path: "recover",
          property: decisions.drop?.includes(urn) ? "drop" : "import",
          value: urn,
          message: "No creation of this resource was interrupted",
          fix: creations.length === 0 ? "leave it out" : `name one of ${creations.join(", ")}`,
        }),
    );
}

function list(objects: readonly FoundObject[]): string {
  return objects.map(({ id }) => id).join(", ");
}
