import { type Check, formatDuration } from "@plinth/core";
import type { EnginePlan } from "./engines/engine.js";
import type { FallbackOrder, Together } from "./plan-together.js";
import { NODES } from "./rules.js";

/** The cluster autoscaler of a cloud of Cluster API, as far as the fallback order depends on it. */
export interface PlannedAutoscaler {
  /** Namespace of its ConfigMaps. */
  readonly namespace: string;
  /** Seconds that it waits for the Node of a machine. */
  readonly maxNodeProvisionSeconds: number;
  /** Seconds that it leaves a group alone that has failed, as given; `undefined`: as long as the groups need. */
  readonly initialBackoffSeconds: number | undefined;
}

/** A group in a fallback order. */
export interface RankedGroup {
  /** Component name of the group. */
  readonly path: string;
  /** Name in Kubernetes. */
  readonly name: string;
  readonly priority: number;
  /** Availability zones: each is a group of its own to the autoscaler. */
  readonly zones: readonly string[];
}

/** A group before its place in the fallback order is checked. */
export interface UnrankedGroup extends Omit<RankedGroup, "priority"> {
  readonly priority: number | undefined;
  /** Whether the autoscaler sets its size. */
  readonly scaled: boolean;
}

/** Where a group has its place. */
export interface RankedAt {
  readonly cloud: string;
  readonly engine: EnginePlan;
  /** `undefined` where the cloud describes none. */
  readonly autoscaler: PlannedAutoscaler | undefined;
  readonly together: Together;
}

/** Groups by their place: the autoscaler orders from the first that a pod may run on. */
export function inFallbackOrder<Group extends { readonly priority?: number | undefined }>(
  groups: readonly Group[],
): readonly Group[] {
  return [...groups].sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0));
}

/** Seconds in which all groups after the first have failed: each of their zones is waited for, one after the other. */
export function secondsToTheLast(groups: readonly { readonly zones: readonly string[] }[], each: number): number {
  return Math.max(0, zonesOf(groups) - 1) * each;
}

/** How long a group is left alone that has failed: longer than all others take to fail, by one time-out. */
export function backoffSeconds(
  groups: readonly { readonly zones: readonly string[] }[],
  { maxNodeProvisionSeconds, initialBackoffSeconds }: Omit<PlannedAutoscaler, "namespace">,
): number {
  return initialBackoffSeconds ?? Math.max(1, zonesOf(groups)) * maxNodeProvisionSeconds;
}

function zonesOf(groups: readonly { readonly zones: readonly string[] }[]): number {
  return groups.reduce((sum, { zones }) => sum + zones.length, 0);
}

/** Refuses a group that has no place in the order of its cloud's groups, or makes it one that never comes to its end. */
export function checkFallback(group: UnrankedGroup, at: RankedAt, check: Check): void {
  const { priority, scaled, name } = group;
  if (priority !== undefined && !isPriority(priority, check)) return;
  if (!scaled) {
    if (priority !== undefined) {
      check.refuse(NODES.priorityOfFixed, {
        property: "priority",
        value: priority,
        message: `${name} always has the same number of machines`,
        fix: "leave priority out, or give it a range: size: { min: 0, max: 10 }",
      });
    }
    return;
  }
  if (priority !== undefined && at.autoscaler === undefined && !at.engine.readsPriorities) {
    check.refuse(NODES.autoscalerMissing, {
      property: "priority",
      value: priority,
      message: `${at.cloud} says nothing of a cluster autoscaler`,
      fix: `set engine: { type: "clusterApi", autoscaler: {} } of ${at.cloud}, and give the autoscaler its arguments`,
    });
    return;
  }
  const order = at.together.fallback(at.cloud);
  checkAmong(group, order, at, check);
  const before = order.groups;
  order.add(group);
  if (priority !== undefined && at.autoscaler !== undefined) checkBackoff(before, order.groups, at.autoscaler, check);
}

function isPriority(priority: number, check: Check): boolean {
  if (Number.isInteger(priority) && priority >= 0) return true;
  check.refuse(NODES.priority, {
    property: "priority",
    value: priority,
    message: `${priority} is not a whole number from 0`,
    fix: "use for example 20 for the group that comes first, and 10 for the next",
  });
  return false;
}

function checkAmong({ name, priority }: UnrankedGroup, order: FallbackOrder, at: RankedAt, check: Check): void {
  const { groups, unranked } = order;
  const twin = groups.find((other) => other.priority === priority);
  if (twin !== undefined) {
    check.refuse(NODES.priorityTwice, {
      property: "priority",
      value: priority,
      message: `${twin.path} has the priority ${priority} too`,
      fix: "give the one that comes first a higher number",
    });
  }
  const other = priority === undefined ? groups[0]?.path : unranked[0];
  if (other !== undefined || (priority === undefined && at.autoscaler !== undefined)) {
    check.refuse(NODES.priorityMissing, {
      property: "priority",
      message:
        other === undefined
          ? `${name} has no priority, and ${at.cloud} has its autoscaler go by them`
          : priority === undefined
            ? `${name} has no priority, and ${other} has one`
            : `${name} has a priority, and ${other} has none`,
      fix: "give each group of the cloud a priority, or none",
    });
  }
  if (!order.read) return;
  check.refuse(NODES.priorityMissing, {
    property: "priority",
    value: priority,
    message: `${name} is made after the order of ${at.cloud} has been sent`,
    fix: "make all groups before the program waits for a value of a resource",
  });
}

function checkBackoff(
  before: readonly RankedGroup[],
  now: readonly RankedGroup[],
  { initialBackoffSeconds: given, maxNodeProvisionSeconds: each }: PlannedAutoscaler,
  check: Check,
): void {
  if (given === undefined) return;
  const needed = secondsToTheLast(now, each);
  // only the group with which it gets too short is refused
  if (given > needed || (before.length > 0 && given <= secondsToTheLast(before, each))) return;
  const text = (seconds: number): string => formatDuration(seconds * 1000);
  check.refuse(NODES.backoff, {
    property: "priority",
    value: text(given),
    message: `${now.map(({ path, zones }) => `${path} ${zones.length}`).join(" + ")} zones, of which all but the first take ${text(each)} to fail, are ${text(needed)}, and a group is left alone for ${text(given)}`,
    fix: `leave engine.autoscaler.initialNodeGroupBackoffDuration out, or set it to more than ${text(needed)}, as in the autoscaler's own arguments`,
  });
}
