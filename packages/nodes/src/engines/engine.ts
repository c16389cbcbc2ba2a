import type { Check } from "@plinth/core";
import type { NetworkPlan } from "@plinth/network/plan";
import type { CloudPlan } from "../plan-cloud.js";
import type { CloudProviderProps, Engine, NodeGroupProps, Taint } from "../props.js";

/**
 * What an engine decides. Pure: the part that plans use; `EngineCharts` is the other one. An engine is a folder with both,
 * named in `plans.ts` and `charts.ts`; nothing else asks which engine it is.
 *
 * Methods, not properties: each engine takes its own properties, and is only given those.
 */
export interface EnginePlan {
  /** Longest name of a group. */
  readonly maxGroupName: number;
  /** Name of the group that is the control plane's own; `undefined` where groups are none of its. */
  readonly controlPlaneGroup: string | undefined;
  /** Whether its machines can be in server groups. */
  readonly hasServerGroups: boolean;
  /** Whether its machines' ports can have more than a network. */
  readonly shapesPorts: boolean;
  /** Whether its controllers read the priorities of groups; otherwise a cluster autoscaler that the cloud describes does. */
  readonly readsPriorities: boolean;
  /** Whether its controllers find images, networks and security groups by id; by name they all do. */
  readonly findsById: boolean;
  /** Whether its controllers refuse an image whose name another one has too. Others take the newest. */
  readonly wantsUniqueImage: boolean;
  /** Key of the label that every node of a group has, with the group's name as its value. */
  readonly groupLabel: string;
  /** Where its controllers tell how many Nodes of a group are Ready. */
  readonly readyNodes: {
    /** Pulumi type token of the object. */
    readonly type: string;
    /** Field of its status. */
    readonly field: string;
    /** Whether there is one such object for each zone, or one for all. */
    readonly per: "zone" | "group";
  };
  /** Names that a group's objects have in Kubernetes, within its cloud. */
  objectNames(group: string, zones: readonly string[]): readonly string[];
  /** Computes how machines are ordered; `undefined` when the numbers cannot be computed. */
  planCloud(
    props: CloudProviderProps,
    network: { readonly name: string; readonly plan: NetworkPlan | undefined },
    check: Check,
  ): EngineCloud | undefined;
  /** Refuses a label, of valid form, that no node of this engine can have. */
  checkLabel(key: string, value: string, check: Check): void;
  /** Refuses what is given for another engine, and what of its own no node comes of. */
  checkGroup(props: NodeGroupProps, size: GroupSize, check: Check): void;
  /** Refuses a taint, of valid form, with which no node of this engine gets ready. @param property where it stands */
  checkTaint(taint: Taint, property: string, engine: Engine, check: Check): void;
}

/** How many machines a group has in each zone, as far as that could be read. */
export type GroupSize = { readonly min: number; readonly max: number; readonly surge: number };

/** The part of a cloud's plan that depends on the engine. */
export type EngineCloud = Pick<CloudPlan, "podNetworkMode" | "podMtu" | "clusterApi" | "deckhouse">;
