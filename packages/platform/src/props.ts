import type { CidrText } from "@plinth/core";
import type { Setting } from "./configure.js";
import type { AnyComponent, Capability } from "./definition.js";
import type { ApiServerAddress, PlatformMachine } from "./handed-down.js";
import type { Preset } from "./presets.js";
import type { ApiKind } from "./release.js";

/** A subnet that nodes are in. */
export interface NodeSubnet {
  readonly cidr: CidrText;
  /** Name of the site of an `L3VPNNetwork` with this range, where there is one: both then mean the same range. */
  readonly site: string;
}

/** Addresses for Services of type LoadBalancer: a CIDR, or the first and the last with a hyphen between. */
export type LoadBalancerRange = CidrText | `${string}-${string}`;

/** The ranges of a cluster. None may overlap another of the program, but load balancer ranges may lie in a node subnet. */
export interface NetworkRanges {
  /** Subnets that the nodes are in, at least one. */
  readonly nodes: readonly (CidrText | NodeSubnet)[];
  /** Addresses of pods. @default "10.244.0.0/16" */
  readonly pod?: CidrText;
  /** The pods' gateway. @default - the first host address of `pod` */
  readonly podGateway?: string;
  /** Addresses of Services, as the API server was told. @default "10.96.0.0/16" */
  readonly service?: CidrText;
  /** Addresses that join nodes to kube-ovn's logical routers. @default "100.64.0.0/16" */
  readonly join?: CidrText;
  /**
   * Range that Kubernetes hands to Nodes, as the controller manager was told (`--cluster-cidr`; Talos: `podSubnets`). Without
   * kube-ovn pods have their addresses from it: then `pod` is meant and this is left out. @default "10.245.0.0/16"
   */
  readonly nodePod?: CidrText;
  /** Addresses for Services of type LoadBalancer. @default - none */
  readonly loadBalancer?: readonly LoadBalancerRange[];
}

/** A machine of the cluster. */
export interface Machine extends Omit<PlatformMachine, "address"> {
  /** Address in one of the node subnets. */
  readonly address: string;
}

/** A Flux that is there already. */
export interface ExistingFlux {
  readonly existing: {
    /** Namespace that its controllers run in. */
    readonly namespace: string;
  };
}

/** What all platforms have. */
interface SharedPlatformProps {
  /** What is installed. @default - `full`; in a hosted cluster `hosted` */
  readonly preset?: Preset;
  /** Components beside those of the preset. @default - none */
  readonly components?: readonly AnyComponent[];
  /** Components of the preset that are left out, with all that cannot run without them. @default - none */
  readonly disable?: readonly AnyComponent[];
  /** What is set for components, see `configure`. @default - nothing */
  readonly configure?: readonly Setting[];
  /** Kinds and capabilities that the cluster has before. @default - none; in a hosted cluster network and storage */
  readonly existing?: readonly (ApiKind | Capability)[];
  /** A Flux that is there already, instead of one that is installed. @default - installed */
  readonly flux?: ExistingFlux;
  /** Registry that all charts are taken from, each as `<mirror>/<chart>:<version>`. @default - where they are published */
  readonly mirror?: `oci://${string}` | undefined;
  /** Domain of the cluster's own DNS, as the kubelets were told. @default "cluster.local" */
  readonly clusterDomain?: string;
  /** Domain below which the platform's own pages are. @default "cloud.local" */
  readonly host?: string;
}

/** A platform on machines of one's own. */
export interface OwnPlatformProps extends SharedPlatformProps {
  readonly distribution: "talos" | "generic";
  readonly network: NetworkRanges;
  /** The machines of the cluster, at least its control plane. */
  readonly machines: readonly Machine[];
  /**
   * Where pods on the host's network reach the API server. @default - KubePrism of Talos, `localhost:7445`; without Talos there
   * is no default
   */
  readonly apiServer?: ApiServerAddress;
}

/** A platform in a cluster of somebody else's. */
export interface HostedPlatformProps extends SharedPlatformProps {
  readonly distribution: "hosted";
  readonly network?: NetworkRanges;
  readonly machines?: readonly Machine[];
  readonly apiServer?: undefined;
}

/** What decides a platform: plain values, checked at once. */
export type PlatformProps = OwnPlatformProps | HostedPlatformProps;

/** Every property, for the check for unknown ones. */
export const PLATFORM_FIELDS = {
  distribution: true,
  preset: true,
  components: true,
  disable: true,
  configure: true,
  existing: true,
  flux: true,
  mirror: true,
  clusterDomain: true,
  host: true,
  network: true,
  machines: true,
  apiServer: true,
} as const satisfies Record<keyof OwnPlatformProps, true>;

/** Every property of the ranges. */
export const RANGES_FIELDS = {
  nodes: true,
  pod: true,
  podGateway: true,
  service: true,
  join: true,
  nodePod: true,
  loadBalancer: true,
} as const satisfies Record<keyof NetworkRanges, true>;

/** Every property of a machine. */
export const MACHINE_FIELDS = { name: true, address: true, role: true } as const satisfies Record<keyof Machine, true>;

/** Every property of the API server's address. */
export const API_SERVER_FIELDS = { host: true, port: true } as const satisfies Record<keyof ApiServerAddress, true>;
