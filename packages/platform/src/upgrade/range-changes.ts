import type { PlatformNetwork } from "../handed-down.js";

/** Ranges of a cluster that nothing changes while it runs, as they are remembered. */
export type RecordedRanges = Readonly<Partial<Record<RangeName, string>>>;

/** A range, as the property of the network that sets it. */
export type RangeName = "pod" | "podGateway" | "service" | "join" | "nodePod";

/**
 * What another range takes, where the cluster is to be kept: `cluster` (a new one: an address of a Service cannot be changed, nor is
 * the API server's), `nodes` (each joins anew: Kubernetes hands a range to a Node once), `pods` (kube-ovn is told by hand,
 * then every pod starts anew).
 */
export type RangeNeeds = "cluster" | "nodes" | "pods";

/** A change of a range. */
export interface RangeChange {
  readonly range: RangeName;
  readonly before: string;
  readonly after: string;
  readonly needs: RangeNeeds;
}

/** The ranges of a network that are remembered: those that something in the cluster has. */
export function rangesOf({ pod, podGateway, service, join, nodePod }: PlatformNetwork): RecordedRanges {
  const own = { pod: `${pod}`, service: `${service}` };
  // without kube-ovn pods have what Kubernetes hands to Nodes
  if (nodePod.toString() === pod.toString()) return own;
  return { ...own, podGateway: `${podGateway}`, join: `${join}`, nodePod: `${nodePod}` };
}

/** Which ranges change; one that was not there before, or is not any more, is none. */
export function rangeChanges(before: RecordedRanges = {}, after: RecordedRanges = {}): RangeChange[] {
  const hasOverlay = before.nodePod !== undefined;
  const needs: Record<RangeName, RangeNeeds> = {
    service: "cluster",
    pod: hasOverlay ? "pods" : "nodes",
    podGateway: "pods",
    join: "pods",
    nodePod: "nodes",
  };
  return (Object.keys(needs) as RangeName[]).flatMap((range) => {
    const [one, other] = [before[range], after[range]];
    if (one === undefined || other === undefined || one === other) return [];
    return [{ range, before: one, after: other, needs: needs[range] }];
  });
}
