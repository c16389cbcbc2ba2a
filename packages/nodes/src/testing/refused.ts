import { Check, type PlinthError, Program } from "@plinth/core";
import { type NetworkPlan, type NetworkProps, planNetwork } from "@plinth/network/plan";
import {
  type GroupSurroundings,
  type NodeGroupPlan,
  type NodeGroupProps,
  planCloud,
  planNodeGroup,
  Together,
} from "../plan.js";
import type { DeckhouseCloudProps, DeckhouseEngine } from "../props.js";

/** A group in which nothing is wrong: what a test changes. */
export const GROUP_PROPS = {
  machine: { cores: 4, memory: "8Gi", disk: "50Gi", image: { existing: true, name: "ubuntu" } },
  size: { min: 1, max: 10 },
  zones: ["ru-3a"],
} as const satisfies NodeGroupProps;

/** A cloud in which nothing is wrong. */
export const CLOUD_PROPS = {
  engine: { type: "deckhouse" },
  cluster: { podCidr: "10.111.0.0/16", serviceCidr: "10.222.0.0/16" },
} as const satisfies DeckhouseCloudProps;

const NETWORK_PROPS = {
  cidr: "192.168.200.0/24",
  nextHop: "192.168.200.252",
  sites: [{ name: "racks", cidrs: ["10.13.1.0/24"] }],
} as const satisfies NetworkProps;

/** Plan of a network named `net`, whose subnet has 252 addresses for VMs unless it is changed. */
export function networkPlan(change: Partial<NetworkProps> = {}): NetworkPlan {
  const check = new Check("net");
  const planned = planNetwork({ ...NETWORK_PROPS, ...change } as NetworkProps, check);
  if (planned === undefined || !check.passed) throw check.refusals[0];
  return planned.plan;
}

/** What is around a group, as a test changes it. */
export type Around = Partial<GroupSurroundings> & Pick<DeckhouseEngine, "customTolerationKeys">;

/** Plans a group named `burst`, by default of the engine `deckhouse`. */
export function planGroup(
  change: Partial<NodeGroupProps>,
  { customTolerationKeys = [], ...around }: Around = {},
  path = "burst",
): { readonly plan: NodeGroupPlan | undefined; readonly refusals: readonly PlinthError[] } {
  const check = new Check(path);
  const surroundings: GroupSurroundings = {
    cloud: "cloud",
    networkName: "net",
    zones: [],
    network: networkPlan(),
    engine: { type: "deckhouse", customTolerationKeys },
    limits: {},
    together: new Together(),
    ...around,
  };
  return { plan: planNodeGroup({ ...GROUP_PROPS, ...change }, surroundings, check), refusals: check.refusals };
}

/** What a program that has a network `net` and a cloud `cloud` is refused for. */
export function cloudRefusals(
  change: Partial<DeckhouseCloudProps>,
  network: Partial<NetworkProps> = {},
): readonly PlinthError[] {
  const program = Program.of({});
  const [ofNetwork, ofCloud] = [new Check("net"), new Check("cloud")];
  const planned = planNetwork({ ...NETWORK_PROPS, ...network } as NetworkProps, ofNetwork);
  program.take(ofNetwork);
  program.claim(planned?.claims ?? []);
  const { claims } = planCloud({ ...CLOUD_PROPS, ...change }, { name: "net", plan: planned?.plan }, ofCloud);
  program.take(ofCloud);
  program.claim(claims);
  return program.refusals;
}

/** The part of a refusal that programs and people go by. */
export function place({ code, path, property, value, fix }: PlinthError): object {
  return { code, path, property, value, fix };
}
