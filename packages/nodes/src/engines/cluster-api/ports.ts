import type { OpenStackMachineTemplateProps } from "@plinth/api/cluster-api-openstack";
import type { Reference } from "@plinth/network";
import type { NodeGroupPlan, PlannedPort } from "../../plan.js";
import type { MachinePort } from "../../props-ports.js";

type Machine = NonNullable<OpenStackMachineTemplateProps["spec"]>["template"]["spec"];
type Port = NonNullable<Machine["ports"]>[number];
type Groups = NonNullable<Port["securityGroups"]>;

/** A text, which may be the bridge's token for an Output: asked for only where it is used. */
type Text = () => string;

/** A network of the program, as the provider finds it. */
export interface MadeNetwork {
  readonly networkId: Text;
  readonly subnetId: Text;
  /** @default - it has none of its own */
  readonly securityGroupId?: Text;
}

/** What ports are made from. */
export interface PortsGiven {
  readonly plan: Pick<NodeGroupPlan, "port" | "additionalPorts" | "additionalSecurityGroups">;
  /** Id of the security group of the network. @default - the project's own one, `default` */
  readonly securityGroupId?: Text;
  /** Addresses beside its own with which a machine may send: the pods', where they are not encapsulated. */
  readonly addressPairs: readonly string[];
  /** Networks of components, by their names. @default - no port is in one */
  readonly networks?: Readonly<Record<string, MadeNetwork>>;
}

/**
 * The ports of each machine, that of the cluster's network first, which names none. Without any, the provider makes one as Neutron
 * does by default.
 */
export function portsOf({ plan, securityGroupId, addressPairs, networks = {} }: PortsGiven): Port[] {
  const groups = (own: Text | undefined) => (): Groups => [
    ...(own === undefined ? [] : [{ id: own() }]),
    ...plan.additionalSecurityGroups.map(found),
  ];
  const pairs = addressPairs.map((ipAddress) => ({ ipAddress }));
  const first = shape(plan.port, groups(securityGroupId), pairs);
  const further = plan.additionalPorts.map((port) => {
    const made = "component" in port.network ? networks[port.network.component] : undefined;
    return {
      ...target(port, made),
      ...shape(port, groups(made === undefined ? securityGroupId : made.securityGroupId), []),
    };
  });
  return Object.keys(first).length + further.length === 0 ? [] : [first, ...further];
}

/** In which network and subnets. */
function target({ network, subnets = [] }: PlannedPort, made: MadeNetwork | undefined): Port {
  const ids = made === undefined || subnets.length > 0 ? subnets.map(found) : [{ id: made.subnetId() }];
  const fixedIPs = ids.map((subnet) => ({ subnet }));
  return {
    network: made === undefined ? found(network as Reference<string>) : { id: made.networkId() },
    ...(fixedIPs.length === 0 ? {} : { fixedIPs }),
  };
}

/** @param groups the security groups of a port that names none @param pairs beside those that it names */
function shape(port: MachinePort = {}, groups: () => Groups, pairs: NonNullable<Port["allowedAddressPairs"]>): Port {
  const { portSecurityEnabled, vnicType, profile, trunk, tags } = port;
  const isGuarded = portSecurityEnabled !== false;
  const securityGroups = isGuarded ? (port.securityGroups?.map(found) ?? groups()) : [];
  const allowedAddressPairs = [...pairs, ...(port.allowedAddressPairs ?? []).map((pair) => ({ ...pair }))];
  return {
    ...(securityGroups.length > 0 ? { securityGroups } : {}),
    ...(isGuarded && allowedAddressPairs.length > 0 ? { allowedAddressPairs } : {}),
    ...(portSecurityEnabled === undefined ? {} : { disablePortSecurity: !portSecurityEnabled }),
    ...(vnicType === undefined ? {} : { vnicType }),
    ...(profile === undefined ? {} : { profile: { ...profile } }),
    ...(trunk === undefined ? {} : { trunk }),
    ...(tags === undefined ? {} : { tags: [...tags] }),
  };
}

/** Something that exists, as the provider finds it. */
export function found({
  name,
  id,
}: Reference<string>): { readonly id: string } | { readonly filter: { readonly name: string } } {
  return id === undefined ? { filter: { name } } : { id };
}
