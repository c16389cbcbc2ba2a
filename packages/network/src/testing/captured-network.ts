import type { PlinthComponentArgs } from "@plinth/bridge";
import { attemptProgram, type CaptureAttempt, type CaptureOptions } from "@plinth/bridge/testing";
import type * as pulumi from "@pulumi/pulumi";
import { L3VPNNetwork, type L3VPNNetworkArgs } from "../component.js";
import { NETWORK_PROPS, type NetworkChange } from "./refused.js";

/** A call of a provider function. */
export interface Call {
  readonly token: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What the cloud knows of the subnet that is looked up: as the plan of {@link NETWORK_PROPS} wants it. */
export const EXISTING_SUBNET = {
  id: "subnet-0",
  cidr: "192.168.200.0/24",
  gatewayIp: "192.168.200.1",
  allocationPools: [{ start: "192.168.200.2", end: "192.168.200.251" }],
};

/** How a network is run. */
export interface RunOptions extends Omit<CaptureOptions, "call"> {
  /** Fields of the subnet that is looked up. @default - those of {@link EXISTING_SUBNET} */
  readonly subnet?: Partial<typeof EXISTING_SUBNET> & { readonly ipv6AddressMode?: string };
  /** Fields of the network that is looked up, and of the project of the provider's credentials. @default - none */
  readonly network?: { readonly shared: string; readonly tenantId: string };
  /** Ids of the subnets that are there with the text of this component's owner. @default - none */
  readonly ownSubnets?: readonly string[];
  /** Ids of the ports that the router has at the subnet's gateway address. @default - none */
  readonly gatewayPorts?: readonly string[];
}

/** Runs a program in which there is only a network named `net`, in the stack `dev` of the project `hybrid`. */
export async function runNetwork(
  change: NetworkChange<pulumi.Input<string>> & PlinthComponentArgs,
  { subnet, network: found, ownSubnets = [], gatewayPorts = [], ...options }: RunOptions = {},
): Promise<CaptureAttempt & { readonly calls: readonly Call[] }> {
  const calls: Call[] = [];
  const call = (given: Call): object => {
    // asked of every subnet that is made: see subnet-guard.test.ts
    if (given.token.includes("getSubnetIds")) return { ...given.args, ids: ownSubnets };
    calls.push({ token: given.token, args: given.args });
    if (given.token.includes("getPortIds")) return { ...given.args, ids: gatewayPorts };
    if (given.token.includes("getSubnet")) return { ...EXISTING_SUBNET, ...subnet };
    if (given.token.includes("getAuthScope")) return { ...given.args, projectId: "project-0" };
    return { ...found, id: `id of ${given.args.name}`, name: `name of ${given.args.networkId}`, ...given.args };
  };
  const program = (): object => {
    const args = { ...NETWORK_PROPS, ...change } as L3VPNNetworkArgs;
    const network = new L3VPNNetwork("net", args);
    const { networkId, networkName, subnetId, routerId, securityGroupId, securityGroupName } = network;
    return { networkId, networkName, subnetId, routerId, securityGroupId, securityGroupName };
  };
  const attempt = await attemptProgram(program, { project: "hybrid", stack: "dev", ...options, call });
  return { ...attempt, calls };
}

/** The program's resources below the component, as they were sent. */
export function sent({ program }: CaptureAttempt): Record<string, { type: string; inputs: unknown }> {
  const children = program.resources.filter(({ parent }) => parent?.endsWith("::net"));
  return Object.fromEntries(children.map(({ name, type, inputs }) => [name, { type, inputs }]));
}
