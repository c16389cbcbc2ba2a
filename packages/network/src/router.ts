import type { ChildContext } from "@plinth/bridge";
import * as openstack from "@pulumi/openstack";
import type * as pulumi from "@pulumi/pulumi";
import { existingNetwork } from "./existing.js";
import type { NetworkPlan, PlannedAccessNetwork } from "./plan.js";
import type { CloudRouter } from "./props.js";

const ROUTER_TYPE = "openstack:networking/router:Router";
const INTERFACE_TYPE = "openstack:networking/routerInterface:RouterInterface";
const NETWORK_TYPE = "openstack:networking/network:Network";
const SUBNET_TYPE = "openstack:networking/subnet:Subnet";

type Children = (type: string, suffix: string) => ChildContext;

/** Makes the router that is the VMs' gateway and way out, its interfaces, and the access network if there is one. */
export function makeRouter(
  args: CloudRouter<pulumi.Input<string>>,
  plan: NetworkPlan,
  subnetId: pulumi.Input<string>,
  child: Children,
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
  join(router, subnetId, "router-interface", child);
  if (plan.accessNetwork !== undefined) {
    join(router, makeAccessNetwork(plan.accessNetwork, child), "access-interface", child);
  }
  return router.id;
}

function join(
  router: openstack.networking.Router,
  subnetId: pulumi.Input<string>,
  suffix: string,
  child: Children,
): void {
  const { resourceName, edited, options } = child(INTERFACE_TYPE, suffix);
  new openstack.networking.RouterInterface(resourceName, edited({ routerId: router.id, subnetId }), options);
}

function makeAccessNetwork(plan: PlannedAccessNetwork, child: Children): pulumi.Output<string> {
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
