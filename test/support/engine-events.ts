import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";

export type { EngineEvent };

/** What the engine did with a resource that it did not leave alone: operation and `<type>::<name>`. */
export type Step = readonly [operation: string, resource: string];

/** Operations that change nothing outside Pulumi. */
const QUIET = new Set(["same", "read", "read-discard", "discard", "refresh"]);

/** The type's last part and the name, as a person reads a URN: `Subnet::k8s-subnet`. */
export function shortUrn(urn: string): string {
  const [type = "", name = ""] = urn.split("::").slice(2);
  return `${type.slice(type.lastIndexOf(":") + 1)}::${name}`;
}

/** The steps that were begun or, in a preview, planned, in their order; what is as it was is left out. */
export function steps(events: readonly EngineEvent[]): Step[] {
  return events.flatMap(({ resourcePreEvent }): Step[] => {
    if (resourcePreEvent === undefined) return [];
    const { op, urn } = resourcePreEvent.metadata;
    return QUIET.has(op) ? [] : [[op, shortUrn(urn)]];
  });
}

/** Resources that a refresh found to differ from the state, with what became of them. */
export function drift(events: readonly EngineEvent[]): Step[] {
  return events.flatMap(({ resOutputsEvent }): Step[] => {
    if (resOutputsEvent === undefined) return [];
    const { op, urn } = resOutputsEvent.metadata;
    return op === "refresh" || QUIET.has(op) ? [] : [[op, shortUrn(urn)]];
  });
}

/** The properties of a resource that a step changes, as the engine names them, sorted. */
export function changedProperties(events: readonly EngineEvent[], resource: string): string[] {
  const diffs = events.flatMap(({ resourcePreEvent }) => {
    const step = resourcePreEvent?.metadata;
    if (step === undefined || QUIET.has(step.op) || shortUrn(step.urn) !== resource) return [];
    return step.detailedDiff ? Object.keys(step.detailedDiff) : (step.diffs ?? []);
  });
  return [...new Set(diffs)].sort();
}

/** How many resources of each operation, as the engine sums them up at the end. */
export function summary(events: readonly EngineEvent[]): Record<string, number> {
  return (events.findLast(({ summaryEvent }) => summaryEvent !== undefined)?.summaryEvent?.resourceChanges ??
    {}) as Record<string, number>;
}

/** Texts of the warnings that the program gave. */
export function warnings(events: readonly EngineEvent[]): string[] {
  return events.flatMap(({ diagnosticEvent }) =>
    diagnosticEvent?.severity === "warning" ? [diagnosticEvent.message.trim()] : [],
  );
}

/** Texts of the errors that the engine reported. */
export function errors(events: readonly EngineEvent[]): string[] {
  return events.flatMap(({ diagnosticEvent }) =>
    diagnosticEvent?.severity === "error" ? [diagnosticEvent.message.trim()] : [],
  );
}
