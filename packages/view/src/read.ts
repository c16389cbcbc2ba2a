import type { Described } from "@plinth/core";
import type { NetworkPlan } from "@plinth/network/plan";
import type { CloudPlan, NodeGroupPlan } from "@plinth/nodes/plan";
import type { PlatformPlan } from "@plinth/platform/plan";

/** A network as described. */
export interface ReadNetwork {
  readonly path: string;
  readonly plan: NetworkPlan;
  /** What orders machines in it. */
  readonly clouds: readonly ReadCloud[];
  readonly groups: readonly ReadGroup[];
}

/** A cloud provider as described. */
export interface ReadCloud {
  readonly path: string;
  readonly plan: CloudPlan;
}

/** A group as described, with what it belongs to. */
export interface ReadGroup {
  readonly path: string;
  readonly plan: NodeGroupPlan;
  /** `undefined` when its cloud provider is not described. */
  readonly cloud: ReadCloud | undefined;
}

/** A platform as described. */
export interface ReadPlatform {
  readonly path: string;
  readonly plan: PlatformPlan;
}

/** All that is described, sorted by what belongs together. */
export interface ReadProgram {
  readonly networks: readonly ReadNetwork[];
  /** Groups whose network is not described. */
  readonly loose: readonly ReadGroup[];
  readonly platforms: readonly ReadPlatform[];
  /** What has neither table nor drawing. */
  readonly others: readonly Described[];
}

const KINDS = ["L3VPNNetwork", "CloudProvider", "HybridNodeGroup", "Platform"];

/** Sorts what is described: groups to their networks, by the cloud provider between them. */
export function readDescribed(described: readonly Described[]): ReadProgram {
  const clouds = new Map(ofKind<CloudPlan>(described, "CloudProvider").map((cloud) => [cloud.path, cloud]));
  const groups = ofKind<NodeGroupPlan>(described, "HybridNodeGroup").map(
    (group): ReadGroup => ({ ...group, cloud: clouds.get(group.plan.cloud) }),
  );
  const cloudsIn = groupBy([...clouds.values()], ({ plan }) => plan.network);
  const groupsIn = groupBy(groups, ({ cloud }) => cloud?.plan.network);
  const networks = ofKind<NetworkPlan>(described, "L3VPNNetwork").map(
    ({ path, plan }): ReadNetwork => ({
      path,
      plan,
      clouds: cloudsIn.get(path) ?? [],
      groups: groupsIn.get(path) ?? [],
    }),
  );
  const known = new Set(networks.map(({ path }) => path));
  return {
    networks,
    loose: groups.filter(({ cloud }) => cloud === undefined || !known.has(cloud.plan.network)),
    platforms: ofKind<PlatformPlan>(described, "Platform"),
    others: described.filter(({ kind }) => !KINDS.includes(kind)),
  };
}

function ofKind<Plan>(described: readonly Described[], kind: string): { path: string; plan: Plan }[] {
  return described.filter((one) => one.kind === kind).map(({ path, plan }) => ({ path, plan: plan as Plan }));
}

function groupBy<Key, Value>(values: readonly Value[], keyOf: (value: Value) => Key): Map<Key, Value[]> {
  const grouped = new Map<Key, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const list = grouped.get(key);
    if (list === undefined) grouped.set(key, [value]);
    else list.push(value);
  }
  return grouped;
}
