import { type ChildContext, whenChecked } from "@plinth/bridge";
import { PlinthError } from "@plinth/core";
import * as openstack from "@pulumi/openstack";
import * as pulumi from "@pulumi/pulumi";
import { existingNetwork } from "./existing.js";
import type { NetworkPlan, PlannedAccessNetwork } from "./plan.js";
import type { AdoptedRouter, CloudRouter, MadeRouter } from "./props-router.js";
import { NETWORK } from "./rules.js";

const ROUTER_TYPE = "openstack:networking/router:Router";
const INTERFACE_TYPE = "openstack:networking/routerInterface:RouterInterface";
const NETWORK_TYPE = "openstack:networking/network:Network";
const SUBNET_TYPE = "openstack:networking/subnet:Subnet";

/** Gives what a child resource takes from its component. */
export type ChildFactory = (type: string, suffix: string) => ChildContext;

/** What the router joins. */
interface Joined {
  readonly name: string;
  readonly networkId: pulumi.Output<string>;
  readonly subnetId: pulumi.Output<string>;
}

/** Makes or adopts the router that is the VMs' gateway and way out, its interfaces, and the access network if there is one. */
export function joinRouter(
  args: CloudRouter<pulumi.Input<string>> | undefined,
  plan: NetworkPlan,
  network: Joined,
  child: ChildFactory,
  read: pulumi.InvokeOutputOptions,
): { readonly id: pulumi.Output<string>; readonly interfaces: readonly pulumi.Resource[] } | undefined {
  if (args === undefined) return undefined;
  const id = args.existing === true ? adoptRouter(args, plan, network, read) : makeRouter(args, child, read);
  const interfaces: pulumi.Resource[] = [];
  if (plan.joinsSubnet) interfaces.push(join(id, network.subnetId, "router-interface", child));
  if (plan.accessNetwork !== undefined) {
    interfaces.push(join(id, makeAccessNetwork(plan.accessNetwork, child), "access-interface", child));
  }
  return { id, interfaces };
}

function makeRouter(
  args: MadeRouter<pulumi.Input<string>>,
  child: ChildFactory,
  read: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
  const { name, resourceName, description, edited, options } = child(ROUTER_TYPE, "router");
  const router = new openstack.networking.Router(
    resourceName,
    edited({
      name: args.name ?? name,
      description,
      adminStateUp: true,
      externalNetworkId: existingNetwork(args.externalNetwork, read).id,
      // Neutron lets only administrators say it, be it the default
      ...(args.sourceNat === undefined ? {} : { enableSnat: args.sourceNat }),
    }),
    options,
  );
  return router.id;
}

function adoptRouter(
  args: AdoptedRouter<pulumi.Input<string>>,
  plan: NetworkPlan,
  { name, networkId }: Joined,
  read: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
  const which =
    args.id === undefined ? { name: whenChecked(args.name, read) } : { routerId: whenChecked(args.id, read) };
  const { id } = openstack.networking.getRouterOutput(which, read);
  if (plan.joinsSubnet) return id;
  const gateway = plan.gateway.toString();
  const ports = openstack.networking.getPortIdsOutput({ networkId, deviceId: id, fixedIp: gateway }, read);
  return pulumi.all([id, ports.ids]).apply(([routerId, ids]) => {
    if (ids.length > 0) return routerId;
    throw new PlinthError(NETWORK.gatewayNotJoined, {
      path: name,
      property: "router",
      value: routerId,
      message: `The existing router does not have the gateway address ${gateway}`,
      fix: 'set router: { subnetInterface: "made" } where nobody has the address, or name the router that has it',
    });
  });
}

function join(
  routerId: pulumi.Input<string>,
  subnetId: pulumi.Input<string>,
  suffix: string,
  child: ChildFactory,
): pulumi.Resource {
  const { resourceName, edited, options } = child(INTERFACE_TYPE, suffix);
  return new openstack.networking.RouterInterface(resourceName, edited({ routerId, subnetId }), options);
}

function makeAccessNetwork(plan: PlannedAccessNetwork, child: ChildFactory): pulumi.Output<string> {
  const ofNetwork = child(NETWORK_TYPE, "access-network");
  const network = new openstack.networking.Network(
    ofNetwork.resourceName,
    ofNetwork.edited({ name: plan.name ?? ofNetwork.name, description: ofNetwork.description, adminStateUp: true }),
    ofNetwork.options,
  );
  const ofSubnet = child(SUBNET_TYPE, "access-subnet");
  const subnet = new openstack.networking.Subnet(
    ofSubnet.resourceName,
    ofSubnet.edited({
      name: plan.name ?? ofSubnet.name,
      description: ofSubnet.description,
      networkId: network.id,
      cidr: plan.cidr.toString(),
      ipVersion: plan.cidr.version,
      gatewayIp: plan.gateway.toString(),
      enableDhcp: true,
    }),
    ofSubnet.options,
  );
  return subnet.id;
}
