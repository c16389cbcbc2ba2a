import { type AddressClaim, type Check, type Cidr, toMebibytes } from "@plinth/core";
import type { NetworkPlan } from "@plinth/network/plan";
import type { ClusterApiCloudPlan } from "./engines/cluster-api/plan.js";
import { DEFAULT_ENGINE, enginePlan } from "./engines/plans.js";
import { type CloudProviderProps, type Engine, type PodNetworkMode, QUOTA_FIELDS, type Quota } from "./props.js";
import type { DeckhouseModuleSettings } from "./props-deckhouse-module.js";
import { NODES } from "./rules.js";

/** All that is computed for the cloud that a cluster orders machines from. */
export interface CloudPlan {
  /** Which controllers order the machines. */
  readonly engine: Engine["type"];
  /** How packets of pods travel between nodes. */
  readonly podNetworkMode: PodNetworkMode | "Geneve" | "WireGuard" | "IPsec" | "Routed";
  /** Largest packet of a pod, in bytes. */
  readonly podMtu: number;
  /** Availability zones that groups may use; empty: any. */
  readonly zones: readonly string[];
  /** Component name of the network. */
  readonly network: string;
  /** What limits the machines of all groups together. @default - nothing is known that does */
  readonly limits?: CloudLimits;
  /** What only the engine `clusterApi` has. */
  readonly clusterApi?: ClusterApiCloudPlan;
  /** Settings of Deckhouse's module that are given. @default - none */
  readonly deckhouse?: DeckhouseModuleSettings;
}

/** What limits the machines of all groups of a cloud together. */
export interface CloudLimits {
  /** Nodes that the pod range has room for. */
  readonly podRanges?: { readonly nodes: bigint; readonly podCidr: string; readonly maskSize: number };
  /** Quota of the project. */
  readonly quota?: {
    readonly instances?: number;
    readonly cores?: number;
    readonly memoryMiB?: number;
    readonly ports?: number;
  };
}

/**
 * Computes how machines are ordered. Pure: no cdk8s, no Pulumi, nothing is read or sent.
 * @param network the network in which they are: its component's name, and its plan, `undefined` when it was refused
 * @param check takes what is wrong; its path is the owner of the address ranges
 * @returns the ranges to claim, and the plan, `undefined` when there is none of the network or of the engine
 */
export function planCloud(
  props: CloudProviderProps,
  network: { readonly name: string; readonly plan: NetworkPlan | undefined },
  check: Check,
): { readonly plan: CloudPlan | undefined; readonly claims: readonly AddressClaim[] } {
  const { type } = props.engine ?? DEFAULT_ENGINE;
  const ofEngine = enginePlan(type).planCloud(props, network, check);
  const podCidr = check.cidr("cluster.podCidr", props.cluster.podCidr);
  const serviceCidr = check.cidr("cluster.serviceCidr", props.cluster.serviceCidr);
  const limits = { ...podRanges(podCidr, props.cluster.nodeCidrMaskSize, check), ...quota(props.quota, check) };
  const claims = [claim("podCidr", podCidr, check.path), claim("serviceCidr", serviceCidr, check.path)].flat();
  if (network.plan === undefined || ofEngine === undefined) return { plan: undefined, claims };
  return { plan: { engine: type, ...ofEngine, zones: props.zones ?? [], network: network.name, limits }, claims };
}

function claim(key: "podCidr" | "serviceCidr", cidr: Cidr | undefined, owner: string): AddressClaim[] {
  const use = key === "podCidr" ? "pods" : "Services";
  return cidr === undefined ? [] : [{ cidr, owner, property: `cluster.${key}`, use, shared: `${use} of the cluster` }];
}

function podRanges(podCidr: Cidr | undefined, given: number | undefined, check: Check): CloudLimits {
  if (podCidr === undefined) return {};
  const maskSize = given ?? (podCidr.version === 4 ? 24 : 64);
  const longest = podCidr.version === 4 ? 30 : 126;
  if (!Number.isInteger(maskSize) || maskSize < podCidr.prefix || maskSize > longest) {
    check.refuse(NODES.podRange, {
      property: "cluster.nodeCidrMaskSize",
      value: maskSize,
      message: `${podCidr} cannot be cut into ranges of /${maskSize}`,
      fix: `use the cluster's own setting, from ${podCidr.prefix + 1} to ${longest}`,
    });
    return {};
  }
  return { podRanges: { nodes: 1n << BigInt(maskSize - podCidr.prefix), podCidr: podCidr.toString(), maskSize } };
}

function quota(given: Quota | undefined, check: Check): CloudLimits {
  if (given === undefined) return {};
  check.fields<Quota>(given, QUOTA_FIELDS, "quota");
  const { instances, cores, memory, ports } = given;
  for (const [key, value] of Object.entries({ instances, cores, ports })) {
    if (value === undefined || (Number.isInteger(value) && value >= 0)) continue;
    check.refuse(NODES.quota, {
      property: `quota.${key}`,
      value,
      message: `${value} is not a whole number from 0`,
      fix: "use the project's quota, as `openstack quota show` prints it, and leave out what is unlimited",
    });
  }
  const bytes = memory === undefined ? undefined : check.quantity("quota.memory", memory);
  const memoryMiB = bytes === undefined ? undefined : (toMebibytes(bytes) ?? Number(bytes >> 20n));
  return {
    quota: {
      ...(instances === undefined ? {} : { instances }),
      ...(cores === undefined ? {} : { cores }),
      ...(memoryMiB === undefined ? {} : { memoryMiB }),
      ...(ports === undefined ? {} : { ports }),
    },
  };
}
