import { Check, type PlinthError, Program } from "@plinth/core";
import { type NetworkProps, planNetwork } from "../plan.js";
import type { SharedNetworkProps } from "../props.js";
import type { L3VPNDriver } from "../props-driver.js";

/** What a test changes of a network. Pairs that do not compile in a program can be given, as from JavaScript. */
export type NetworkChange<Id = unknown> = Partial<SharedNetworkProps<Id>> & {
  readonly nextHop?: string | undefined;
  readonly driver?: L3VPNDriver<Id>;
};

/** A network in which nothing is wrong: what a test changes. */
export const NETWORK_PROPS = {
  cidr: "192.168.200.0/24",
  nextHop: "192.168.200.252",
  sites: [{ name: "racks", cidrs: ["10.13.1.0/24"] }],
  securityGroup: "none",
} as const satisfies NetworkProps;

/** What a program that has only this network, named `net`, is refused for. */
export function refusals(change: NetworkChange): readonly PlinthError[] {
  const check = new Check("net");
  const planned = planNetwork({ ...NETWORK_PROPS, ...change } as NetworkProps, check);
  const program = Program.of({});
  program.take(check);
  program.claim(planned?.claims ?? []);
  return program.refusals;
}

/** The part of a refusal that programs and people go by. */
export function place({ code, path, property, value, fix }: PlinthError): object {
  return { code, path, property, value, fix };
}
