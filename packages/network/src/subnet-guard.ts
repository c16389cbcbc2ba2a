import { whenChecked } from "@plinth/bridge";
import { type Breach, PlinthError } from "@plinth/core";
import * as openstack from "@pulumi/openstack";
import * as pulumi from "@pulumi/pulumi";
import type { NetworkPlan } from "./plan.js";
import type { ChildFactory } from "./router.js";
import { NETWORK } from "./rules.js";

/**
 * What the component's resources take from it, so that none of them is sent before it is sure that the subnet is not replaced: all of
 * a change is sent, or nothing.
 * @param cidr the range as {@link guardedCidr} gives it, or as text where it need not be guarded
 */
export function guardedChild(child: ChildFactory, cidr: pulumi.Output<string> | string): ChildFactory {
  if (typeof cidr === "string") return child;
  const dependsOn = cidr.apply((): pulumi.Resource[] => []);
  return (type, suffix) => {
    const context = child(type, suffix);
    const options = { ...context.options, dependsOn };
    return { ...context, options };
  };
}

/**
 * A value of the component's, which fails with the guard: what waits for it would otherwise wait for ever.
 * @param cidr the range as {@link guardedCidr} gives it, or as text where it need not be guarded
 */
export function guardedValue<T>(value: pulumi.Output<T>, cidr: pulumi.Input<string>): pulumi.Output<T> {
  return typeof cidr === "string" ? value : pulumi.all([value, cidr]).apply(([known]) => known as T);
}

/**
 * The subnet's range, known when it is sure that no subnet is replaced by it. What is there is found in Neutron by the owner's text in
 * its description, so this holds in a preview too, and when the state was lost (docs/adr/0009).
 * @param description the owner's text
 */
export function guardedCidr(
  plan: NetworkPlan,
  description: string,
  path: string,
  read: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
  const cidr = plan.cidr.toString();
  const found = openstack.networking.getSubnetIdsV2Output({ description: whenChecked(description, read) }, read);
  return found.apply(({ ids }) => {
    // mocks may answer with nothing
    const [id] = ids ?? [];
    if (id === undefined) return pulumi.output(cidr);
    return openstack.networking.getSubnetOutput({ subnetId: id }, read).apply((subnet) => {
      const fault = differences(subnet, plan);
      if (fault !== undefined) throw new PlinthError(NETWORK.subnetReplaced, { path, ...fault });
      return cidr;
    });
  });
}

/** What of the subnet cannot be changed in place and is to be another. */
function differences(is: openstack.networking.GetSubnetResult, plan: NetworkPlan): Omit<Breach, "path"> | undefined {
  const cidr = plan.cidr.toString();
  // Neutron says nothing, and the provider an empty text, where there is no mode
  const mode = is.ipv6AddressMode || undefined;
  if (is.cidr !== cidr) {
    return {
      property: "cidr",
      value: cidr,
      message: `The subnet has the range ${is.cidr}, and ${cidr} would replace it with all that is in it`,
      fix: migration(`set cidr: "${is.cidr}" again`, cidr),
    };
  }
  if (mode === plan.ipv6AddressMode) return undefined;
  return {
    property: "ipv6AddressMode",
    value: plan.ipv6AddressMode,
    message: `The subnet has the mode ${mode ?? "(none)"}, and ${plan.ipv6AddressMode} would replace it with all that is in it`,
    fix: migration(`set ipv6AddressMode: "${mode}" again`, "another range"),
  };
}

function migration(undo: string, range: string): string {
  return [
    `${undo}, and to migrate: add a second L3VPNNetwork with ${range}, a node group in it,`,
    "drain and remove the old group, then remove the old network;",
    'subnetReplacement: "allowed" replaces it, where nothing is in it yet',
  ].join(" ");
}
