/**
 * Settings of Deckhouse's module `cloud-provider-openstack` beyond those that are derived: connection, internal network, key pair,
 * security group, pod network mode and zones are the program's.
 */
export interface DeckhouseModuleSettings {
  /** Networks whose addresses become ExternalIP of the nodes, by name. @default - none */
  readonly externalNetworkNames?: readonly string[];
  /** Further ones. @default - none */
  readonly additionalExternalNetworkNames?: readonly string[];
  /** For a Cinder older than microversion 3.34: volumes in use are not resized. @default false */
  readonly ignoreVolumeMicroversion?: boolean;
  /** Octavia load balancers: none where the cloud has no Octavia. @default - made for Services of type LoadBalancer */
  readonly loadBalancer?:
    | { readonly disabled: true }
    | { readonly disabled?: false; readonly subnetID?: string; readonly floatingNetworkID?: string };
  /** StorageClasses, one a Cinder volume type: `exclude` names those that are not made. @default - all, by zone */
  readonly storageClass?: { readonly exclude?: readonly string[]; readonly topologyEnabled?: boolean };
  /** When Kubernetes changes owner and mode of a volume's files. @default "ReadWriteOnceWithFSType" */
  readonly csiDriver?: { readonly fsGroupPolicy: "ReadWriteOnceWithFSType" | "File" | "None" };
  /** Tags of every machine that is ordered. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Every property of the module's settings. */
export const MODULE_FIELDS = {
  externalNetworkNames: true,
  additionalExternalNetworkNames: true,
  ignoreVolumeMicroversion: true,
  loadBalancer: true,
  storageClass: true,
  csiDriver: true,
  tags: true,
} as const satisfies Record<keyof DeckhouseModuleSettings, true>;
