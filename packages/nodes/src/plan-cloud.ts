import type { AddressClaim, Check } from "@plinth/core";
import { type NetworkPlan, podMtu } from "@plinth/network/plan";
import type { CloudProviderProps, PodNetworkMode } from "./props.js";
import { NODES } from "./rules.js";

/** All that is computed for the cloud that a cluster orders machines from. */
export interface CloudPlan {
  readonly engine: "deckhouse";
  readonly podNetworkMode: PodNetworkMode;
  /** Largest packet of a pod, in bytes. */
  readonly podMtu: number;
  readonly zones: readonly string[];
  /** Component name of the network. */
  readonly network: string;
}

/**
 * Computes how machines are ordered. Pure.
 * @param network the plan of the network in which they are, and its component's name
 */
export function planCloud(
  props: CloudProviderProps,
  network: { readonly name: string; readonly plan: NetworkPlan },
  check: Check,
): { readonly plan: CloudPlan; readonly claims: readonly AddressClaim[] } {
  const mode = props.engine.podNetworkMode ?? "VXLAN";
  if (mode !== "VXLAN") {
    const sites = network.plan.sites.map(({ name }) => name).join(", ");
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
