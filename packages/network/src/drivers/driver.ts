import type { ChildContext } from "@plinth/bridge";
import type * as pulumi from "@pulumi/pulumi";
import type { RouteKeeper } from "../kept-routes.js";
import type { DriverRules, NetworkPlan } from "../plan.js";

/** What a driver works with, when the network, the subnet and the router are there. */
export interface DriverContext {
  /** What was computed. */
  readonly plan: NetworkPlan;
  /** Id of the OpenStack network. */
  readonly networkId: pulumi.Output<string>;
  /** Id of the subnet. */
  readonly subnetId: pulumi.Output<string>;
  /** `undefined` where the network has no router of one's own. */
  readonly routerId: pulumi.Output<string> | undefined;
  /** Interfaces that were made for the router: its routes are made after them, and go before them. */
  readonly interfaces: readonly pulumi.Resource[];
  /**
   * What a resource takes from its component: name, owner's text, the user's edit, options.
   * @param type Pulumi type token @param suffix what distinguishes it from the component's other resources; never changed
   */
  readonly child: (type: string, suffix: string) => ChildContext;
  /** Keeps routes in Neutron that somebody else removes. */
  readonly keeper: Pick<RouteKeeper, "keep">;
  /** Options for reading what exists: nothing is read before the program has been checked. */
  readonly read: pulumi.InvokeOutputOptions;
}

/**
 * Who runs the L3VPN router: what is checked for it, what is made, and what is asked of others. Those of this package are values of
 * this type; one of your own is given as `driver: { type: "custom", driver }`.
 *
 * @example
 * const driver: L3VPNDriverImplementation = {
 *   name: "acme",
 *   routesAt: "subnet",
 *   validate: (plan, _, check) => { if (plan.sites.length > 8) check.refuse(ACME.sites, { ... }); },
 *   make: ({ child, subnetId }) => {
 *     const { resourceName, edited, options } = child("acme:index:Attachment", "attachment");
 *     new acme.Attachment(resourceName, edited({ subnetId }), options);
 *   },
 *   ticket: () => "",
 * };
 */
export interface L3VPNDriverImplementation extends DriverRules {
  /**
   * Makes the driver's resources. Called once, in the component's constructor, also when something was refused (nothing is sent
   * then); host routes of the subnet are not its business.
   */
  make(context: DriverContext): void;
  /** What to ask of whoever runs the L3VPN router; empty where there is nothing. @param network the OpenStack network's name */
  ticket(plan: NetworkPlan, network: string | undefined): string;
}

/** The suffix of a route's resource: each destination has one route. */
export function routeSuffix(destination: { toString(): string }): string {
  return `route-${destination.toString().replace(/[^0-9a-f]/g, "-")}`;
}
