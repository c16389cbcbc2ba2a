import * as openstack from "@pulumi/openstack";
import { NEUTRON_RULES } from "../plan-driver.js";
import { toTicket } from "../plan-ticket.js";
import { type L3VPNDriverImplementation, routeSuffix } from "./driver.js";

const ROUTE_TYPE = "openstack:networking/routerRoute:RouterRoute";

/**
 * Extra routes of the Neutron router. They are made after the router's interfaces and go before them: Neutron takes no route whose next
 * hop it cannot reach, and gives up no interface that a route needs (RouterInterfaceInUseByRoute).
 */
export const neutron: L3VPNDriverImplementation = {
  ...NEUTRON_RULES,
  make({ plan, routerId, interfaces, child }) {
    // one that is missing is refused
    if (routerId === undefined) return;
    for (const { destination, nextHop } of plan.routes) {
      const { resourceName, edited, options } = child(ROUTE_TYPE, `router-${routeSuffix(destination)}`);
      new openstack.networking.RouterRoute(
        resourceName,
        edited({ routerId, destinationCidr: destination.toString(), nextHop: nextHop.toString() }),
        { ...options, dependsOn: [...interfaces] },
      );
    }
  },
  ticket: (plan, network) => toTicket(plan, network),
};
