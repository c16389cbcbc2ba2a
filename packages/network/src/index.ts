export { L3VPNNetwork, type L3VPNNetworkArgs, type ReturnRoutes } from "./component.js";
export type { DriverContext, L3VPNDriverImplementation } from "./drivers/driver.js";
export type {
  DriverRules,
  NetworkPlan,
  PlannedPodNetwork,
  PlannedRoute,
  PlannedSecurityGroup,
  PlannedSecurityRule,
  PlannedSite,
  ReturnRoute,
  RoutesAt,
} from "./plan.js";
export { ProgramAddresses, type ProgramAddressesProps, type RegisteredRange } from "./program-addresses.js";
export type {
  Adoptable,
  AllocationPool,
  Ipv6AddressMode,
  NetworkProps,
  Reference,
  Route,
  Site,
} from "./props.js";
export type { BgpvpnDriver, CustomDriver, L3VPNDriver, NeutronDriver, ProviderDriver } from "./props-driver.js";
export type { Encapsulation, PodNetwork } from "./props-pods.js";
export type { AccessNetwork, AdoptedRouter, CloudRouter, MadeRouter } from "./props-router.js";
export type { MadeSecurityGroup, SecurityGroup } from "./props-security.js";
export { NETWORK } from "./rules.js";
