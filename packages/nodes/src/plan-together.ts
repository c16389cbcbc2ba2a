import type { Check, Program } from "@plinth/core";
import type { CloudLimits } from "./plan-cloud.js";
import type { RankedGroup, UnrankedGroup } from "./plan-fallback.js";
import type { PlannedMachine } from "./plan-machine.js";
import { addressesOf, type CountedNetwork } from "./plan-ports.js";
import { NODES } from "./rules.js";

/** Addresses of a subnet's pools that Neutron takes for itself: for its DHCP agent's port, or OVN's metadata port. */
const NEUTRON_PORTS = 1;

/** The machines that a group may have, as they are counted. */
export interface CountedGroup {
  /** Component name of the group. */
  readonly path: string;
  readonly perZone: { readonly max: number; readonly surge: number };
  readonly zones: number;
  readonly machine: Pick<PlannedMachine, "cores" | "memoryMiB">;
  /** Ports of each machine, in the network and in others. */
  readonly ports: number;
}

/** Where a group is counted. */
export interface CountedAt {
  readonly cloud: string;
  /** Networks of the program in which its machines have ports. */
  readonly networks: readonly CountedNetwork[];
  readonly limits: CloudLimits;
  readonly together: Together;
}

/** Groups that share something, and what they may take of it together. */
class Tally {
  readonly #groups: string[] = [];
  #sum = 0;

  /** Adds a group's part. @returns the sum and the parts, when this group is the one with which they pass the limit */
  add(group: string, part: number, limit: number): { readonly sum: number; readonly parts: string } | undefined {
    const before = this.#sum;
    this.#groups.push(`${group} ${part}`);
    this.#sum += part;
    return before <= limit && this.#sum > limit ? { sum: this.#sum, parts: this.#groups.join(" + ") } : undefined;
  }
}

/** The groups of a cloud that its autoscaler scales. */
export class FallbackOrder {
  readonly #groups: RankedGroup[] = [];
  readonly #unranked: string[] = [];
  #read = false;

  /** Those with a priority, in the order in which they were made. */
  get groups(): readonly RankedGroup[] {
    return [...this.#groups];
  }

  /** Component names of those without. */
  get unranked(): readonly string[] {
    return this.#unranked;
  }

  /** Whether it has been sent: what is added afterwards is not in it. */
  get read(): boolean {
    return this.#read;
  }

  add({ priority, path, name, zones }: UnrankedGroup): void {
    if (priority === undefined) this.#unranked.push(path);
    else this.#groups.push({ path, name, priority, zones });
  }

  /** The groups, for being sent. */
  close(): readonly RankedGroup[] {
    this.#read = true;
    return this.groups;
  }
}

const TOGETHER = Symbol.for("plinth.nodes.together");

/** What all groups of a program take of what they share: addresses of a network, room for pods and quota of a cloud. */
export class Together {
  readonly #tallies = new Map<string, Tally>();
  readonly #once = new Map<string, string>();
  readonly #orders = new Map<string, FallbackOrder>();

  /** That of a program; made when it is asked for the first time. */
  static of(program: Program): Together {
    const holder = program as { [TOGETHER]?: Together };
    holder[TOGETHER] ??= new Together();
    return holder[TOGETHER];
  }

  /** @param what what is shared, and whose it is */
  tally(what: "addresses" | "instances" | "cores" | "memory" | "ports" | "podRanges", owner: string): Tally {
    const key = `${what} ${owner}`;
    const known = this.#tallies.get(key) ?? new Tally();
    this.#tallies.set(key, known);
    return known;
  }

  /** The groups of a cloud that its autoscaler scales. */
  fallback(cloud: string): FallbackOrder {
    const known = this.#orders.get(cloud) ?? new FallbackOrder();
    this.#orders.set(cloud, known);
    return known;
  }

  /** Who was the first to claim what exists once in a program. */
  first(what: string, claimant: string): string {
    const known = this.#once.get(what) ?? claimant;
    this.#once.set(what, known);
    return known;
  }
}

/** Refuses a group that needs more, alone or together with those before it, than its network or its cloud has. */
export function checkTogether(group: CountedGroup, at: CountedAt, check: Check): void {
  const machines = (group.perZone.max + group.perZone.surge) * group.zones;
  for (const network of at.networks) checkAddresses(group, machines, network, at.together, check);
  checkPodRanges(group, machines, at, check);
  checkQuota(group, machines, at, check);
}

function checkAddresses(
  { path, perZone: { max, surge }, zones }: CountedGroup,
  machines: number,
  { name, plan, ports }: CountedNetwork,
  together: Together,
  check: Check,
): void {
  const addresses = addressesOf(plan);
  const free = Number(addresses) - NEUTRON_PORTS;
  const has = `${plan.cidr} has ${addresses} addresses, of which Neutron takes ${NEUTRON_PORTS}`;
  const needed = machines * ports;
  const what = ports === 1 ? "machines" : `addresses, ${ports} for each machine`;
  const passed = together.tally("addresses", name).add(path, needed, free);
  if (needed > free) {
    const each = ports === 1 ? "" : ` x ${ports} ports`;
    check.refuse(NODES.addresses, {
      property: "size",
      value: needed,
      message: `(${max} + ${surge} while replacing) x ${zones} zones${each} = ${needed} ${what}, and ${has}`,
      fix: `lower max to ${Math.max(0, Math.floor(free / (zones * ports) - surge))}, or surge, or give the network a larger range`,
    });
  } else if (passed !== undefined) {
    check.refuse(NODES.addresses, {
      property: "size",
      value: passed.sum,
      message: `The groups of ${name} may have ${passed.parts} = ${passed.sum} ${ports === 1 ? "machines" : "addresses"} together, and ${has}`,
      fix: "lower max or surge of some of them, or give the network a larger range",
    });
  }
}

function checkPodRanges(
  { path }: CountedGroup,
  machines: number,
  { cloud, limits: { podRanges }, together }: CountedAt,
  check: Check,
): void {
  if (podRanges === undefined) return;
  const passed = together.tally("podRanges", cloud).add(path, machines, Number(podRanges.nodes));
  if (passed === undefined) return;
  const { nodes, podCidr, maskSize } = podRanges;
  check.refuse(NODES.podRange, {
    property: "size",
    value: passed.sum,
    message: `The groups of ${cloud} may have ${passed.parts} = ${passed.sum} nodes, and ${podCidr} has ${nodes} ranges of /${maskSize}`,
    fix: "lower max or surge, or use a cluster with a larger podCidr or smaller ranges for its nodes",
  });
}

function checkQuota(
  { path, machine, ports }: CountedGroup,
  machines: number,
  { cloud, limits: { quota = {} }, together }: CountedAt,
  check: Check,
): void {
  const rows = [
    ["instances", machines, quota.instances, "servers"],
    ["cores", machines * machine.cores, quota.cores, "cores"],
    ["memory", machines * machine.memoryMiB, quota.memoryMiB, "MiB of memory"],
    ["ports", machines * ports, quota.ports, "ports"],
  ] as const;
  for (const [what, part, limit, unit] of rows) {
    if (limit === undefined) continue;
    const passed = together.tally(what, cloud).add(path, part, limit);
    if (passed === undefined) continue;
    check.refuse(NODES.quota, {
      property: "size",
      value: passed.sum,
      message: `The groups of ${cloud} may take ${passed.parts} = ${passed.sum} ${unit}, and the project's quota is ${limit}`,
      fix: `lower max, surge or the machine's shape, or raise the quota and the cloud provider's quota.${what}`,
    });
  }
}
