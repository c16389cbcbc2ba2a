export { L3VPNNetwork, type L3VPNNetworkArgs, type ReturnRoutes } from "./component.js";
export type { NetworkPlan, PlannedRoute, PlannedSite, ReturnRoute } from "./plan.js";
export type {
  AccessNetwork,
  Adoptable,
  AllocationPool,
  CloudRouter,
  L3VPNDriver,
  NetworkProps,
  Reference,
  Route,
  Site,
} from "./props.js";
export { NETWORK } from "./rules.js";
