import type { CidrText } from "@plinth/core";
import type { Reference } from "@plinth/network";
import type { NetworkPlan } from "@plinth/network/plan";

/** How a port is bound to its host: Neutron's `binding:vnic_type`. */
export type VnicType =
  | "normal"
  | "direct"
  | "direct-physical"
  | "macvtap"
  | "baremetal"
  | "virtio-forwarder"
  | "vdpa"
  | "smart-nic"
  | "remote-managed"
  | "accelerator-direct"
  | "accelerator-direct-physical";

/** Addresses beside its own with which a machine may send. */
export interface AddressPair {
  /** An address or a range. */
  readonly ipAddress: CidrText | string;
  /** @default - that of the port */
  readonly macAddress?: string;
}

/** What Neutron is told for the binding of a port of type `direct`. Needs leave to set `binding:profile`, by default an administrator's. */
export interface PortProfile {
  /** Open vSwitch hands the packets over to the network card. @default false */
  readonly ovsHWOffload?: boolean;
  /** The machine may change the card's MAC address and see all packets of the card. @default false */
  readonly trustedVF?: boolean;
}

/**
 * What the ports of a group's machines are like: one is made with each machine, and goes with it. With Deckhouse a port has a network
 * and nothing else.
 */
export interface MachinePort {
  /**
   * Security groups of the port, which exist, in place of the network's own and `additionalSecurityGroups`.
   * @default - of the network in which it is, where that is a component, otherwise those of the first port
   */
  readonly securityGroups?: readonly [Reference<string>, ...Reference<string>[]];
  /** Whether Neutron looks at the addresses and the security groups of the port. @default - as the network says */
  readonly portSecurityEnabled?: boolean;
  /** For addresses that move between machines, or lie behind one. Neutron takes ten for a port, by default. @default - none */
  readonly allowedAddressPairs?: readonly AddressPair[];
  /** @default - Neutron's, `normal` */
  readonly vnicType?: VnicType;
  /** @default - none */
  readonly profile?: PortProfile;
  /** Whether the port is made the parent of a trunk, to which subports may be added. @default false */
  readonly trunk?: boolean;
  /** Tags of the port. @default - none */
  readonly tags?: readonly string[];
}

/** A network that the program makes or adopts: an `L3VPNNetwork`. */
export interface OwnNetwork {
  readonly name: string;
  readonly isRefused: boolean;
  readonly plan: NetworkPlan;
}

/** A further port of each machine. */
export interface AdditionalPort<Own extends OwnNetwork = OwnNetwork> extends MachinePort {
  /** In which it is: one that exists, or an `L3VPNNetwork`, whose addresses are then counted. With Deckhouse by name, or that. */
  readonly network: Reference<string> | Own;
  /**
   * Subnets of the network, which exist: the port gets an address in each.
   * @default - that of the `L3VPNNetwork`; of another network the one that Neutron chooses
   */
  readonly subnets?: readonly [Reference<string>, ...Reference<string>[]];
}

/** Every property of a port. */
export const PORT_FIELDS = {
  securityGroups: true,
  portSecurityEnabled: true,
  allowedAddressPairs: true,
  vnicType: true,
  profile: true,
  trunk: true,
  tags: true,
} as const satisfies Record<keyof MachinePort, true>;

/** Every property of a further port. */
export const ADDITIONAL_PORT_FIELDS = {
  network: true,
  subnets: true,
  ...PORT_FIELDS,
} as const satisfies Record<keyof AdditionalPort, true>;

/** Every property of an address pair. */
export const PAIR_FIELDS = { ipAddress: true, macAddress: true } as const satisfies Record<keyof AddressPair, true>;

/** Every property of a profile. */
export const PROFILE_FIELDS = { ovsHWOffload: true, trustedVF: true } as const satisfies Record<
  keyof PortProfile,
  true
>;

/** Ways of binding, and whether a packet passes by the host's firewall. */
export const VNIC_TYPES = {
  normal: { passesHost: false },
  direct: { passesHost: true },
  "direct-physical": { passesHost: true },
  macvtap: { passesHost: true },
  baremetal: { passesHost: true },
  "virtio-forwarder": { passesHost: false },
  vdpa: { passesHost: false },
  "smart-nic": { passesHost: false },
  "remote-managed": { passesHost: false },
  "accelerator-direct": { passesHost: true },
  "accelerator-direct-physical": { passesHost: true },
} as const satisfies Record<VnicType, { readonly passesHost: boolean }>;
