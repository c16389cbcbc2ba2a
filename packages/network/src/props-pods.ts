/** How pods' packets are carried between nodes. */
export type Encapsulation = "none" | "vxlan" | "geneve" | "wireguard" | "ipsec";

/** The pod network as far as the network below it must know: what it adds to packets, and on which port. */
export interface PodNetwork {
  /** How pods' packets are carried between nodes. @default "vxlan" */
  readonly encapsulation?: Encapsulation;
  /** Largest packet of a pod, in bytes. @default - the network's less what the encapsulation adds */
  readonly mtu?: number;
  /**
   * UDP port of the encapsulation.
   * @default - 8472 (VXLAN, as flannel and Cilium), 6081 (Geneve), 51820 (WireGuard), 4500 (IPsec behind NAT)
   */
  readonly port?: number;
  /** IP versions of the pods. @default - that of the subnet */
  readonly ipFamilies?: readonly ("IPv4" | "IPv6")[];
}

/** Every property of a pod network. */
export const POD_NETWORK_FIELDS = {
  encapsulation: true,
  mtu: true,
  port: true,
  ipFamilies: true,
} as const satisfies Record<keyof PodNetwork, true>;
