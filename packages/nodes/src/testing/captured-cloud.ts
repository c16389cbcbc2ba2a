import { attemptProgram, type CaptureAttempt, type CaptureOptions } from "@plinth/bridge/testing";
import { L3VPNNetwork, type L3VPNNetworkArgs } from "@plinth/network";
import * as pulumi from "@pulumi/pulumi";
import { CloudProvider } from "../cloud-provider.js";
import type { CloudProviderArgs, ClusterApiCloudArgs, DeckhouseCloudArgs } from "../cloud-provider-args.js";
import { HybridNodeGroup, type HybridNodeGroupArgs } from "../hybrid-node-group.js";
import { CLOUD_PROPS, GROUP_PROPS } from "./refused.js";

/** A call of a provider function. */
export interface Call {
  readonly token: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What is changed in the program. */
export interface Changes {
  readonly network?: Partial<L3VPNNetworkArgs>;
  readonly cloud?: Partial<ClusterApiCloudArgs> | Partial<DeckhouseCloudArgs>;
  /** Arguments of a second cloud, `second`, which takes the rest from the first. @default - there is none */
  readonly second?: Partial<ClusterApiCloudArgs>;
  /** Arguments of a further network, `storage`, in which each machine has a port. @default - there is none */
  readonly storage?: L3VPNNetworkArgs;
  /** `undefined`: there is no group. */
  readonly group?: Partial<HybridNodeGroupArgs>;
}

/** How the program is run. */
export interface RunOptions extends Omit<CaptureOptions, "call"> {
  /** Shape of the flavor that is looked up. @default - the one that the group wants */
  readonly flavor?: object;
  /** Ids of the images that have the name. @default - of one */
  readonly images?: readonly string[];
  /** What is changed in the scope of the provider's credentials. @default - nothing */
  readonly scope?: object;
}

const SCOPE = {
  region: "ru-3",
  userName: "K8s-Nodes",
  userDomainName: "Default",
  userDomainId: "default",
  projectId: "project-0",
  serviceCatalogs: [
    { type: "compute", endpoints: [{ interface: "public", url: "https://nova", region: "ru-1" }] },
    {
      type: "identity",
      endpoints: [
        { interface: "admin", url: "https://keystone-admin/v3", region: "ru-2" },
        { interface: "public", url: "https://keystone-2/v3", region: "ru-2" },
        { interface: "public", url: "https://keystone/v3", region: "ru-3" },
      ],
    },
  ],
};

/** The password of the service user in every test. */
export const PASSWORD = "tr0ub4dor";

/**
 * Runs a program with the network `net`, which is adopted, the cloud `cloud` and the group `burst`, in the stack `dev` of the
 * project `hybrid`.
 */
export async function runCloud(
  { network, cloud, second, storage, group }: Changes,
  { flavor, scope, images = ["image-0"], ...options }: RunOptions = {},
): Promise<CaptureAttempt & { readonly calls: readonly Call[] }> {
  const calls: Call[] = [];
  const call = ({ token, args }: Call): object => {
    calls.push({ token: token.replace(/^.*:/, ""), args });
    if (token.endsWith(":getAuthScope")) return { ...SCOPE, ...scope };
    if (token.endsWith(":getImageIds")) return { ...args, ids: images };
    if (token.endsWith(":getFlavor")) return { vcpus: 4, ram: 8192, disk: 50, ...flavor };
    if (token.endsWith(":getSubnet")) {
      return { id: "subnet-0", cidr: args.cidr, gatewayIp: "192.168.200.1", allocationPools: [] };
    }
    return { id: `id of ${args.name}`, ...args };
  };
  const program = (): object => {
    const net = new L3VPNNetwork("net", {
      cidr: "192.168.200.0/24",
      nextHop: "192.168.200.252",
      sites: [{ name: "racks", cidrs: ["10.13.1.0/24"] }],
      network: { existing: true, name: "k8s_l3vpn" },
      ...network,
    } as L3VPNNetworkArgs);
    const args = {
      ...CLOUD_PROPS,
      network: net,
      user: { existing: true, name: "k8s-nodes", password: pulumi.secret(PASSWORD) },
      keyPair: { existing: true, name: "deckhouse" },
      ...cloud,
    } as CloudProviderArgs;
    const provider = new CloudProvider("cloud", args);
    if (second !== undefined) new CloudProvider("second", { ...args, ...second } as CloudProviderArgs);
    const { cloudsYaml, keyPairName, projectId } = provider;
    if (group === undefined) return { cloudsYaml, keyPairName, projectId };
    const further = storage && { additionalPorts: [{ network: new L3VPNNetwork("storage", storage) }] };
    const given = { ...GROUP_PROPS, cloud: provider, ...further, ...group };
    const { flavorName, imageName } = new HybridNodeGroup("burst", given);
    return { cloudsYaml, keyPairName, projectId, flavorName, imageName };
  };
  const attempt = await attemptProgram(program, { project: "hybrid", stack: "dev", ...options, call });
  return { ...attempt, calls };
}

/** Metadata of an object that the bridge sends: `up` takes its fields back. */
export function metadata(name: string): object {
  return { name, annotations: { "pulumi.com/patchForce": "true" } };
}

/** The resources below a component, as they were sent. */
export function sent(
  { program }: CaptureAttempt,
  component: string,
): Record<string, { type: string; inputs: unknown }> {
  const children = program.resources.filter(({ parent }) => parent?.endsWith(`::${component}`));
  return Object.fromEntries(children.map(({ name, type, inputs }) => [name, { type, inputs }]));
}
