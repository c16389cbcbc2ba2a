import { attemptProgram, type CaptureAttempt, type CaptureOptions } from "@plinth/bridge/testing";
import { L3VPNNetwork, type L3VPNNetworkArgs } from "../component.js";
import { NETWORK_PROPS } from "./refused.js";

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
  readonly subnet?: Partial<typeof EXISTING_SUBNET>;
}

/** Runs a program in which there is only a network named `net`, in the stack `dev` of the project `hybrid`. */
export async function runNetwork(
  change: Partial<L3VPNNetworkArgs>,
  { subnet, ...options }: RunOptions = {},
): Promise<CaptureAttempt & { readonly calls: readonly Call[] }> {
  const calls: Call[] = [];
  const call = (given: Call): object => {
    calls.push({ token: given.token, args: given.args });
    if (given.token.includes("getSubnet")) return { ...EXISTING_SUBNET, ...subnet };
    return { id: `id of ${given.args.name}`, name: `name of ${given.args.networkId}`, ...given.args };
  };
  const program = (): object => {
    const { networkId, networkName, subnetId, routerId } = new L3VPNNetwork("net", { ...NETWORK_PROPS, ...change });
    return { networkId, networkName, subnetId, routerId };
  };
  const attempt = await attemptProgram(program, { project: "hybrid", stack: "dev", ...options, call });
  return { ...attempt, calls };
}

/** The program's resources below the component, as they were sent. */
export function sent({ program }: CaptureAttempt): Record<string, { type: string; inputs: unknown }> {
  const children = program.resources.filter(({ parent }) => parent?.endsWith("::net"));
  return Object.fromEntries(children.map(({ name, type, inputs }) => [name, { type, inputs }]));
}
