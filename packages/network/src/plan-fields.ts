import type { Check } from "@plinth/core";
import {
  ACCESS_FIELDS,
  type AccessNetwork,
  ADOPTABLE_FIELDS,
  type Adoptable,
  type AllocationPool,
  type CloudRouter,
  DRIVER_FIELDS,
  type L3VPNDriver,
  NETWORK_FIELDS,
  type NetworkProps,
  POOL_FIELDS,
  REFERENCE_FIELDS,
  type Reference,
  ROUTER_FIELDS,
} from "./props.js";

/** Refuses properties that are not known, of a network and of what is nested in it; sites and routes are read elsewhere. */
export function checkFields(props: NetworkProps, check: Check): void {
  check.fields<NetworkProps>(props, NETWORK_FIELDS);
  const { network, subnet, router, driver, allocationPools = [] } = props;
  if (network !== undefined) check.fields<Adoptable<unknown>>(network, ADOPTABLE_FIELDS, "network");
  if (subnet !== undefined) check.fields<Adoptable<unknown>>(subnet, ADOPTABLE_FIELDS, "subnet");
  if (driver !== undefined) check.fields<L3VPNDriver>(driver, DRIVER_FIELDS, "driver");
  allocationPools.forEach((pool, i) => {
    check.fields<AllocationPool>(pool, POOL_FIELDS, `allocationPools[${i}]`);
  });
  if (router === undefined) return;
  const { externalNetwork, accessNetwork } = router;
  check.fields<CloudRouter<unknown>>(router, ROUTER_FIELDS, "router");
  check.fields<Reference<unknown>>(externalNetwork, REFERENCE_FIELDS, "router.externalNetwork");
  if (accessNetwork !== undefined) check.fields<AccessNetwork>(accessNetwork, ACCESS_FIELDS, "router.accessNetwork");
}
