import type { Check, Cidr } from "@plinth/core";
import type { NetworkPlan } from "./plan.js";
import type { NetworkProps } from "./props.js";
import { NETWORK } from "./rules.js";

/** Where the routes to the sites are kept: with the VMs, in the router that is their gateway, or behind the gateway. */
export type RoutesAt = "subnet" | "router" | "gateway";

/** What a driver decides before anything is sent. Pure: no cdk8s, no Pulumi, nothing is read. */
export interface DriverRules {
  /** Name, for explanations: `provider`, `neutron`, `bgpvpn` or one of your own. */
  readonly name: string;
  /** Where the routes to the sites are kept. */
  readonly routesAt: RoutesAt;
  /** Refuses what the driver cannot do. */
  validate(plan: NetworkPlan, props: NetworkProps, check: Check): void;
}

/** Someone else's router. */
export const PROVIDER_RULES: DriverRules = { name: "provider", routesAt: "subnet", validate: () => {} };

/** Extra routes of the Neutron router. */
export const NEUTRON_RULES: DriverRules = {
  name: "neutron",
  routesAt: "router",
  validate(plan, _, check) {
    if (!plan.hasRouter) refuseWithoutRouter("driver", "neutron", "has no router to keep routes in", check);
    for (const { nextHop, property, site } of plan.routes) {
      const own = [plan.gateway, plan.accessNetwork?.gateway].find((address) => address?.equals(nextHop));
      // the one next hop of the sites is refused as such
      if (own === undefined || site !== undefined) continue;
      check.refuse(NETWORK.nextHopIsRouter, {
        property: `${property}.nextHop`,
        value: nextHop.toString(),
        message: `${nextHop} is the router's own address, and the route would be the router's`,
        fix: "give the address of another router in one of the networks that it joins, or leave the route out",
      });
    }
  },
};

/** A BGP VPN behind the gateway. */
export const BGPVPN_RULES: DriverRules = {
  name: "bgpvpn",
  routesAt: "gateway",
  validate(plan, { driver }, check) {
    if (driver?.type === "bgpvpn" && driver.associate === "router" && !plan.hasRouter) {
      refuseWithoutRouter("driver.associate", "router", "has no router to associate", check);
    }
  },
};

/** The rules of the driver that was given. */
export function driverRules(driver: NetworkProps["driver"]): DriverRules {
  switch (driver?.type) {
    case "custom":
      return driver.driver;
    case "neutron":
      return NEUTRON_RULES;
    case "bgpvpn":
      return BGPVPN_RULES;
    default:
      return PROVIDER_RULES;
  }
}

/** Ranges in which next hops may be: the subnet, and of a router's own routes all networks that it joins. */
export function nextHopRanges(rules: DriverRules, cidr: Cidr, access: Cidr | undefined): readonly Cidr[] {
  return rules.routesAt === "router" && access !== undefined ? [cidr, access] : [cidr];
}

/** Refuses a next hop that the driver has no use for, and one that is missing. */
export function checkNextHopGiven(rules: DriverRules, nextHop: string | undefined, check: Check): void {
  const needed = rules.routesAt !== "gateway";
  if (needed === (nextHop !== undefined)) return;
  check.refuse(NETWORK.nextHopByDriver, {
    property: "nextHop",
    ...(nextHop === undefined ? {} : { value: nextHop }),
    message: needed
      ? `The driver ${rules.name} routes to a next hop, and none is given`
      : `With the driver ${rules.name} the gateway leads to the sites, and a next hop is given`,
    fix: needed ? "give the L3VPN router's address in the subnet as nextHop" : "leave nextHop out",
  });
}

function refuseWithoutRouter(property: string, value: string, what: string, check: Check): void {
  check.refuse(NETWORK.driverNeedsRouter, {
    property,
    value,
    message: `The network ${what}`,
    fix: "set router, for example { existing: true, name: ... } or { externalNetwork: { name: ... } }",
  });
}
