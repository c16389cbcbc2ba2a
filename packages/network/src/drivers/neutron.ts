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
  make({ plan, routerId, interfaces, child, keeper }) {
    // one that is missing is refused
    if (routerId === undefined) return;
    const made = plan.routes.map(({ destination, nextHop }) => {
      const { resourceName, edited, options } = child(ROUTE_TYPE, `router-${routeSuffix(destination)}`);
      return new openstack.networking.RouterRoute(
        resourceName,
        edited({ routerId, destinationCidr: destination.toString(), nextHop: nextHop.toString() }),
        { ...options, dependsOn: [...interfaces] },
      );
    });
    keeper.keep("router", routerId, made);
  },
  ticket: (plan, network) => toTicket(plan, network),
};
