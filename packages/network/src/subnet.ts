import type { ChildContext } from "@plinth/bridge";
import * as openstack from "@pulumi/openstack";
import type * as pulumi from "@pulumi/pulumi";
import { routeSuffix } from "./drivers/driver.js";
import type { RouteKeeper } from "./kept-routes.js";
import type { NetworkPlan } from "./plan.js";
import type { Adoptable } from "./props.js";
import type { ChildFactory } from "./router.js";

const ROUTE_TYPE = "openstack:networking/subnetRoute:SubnetRoute";

/** Makes the subnet. @param cidr its range, known when it may be made */
export function makeSubnet(
  given: Adoptable<pulumi.Input<string>> | undefined,
  plan: NetworkPlan,
  networkId: pulumi.Input<string>,
  cidr: pulumi.Input<string>,
  { resourceName, name, description, edited, options }: ChildContext,
): openstack.networking.Subnet {
  const mode = plan.ipv6AddressMode;
  return new openstack.networking.Subnet(
    resourceName,
    edited({
      name: given?.name ?? name,
      description,
      networkId,
      cidr,
      ipVersion: plan.cidr.version,
      gatewayIp: plan.gateway.toString(),
      enableDhcp: true,
      ...(mode === undefined ? {} : { ipv6AddressMode: mode, ipv6RaMode: mode }),
      allocationPools: plan.pools.map(({ first, last }) => ({ start: first.toString(), end: last.toString() })),
      dnsNameservers: plan.dnsServers.map(String),
    }),
    options,
  );
}

/**
 * Makes the host routes of the VMs: all, or those that are given by themselves, by where the routes to the sites are kept.
 * @param subnet its id, and its resource where it is made
 */
export function makeSubnetRoutes(
  plan: NetworkPlan,
  subnet: { readonly id: pulumi.Input<string>; readonly made: pulumi.Resource | undefined },
  child: ChildFactory,
  keeper: RouteKeeper,
): void {
  if (plan.routesAt === "router") return;
  const routes = plan.routesAt === "subnet" ? plan.routes : plan.routes.filter(({ site }) => site === undefined);
  const made = routes.map(({ destination, nextHop }) => {
    const { resourceName, edited, options } = child(ROUTE_TYPE, routeSuffix(destination));
    return new openstack.networking.SubnetRoute(
      resourceName,
      edited({ subnetId: subnet.id, destinationCidr: destination.toString(), nextHop: nextHop.toString() }),
      // with the subnet its routes go; the provider fails to delete one that somebody else has removed
      { ...options, ...(subnet.made === undefined ? {} : { deletedWith: subnet.made }) },
    );
  });
  keeper.keep("subnet", subnet.id, made);
}
