import type { CidrText } from "@plinth/core";
import type { Reference } from "./props.js";

/** A second network, in which the VMs' way to the outside lies apart from the L3VPN. */
export interface AccessNetwork {
  /** Name in OpenStack. @default - from the component's name */
  readonly name?: string;
  /** Its address range. */
  readonly cidr: CidrText;
}

/** A router of one's own in OpenStack that is made: the VMs' gateway and way to the outside. */
export interface MadeRouter<Id> {
  readonly existing?: false;
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

/** A router that exists: it gets interfaces and, by the driver `neutron`, routes; nothing else of it is changed. */
export type AdoptedRouter<Id> = Reference<Id> & {
  readonly existing: true;
  /** A second network that the router joins. @default - none */
  readonly accessNetwork?: AccessNetwork;
  /**
   * Whether the router has the subnet's gateway address already, or gets it. `existing` is compared with the cloud (PL3028).
   * @default - `existing` where the subnet is adopted, `made` where it is made
   */
  readonly subnetInterface?: "made" | "existing";
};

/** The router that is the VMs' gateway. */
export type CloudRouter<Id> = MadeRouter<Id> | AdoptedRouter<Id>;

type KeyOf<T> = T extends unknown ? keyof T & string : never;

/** Every property of a router. */
export const ROUTER_FIELDS = {
  existing: true,
  id: true,
  externalNetwork: true,
  name: true,
  sourceNat: true,
  accessNetwork: true,
  subnetInterface: true,
} as const satisfies Record<KeyOf<CloudRouter<unknown>>, true>;

/** Every property of an access network. */
export const ACCESS_FIELDS = { name: true, cidr: true } as const satisfies Record<keyof AccessNetwork, true>;
