import { whenChecked } from "@plinth/bridge";
import { Address, PlinthError } from "@plinth/core";
import * as openstack from "@pulumi/openstack";
import * as pulumi from "@pulumi/pulumi";
import type { NetworkPlan } from "./plan.js";
import type { Adoptable, Reference } from "./props.js";
import { NETWORK } from "./rules.js";

type Existing = Extract<Adoptable<pulumi.Input<string>>, { existing: true }>;

/** A network, as Neutron says. */
export interface FoundNetwork {
  readonly id: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
  /** Largest packet that it carries, in bytes. */
  readonly mtu: pulumi.Output<number | undefined>;
}

/** A network that was looked up. */
export interface ExistingNetwork extends FoundNetwork {
  /** Whether other projects than its owner's may use it. */
  readonly shared: pulumi.Output<boolean>;
  /** Id of the project that it belongs to. */
  readonly owner: pulumi.Output<string | undefined>;
}

/** Looks up a network by name or id. */
export function existingNetwork(
  reference: Existing | Reference<pulumi.Input<string>>,
  options: pulumi.InvokeOutputOptions,
): ExistingNetwork {
  const args =
    reference.id === undefined
      ? { name: whenChecked(reference.name, options) }
      : { networkId: whenChecked(reference.id, options) };
  const found = openstack.networking.getNetworkOutput(args, options);
  return {
    id: found.id,
    name: found.apply(({ name }) => name ?? ""),
    mtu: found.apply(({ mtu }) => mtu),
    shared: found.apply(({ shared }) => shared === "true"),
    owner: found.apply(({ tenantId }) => tenantId),
  };
}

/**
 * The network's id, known when it is sure that its ports may have addresses of pods: those are allowed on each port where pods' packets
 * travel as they are.
 * @throws PlinthError when it belongs to another project (PL3029)
 */
export function ownNetworkId(
  { id, shared, owner }: ExistingNetwork,
  { podNetwork }: NetworkPlan,
  path: string,
  options: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
  if (podNetwork.encapsulation !== "none") return id;
  const { projectId } = openstack.identity.getAuthScopeOutput({ name: whenChecked(path, options) }, options);
  return pulumi.all([id, shared, owner, projectId]).apply(([known, isShared, ofProject, own]) => {
    if (!isShared || ofProject === own) return known;
    throw new PlinthError(NETWORK.sharedNetwork, {
      path,
      property: "network",
      value: known,
      message: `The network is shared by the project ${ofProject}, and pods' packets are not encapsulated`,
      fix: "leave podNetwork.encapsulation out for VXLAN, or use a network of the project",
    });
  });
}

/**
 * Looks up the subnet that is adopted, and refuses one whose numbers are not those of the plan: it can be checked only when
 * it is known.
 */
export function existingSubnet(
  reference: Adoptable<pulumi.Input<string>> | undefined,
  networkId: pulumi.Input<string>,
  plan: NetworkPlan,
  path: string,
  options: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
  const { name, id } = reference ?? {};
  const args =
    id === undefined
      ? { networkId, ...(name === undefined ? { cidr: plan.cidr.toString() } : { name }) }
      : { subnetId: whenChecked(id, options) };
  return openstack.networking.getSubnetOutput(args, options).apply((subnet) => {
    const fault = differences(subnet, plan);
    if (fault === undefined) return subnet.id;
    throw new PlinthError(NETWORK.existingDiffers, { path, property: "subnet", value: subnet.id, ...fault });
  });
}

function differences(
  subnet: openstack.networking.GetSubnetResult,
  plan: NetworkPlan,
): { readonly message: string; readonly fix: string } | undefined {
  if (subnet.cidr !== plan.cidr.toString()) {
    return {
      message: `The existing subnet has the CIDR ${subnet.cidr}, not ${plan.cidr}`,
      fix: `set cidr: "${subnet.cidr}"`,
    };
  }
  if (subnet.gatewayIp !== plan.gateway.toString()) {
    return {
      message: `The existing subnet has the gateway ${subnet.gatewayIp || "(none)"}, not ${plan.gateway}`,
      fix: subnet.gatewayIp ? `set gateway: "${subnet.gatewayIp}"` : "have its owner set a gateway, or make a subnet",
    };
  }
  const covered = subnet.allocationPools.find(({ start, end }) =>
    plan.reserved.some(({ address }) => isBetween(address, start, end)),
  );
  if (covered === undefined) return undefined;
  return {
    message: `The existing subnet hands out ${covered.start}-${covered.end}, which covers a reserved address`,
    fix: `have its owner set the allocation pools to ${plan.pools.map(({ first, last }) => `${first}-${last}`).join(" and ")}`,
  };
}

function isBetween(address: Address, start: string, end: string): boolean {
  const [first, last] = [Address.parse(start), Address.parse(end)];
  if (!(first instanceof Address && last instanceof Address)) return false;
  return first.value <= address.value && address.value <= last.value;
}
