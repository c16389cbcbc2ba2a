import type { DriverRules } from "./plan-driver.js";

/** Someone else runs the L3VPN router: routes of the VMs point to `nextHop`, the rest is asked of them by a ticket. */
export interface ProviderDriver {
  /** Tells the drivers apart. */
  readonly type: "provider";
}

/**
 * The routes to the sites are extra routes of the Neutron router that is the VMs' gateway, not host routes of the VMs: nothing has to
 * reach the VMs by DHCP. Needs `router`.
 */
export interface NeutronDriver {
  /** Tells the drivers apart. */
  readonly type: "neutron";
}

/** The network or its router is joined to a BGP VPN (networking-bgpvpn) that exists. */
export interface BgpvpnDriver<Id> {
  /** Tells the drivers apart. */
  readonly type: "bgpvpn";
  /** Id of the BGP VPN. Only an administrator can make one. */
  readonly bgpvpnId: Id;
  /** What is joined: `network`, or the `router` with all its networks. Never both: they exclude each other. @default "network" */
  readonly associate?: "network" | "router";
}

/** A driver of your own: see `L3VPNDriverImplementation`. */
export interface CustomDriver<Driver extends DriverRules = DriverRules> {
  /** Tells the drivers apart. */
  readonly type: "custom";
  /** What is checked, made and asked of others. */
  readonly driver: Driver;
}

/** Who runs the L3VPN router, and where the routes to the sites are kept. */
export type L3VPNDriver<Id = unknown, Driver extends DriverRules = DriverRules> =
  | ProviderDriver
  | NeutronDriver
  | BgpvpnDriver<Id>
  | CustomDriver<Driver>;

type KeyOf<T> = T extends unknown ? keyof T & string : never;

/** Every property of each driver. */
export const DRIVER_FIELDS = {
  provider: { type: true },
  neutron: { type: true },
  bgpvpn: { type: true, bgpvpnId: true, associate: true },
  custom: { type: true, driver: true },
} as const satisfies {
  [Type in L3VPNDriver["type"]]: Record<KeyOf<Extract<L3VPNDriver, { readonly type: Type }>>, true>;
};
