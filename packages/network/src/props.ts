import type { CidrText } from "@plinth/core";
import type { DriverRules } from "./plan-driver.js";
import type { BgpvpnDriver, CustomDriver, NeutronDriver, ProviderDriver } from "./props-driver.js";
import type { PodNetwork } from "./props-pods.js";
import type { CloudRouter } from "./props-router.js";
import type { SecurityGroup } from "./props-security.js";

/** A place that the L3VPN router joins: racks, another data centre, a managed service. */
export interface Site {
  /** Name, unique in the network; what {@link L3VPNNetwork.returnRoutes} takes. */
  readonly name: string;
  /** Its address ranges, at least one. */
  readonly cidrs: readonly CidrText[];
  /**
   * Whose its hosts are: `own` hosts need return routes; a `managed` site (a database of the provider's) has none of ours.
   * @default "own"
   */
  readonly hosts?: "own" | "managed";
  /**
   * The L3VPN router's address inside the site: next hop of the return routes.
   * @default - the first host address of each range, as providers number it
   */
  readonly routerAddress?: string;
  /** Largest packet that the site's network carries, in bytes. @default 1500 */
  readonly mtu?: number;
  /**
   * Whether the site's hosts may begin talking to the VMs (kubelet, encapsulation, ICMP); otherwise only the VMs begin.
   * @default - `true` for own hosts, `false` for a managed site
   */
  readonly inbound?: boolean;
}

/** A route that the VMs of the subnet get, beside those to the sites. */
export interface Route {
  /** Where it leads. */
  readonly destination: CidrText;
  /** Host address of the subnet. */
  readonly nextHop: string;
}

/** A run of addresses, both ends included. */
export interface AllocationPool {
  /** First address: a host address of the subnet. */
  readonly start: string;
  /** Last address: the same or a later one. */
  readonly end: string;
}

/**
 * Something in OpenStack that is made, or that exists already and is adopted: found by its name or id, never changed and
 * never deleted.
 */
export type Adoptable<Id> =
  | { readonly existing?: false; readonly name?: string; readonly id?: never }
  | { readonly existing: true; readonly name: string; readonly id?: never }
  // `never` tells the two apart where `existing` is decided by the stack's configuration
  | { readonly existing: true; readonly name?: never; readonly id: Id };

/** Something that exists: by name (which must be unique in the project) or by id. */
export type Reference<Id> = { readonly name: string; readonly id?: never } | { readonly name?: never; readonly id: Id };

/** What decides a network's shape, whatever joins it to the sites. */
export interface SharedNetworkProps<Id = unknown> {
  /** Address range of the subnet in which VMs are made. */
  readonly cidr: CidrText;
  /** The sites that the L3VPN router joins. */
  readonly sites: readonly Site[];
  /** Default gateway of the VMs. @default - the first host address */
  readonly gateway?: string;
  /** Further addresses that the provider's equipment uses and no VM may get. @default - none */
  readonly serviceAddresses?: readonly string[];
  /** Routes beside those to the sites. @default - none */
  readonly routes?: readonly Route[];
  /** Addresses for VMs. @default - all host addresses that are not reserved */
  readonly allocationPools?: readonly AllocationPool[];
  /** Name servers for the VMs. @default - the cloud's own */
  readonly dnsServers?: readonly string[];
  /**
   * Largest packet that the subnet's network carries, in bytes: a network that is made gets it; Neutron refuses more than it
   * can carry. An adopted one that carries less is refused (PL3015).
   * @default - 1500 is planned with; Neutron decides, and `mtu` of the component says what came of it
   */
  readonly mtu?: number | undefined;
  /** The OpenStack network. @default - made, named after the component */
  readonly network?: Adoptable<Id>;
  /** The subnet. @default - made when the network is made; otherwise the subnet with this CIDR is adopted */
  readonly subnet?: Adoptable<Id>;
  /** A router for the VMs' way out, made or adopted. @default - none: whoever runs the gateway address has one */
  readonly router?: CloudRouter<Id>;
  /** The security group of the VMs. @default - made, named after the component */
  readonly securityGroup?: SecurityGroup<Id>;
  /** The pod network above this one. @default - VXLAN */
  readonly podNetwork?: PodNetwork;
  /** How VMs get their addresses in an IPv6 subnet. @default "dhcpv6-stateful" */
  readonly ipv6AddressMode?: Ipv6AddressMode;
  /**
   * How many routes Neutron takes, where its administrator has changed the limit.
   * @default - 20 for a subnet (`max_subnet_host_routes`), 30 for a router (`max_routes`)
   */
  readonly maxRoutes?: number;
  /**
   * What happens when a change would replace a subnet that is there, with all VMs in it: it is `refused`, with the way to
   * migrate (PL3027), or `allowed`. @default "refused"
   */
  readonly subnetReplacement?: "refused" | "allowed";
}

/** How VMs get their addresses in an IPv6 subnet. With all but `dhcpv6-stateful` they make them up, whatever the pools say. */
export type Ipv6AddressMode = "dhcpv6-stateful" | "dhcpv6-stateless" | "slaac";

/** What joins a network to the sites: a router at an address of the subnet. */
export interface RoutedProps<Driver extends DriverRules = DriverRules> {
  /** The L3VPN router's address in the subnet: next hop towards the sites. */
  readonly nextHop: string;
  /** Who runs the L3VPN router. @default { type: "provider" } */
  readonly driver?: ProviderDriver | NeutronDriver | CustomDriver<Driver>;
}

/** What joins a network to the sites: a BGP VPN behind the gateway. There is no other next hop. */
export interface BgpvpnProps<Id> {
  /** The gateway leads to the sites. */
  readonly nextHop?: undefined;
  /** The BGP VPN that is joined. */
  readonly driver: BgpvpnDriver<Id>;
}

/** What decides a network's shape: plain values, checked at once. */
export type NetworkProps<Id = unknown, Driver extends DriverRules = DriverRules> = SharedNetworkProps<Id> &
  (RoutedProps<Driver> | BgpvpnProps<Id>);

/** Every property, for the check for unknown ones. */
export const NETWORK_FIELDS = {
  cidr: true,
  nextHop: true,
  sites: true,
  gateway: true,
  serviceAddresses: true,
  routes: true,
  allocationPools: true,
  dnsServers: true,
  mtu: true,
  network: true,
  subnet: true,
  router: true,
  securityGroup: true,
  podNetwork: true,
  ipv6AddressMode: true,
  maxRoutes: true,
  subnetReplacement: true,
  driver: true,
} as const satisfies Record<keyof NetworkProps, true>;

/** Every property of a site. */
export const SITE_FIELDS = {
  name: true,
  cidrs: true,
  hosts: true,
  routerAddress: true,
  mtu: true,
  inbound: true,
} as const satisfies Record<keyof Site, true>;

/** Every property of a route. */
export const ROUTE_FIELDS = { destination: true, nextHop: true } as const satisfies Record<keyof Route, true>;

/** Every property of an allocation pool. */
export const POOL_FIELDS = { start: true, end: true } as const satisfies Record<keyof AllocationPool, true>;

/** Every property of what is made or adopted. */
export const ADOPTABLE_FIELDS = {
  existing: true,
  name: true,
  id: true,
} as const satisfies Record<keyof Adoptable<unknown>, true>;

/** Every property of a reference. */
export const REFERENCE_FIELDS = { name: true, id: true } as const satisfies Record<keyof Reference<unknown>, true>;
