import type { Check } from "@plinth/core";
import {
  ADOPTABLE_FIELDS,
  type Adoptable,
  type AllocationPool,
  NETWORK_FIELDS,
  type NetworkProps,
  POOL_FIELDS,
  REFERENCE_FIELDS,
  type Reference,
} from "./props.js";
import { DRIVER_FIELDS, type L3VPNDriver } from "./props-driver.js";
import { POD_NETWORK_FIELDS, type PodNetwork } from "./props-pods.js";
import { ACCESS_FIELDS, type AccessNetwork, type CloudRouter, ROUTER_FIELDS } from "./props-router.js";
import { SECURITY_GROUP_FIELDS } from "./props-security.js";

/** Refuses properties that are not known, of a network and of what is nested in it; sites and routes are read elsewhere. */
export function checkFields(props: NetworkProps, check: Check): void {
  check.fields<NetworkProps>(props, NETWORK_FIELDS);
  const { network, subnet, driver, podNetwork, securityGroup, allocationPools = [] } = props;
  if (network !== undefined) check.fields<Adoptable<unknown>>(network, ADOPTABLE_FIELDS, "network");
  if (subnet !== undefined) check.fields<Adoptable<unknown>>(subnet, ADOPTABLE_FIELDS, "subnet");
  if (driver !== undefined) {
    check.fields<L3VPNDriver>(driver, DRIVER_FIELDS[driver.type] ?? DRIVER_FIELDS.provider, "driver");
  }
  if (podNetwork !== undefined) check.fields<PodNetwork>(podNetwork, POD_NETWORK_FIELDS, "podNetwork");
  if (securityGroup !== undefined && securityGroup !== "none") {
    check.fields(securityGroup, SECURITY_GROUP_FIELDS, "securityGroup");
  }
  allocationPools.forEach((pool, i) => {
    check.fields<AllocationPool>(pool, POOL_FIELDS, `allocationPools[${i}]`);
  });
  if (props.router !== undefined) checkRouterFields(props.router, check);
}

function checkRouterFields(router: CloudRouter<unknown>, check: Check): void {
  check.fields<CloudRouter<unknown>>(router, ROUTER_FIELDS, "router");
  if (router.existing !== true) {
    check.fields<Reference<unknown>>(router.externalNetwork, REFERENCE_FIELDS, "router.externalNetwork");
  }
  if (router.accessNetwork === undefined) return;
  check.fields<AccessNetwork>(router.accessNetwork, ACCESS_FIELDS, "router.accessNetwork");
}
