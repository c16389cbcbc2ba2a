import { whenChecked } from "@plinth/bridge";
import * as openstack from "@pulumi/openstack";
import type * as pulumi from "@pulumi/pulumi";
import type { PlannedSecurityGroup, PlannedSecurityRule } from "./plan.js";
import type { SecurityGroup } from "./props-security.js";
import type { ChildFactory } from "./router.js";

const GROUP_TYPE = "openstack:networking/secGroup:SecGroup";
const RULE_TYPE = "openstack:networking/secGroupRule:SecGroupRule";

type Named = { readonly id: pulumi.Output<string>; readonly name: pulumi.Output<string> };

/** Makes the security group of the VMs with its rules, or looks up the one that is adopted. */
export function securityGroup(
  args: SecurityGroup<pulumi.Input<string>> | undefined,
  plan: PlannedSecurityGroup | undefined,
  child: ChildFactory,
  read: pulumi.InvokeOutputOptions,
): Named | undefined {
  if (plan === undefined) return undefined;
  if (args !== undefined && args !== "none" && args.existing === true) {
    const which =
      args.id === undefined ? { name: whenChecked(args.name, read) } : { secgroupId: whenChecked(args.id, read) };
    const found = openstack.networking.getSecGroupOutput(which, read);
    return { id: found.id, name: found.apply(({ name }) => name ?? "") };
  }
  const { resourceName, name, description, edited, options } = child(GROUP_TYPE, "security-group");
  const group = new openstack.networking.SecGroup(
    resourceName,
    edited({ name: plan.name ?? name, description, deleteDefaultRules: plan.egress === "listed" }),
    options,
  );
  for (const rule of plan.rules) makeRule(rule, group, child);
  return { id: group.id, name: group.name };
}

function makeRule(rule: PlannedSecurityRule, group: openstack.networking.SecGroup, child: ChildFactory): void {
  const { direction, ipVersion, protocol, ports, remote } = rule;
  const range = remote.toString().replace(/[^0-9a-f]/g, "-");
  const { resourceName, description, edited, options } = child(RULE_TYPE, `${direction}-${rule.use}-${range}`);
  new openstack.networking.SecGroupRule(
    resourceName,
    edited({
      securityGroupId: group.id,
      description,
      direction,
      ethertype: `IPv${ipVersion}`,
      ...(protocol === "any" ? {} : { protocol }),
      ...(ports === undefined ? {} : { portRangeMin: ports[0], portRangeMax: ports[1] }),
      remoteIpPrefix: remote.toString(),
    }),
    // Neutron deletes a group's rules with it; one after the other each would take five seconds
    { ...options, deletedWith: group },
  );
}
