import type { AddressClaim, Check } from "@plinth/core";
import { type NetworkPlan, podMtu } from "@plinth/network/plan";
import {
  CLUSTER_FIELDS,
  type CloudProviderProps,
  type ClusterRanges,
  DECKHOUSE_FIELDS,
  type DeckhouseEngine,
  type PodNetworkMode,
} from "./props.js";
import { NODES } from "./rules.js";

/** All that is computed for the cloud that a cluster orders machines from. */
export interface CloudPlan {
  /** Which controllers order the machines. */
  readonly engine: "deckhouse";
  /** How packets of pods travel between nodes. */
  readonly podNetworkMode: PodNetworkMode;
  /** Largest packet of a pod, in bytes. */
  readonly podMtu: number;
  /** Availability zones that groups may use; empty: any. */
  readonly zones: readonly string[];
  /** Component name of the network. */
  readonly network: string;
}

/**
 * Computes how machines are ordered. Pure: no cdk8s, no Pulumi, nothing is read or sent.
 * @param network the network in which they are: its component's name, and its plan, `undefined` when it was refused
 * @param check takes what is wrong; its path is the owner of the address ranges
 * @returns the ranges to claim, and the plan, `undefined` when there is none of the network
 */
export function planCloud(
  props: CloudProviderProps,
  network: { readonly name: string; readonly plan: NetworkPlan | undefined },
  check: Check,
): { readonly plan: CloudPlan | undefined; readonly claims: readonly AddressClaim[] } {
  check.fields<DeckhouseEngine>(props.engine, DECKHOUSE_FIELDS, "engine");
  check.fields<ClusterRanges>(props.cluster, CLUSTER_FIELDS, "cluster");
  const mode = props.engine.podNetworkMode ?? "VXLAN";
  if (mode !== "VXLAN") {
    const sites = network.plan?.sites.map(({ name }) => name).join(", ") ?? "its sites";
    check.refuse(NODES.directRouting, {
      property: "engine.podNetworkMode",
      value: mode,
      message: `${mode} needs one layer 2 segment, and ${network.name} is joined to ${sites} by a router`,
      fix: 'leave it out, or set podNetworkMode: "VXLAN"',
    });
  }
  const claims = (["podCidr", "serviceCidr"] as const).flatMap((key): AddressClaim[] => {
    const property = `cluster.${key}`;
    const cidr = check.cidr(property, props.cluster[key]);
    const use = key === "podCidr" ? "pods" : "Services";
    return cidr === undefined ? [] : [{ cidr, owner: check.path, property, use, shared: `${use} of the cluster` }];
  });
  if (network.plan === undefined) return { plan: undefined, claims };
  return {
    plan: {
      engine: props.engine.type,
      podNetworkMode: mode,
      podMtu: podMtu(network.plan.mtu, "vxlan"),
      zones: props.zones ?? [],
      network: network.name,
    },
    claims,
  };
}
