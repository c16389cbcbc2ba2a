import type { CidrText } from "@plinth/core";

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

/** A second network, in which the VMs' way to the outside lies apart from the L3VPN. */
export interface AccessNetwork {
  /** Name in OpenStack. @default - from the component's name */
  readonly name?: string;
  /** Its address range. */
  readonly cidr: CidrText;
}

/** A router of one's own in OpenStack: the VMs' gateway and way to the outside. */
export interface CloudRouter<Id> {
  /** The provider's external network, in which the router's gateway is. */
  readonly externalNetwork: Reference<Id>;
  /** Name in OpenStack. @default - from the component's name */
  readonly name?: string;
  /**
   * Whether VMs without floating address reach the outside. By Neutron's policy only an administrator may set it.
   * @default - the cloud's own default, which is yes where nobody has changed it
   */
  readonly sourceNat?: boolean;
  /** A second network that the router joins. @default - none */
  readonly accessNetwork?: AccessNetwork;
}

/**
 * Who runs the L3VPN router.
 * - `provider`: someone else: the cloud side is made or adopted, routes point to `nextHop`, the rest is asked of them.
 */
export type L3VPNDriver = { readonly type: "provider" };

/** What decides a network's shape: plain values, checked at once. */
export interface NetworkProps<Id = unknown> {
  /** Address range of the subnet in which VMs are made. */
  readonly cidr: CidrText;
  /** The L3VPN router's address in the subnet: next hop towards the sites. */
  readonly nextHop: string;
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
  /** Largest packet that the subnet's network carries, in bytes. @default 1500 */
  readonly mtu?: number;
  /** The OpenStack network. @default - made, named after the component */
  readonly network?: Adoptable<Id>;
  /** The subnet. @default - made when the network is made; otherwise the subnet with this CIDR is adopted */
  readonly subnet?: Adoptable<Id>;
  /** A router for the VMs' way out. @default - none: whoever runs the gateway address has one */
  readonly router?: CloudRouter<Id>;
  /** Who runs the L3VPN router. @default { type: "provider" } */
  readonly driver?: L3VPNDriver;
}

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
  driver: true,
} as const satisfies Record<keyof NetworkProps, true>;

/** Every property of a site. */
export const SITE_FIELDS = {
  name: true,
  cidrs: true,
  hosts: true,
  routerAddress: true,
  mtu: true,
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

/** Every property of a router. */
export const ROUTER_FIELDS = {
  externalNetwork: true,
  name: true,
  sourceNat: true,
  accessNetwork: true,
} as const satisfies Record<keyof CloudRouter<unknown>, true>;

/** Every property of an access network. */
export const ACCESS_FIELDS = { name: true, cidr: true } as const satisfies Record<keyof AccessNetwork, true>;

/** Every property of a driver. */
export const DRIVER_FIELDS = { type: true } as const satisfies Record<keyof L3VPNDriver, true>;
