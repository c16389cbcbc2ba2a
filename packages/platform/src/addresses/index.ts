export { AddressesChart, type AddressesChartProps } from "./addresses-chart.js";
export { type AddressesNetwork, type AddressesPlan, type PlannedPool, planAddresses } from "./plan.js";
export type { AddressesProps, Announcement, BgpPeer, LoadBalancerPool } from "./props.js";
