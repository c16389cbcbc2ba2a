import { Check, type PlinthError, Program } from "@plinth/core";
import { type NetworkProps, planNetwork } from "../plan.js";

/** A network in which nothing is wrong: what a test changes. */
export const NETWORK_PROPS = {
  cidr: "192.168.200.0/24",
  nextHop: "192.168.200.252",
  sites: [{ name: "racks", cidrs: ["10.13.1.0/24"] }],
} as const satisfies NetworkProps;

/** What a program that has only this network, named `net`, is refused for. */
export function refusals(change: Partial<NetworkProps>): readonly PlinthError[] {
  const check = new Check("net");
  const planned = planNetwork({ ...NETWORK_PROPS, ...change }, check);
  const program = Program.of({});
  program.take(check);
  program.claim(planned?.claims ?? []);
  return program.refusals;
}

/** The part of a refusal that programs and people go by. */
export function place({ code, path, property, value, fix }: PlinthError): object {
  return { code, path, property, value, fix };
}
