import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { CidrText } from "@plinth/core";
import { LabError } from "../../errors.js";
import { withLock } from "../../lock.js";
import { run } from "../../run.js";
import { metalLayout, readJson, writeJson } from "./layout.js";

/** Networks to choose from: 10.77.0.0/24 to 10.77.255.0/24. */
const COUNT = 256;

/** Last parts of the addresses that machines get by themselves. */
const MACHINES = { first: 11, last: 254 } as const;

/**
 * The network of a lab's machines: a bridge in a network namespace of its own, which is the router between whatever
 * subnets are put on it. This host is plugged in as well, so that it reaches the machines. Nothing is routed beyond.
 */
export interface MetalNetwork {
  readonly number: number;
  /** Network namespace with the bridge. */
  readonly namespace: string;
  readonly bridge: string;
  /** Interface of this host that is plugged in. */
  readonly hostInterface: string;
  /** Range of the machines, for example `10.77.3.0/24`. */
  readonly cidr: CidrText;
  /** Address of the router in it. */
  readonly router: string;
  /** Address of this host in it. */
  readonly host: string;
  /** Control group of the machines, below that of each controller. */
  readonly groups: string;
}

export function metalNetwork(number: number): MetalNetwork {
  const prefix = `10.77.${number}`;
  return {
    number,
    namespace: `plinth-metal-${number}`,
    bridge: "br0",
    hostInterface: `plinth-metal${number}`, // 15 characters are all that the kernel takes
    cidr: `${prefix}.0/24`,
    router: `${prefix}.1`,
    host: `${prefix}.2`,
    groups: `plinth-metal-${number}`,
  };
}

/** The address of a machine by its number, counted from 0. @throws LabError when there are no more */
export function machineAddress({ cidr }: MetalNetwork, index: number): string {
  const last = MACHINES.first + index;
  if (last > MACHINES.last) throw new LabError(`The network ${cidr} of the lab has no more addresses for machines.`);
  return cidr.replace(/0\/24$/, String(last));
}

/** The network of a lab; undefined before its first start. */
export async function knownNetwork(labDir: string): Promise<MetalNetwork | undefined> {
  const number = await readJson<number>(metalLayout(labDir).network);
  return number === undefined ? undefined : metalNetwork(number);
}

/**
 * The network of a lab for a start: that of before, or one that is nobody's, also in the memory of other labs.
 *
 * @param hasMachines whether there are machines with addresses in it, so that it cannot be another one
 * @throws LabError when somebody else has it by now, or all are taken
 */
export function chooseNetwork(labDir: string, hasMachines: boolean): Promise<MetalNetwork> {
  return withLock(join(dirname(labDir), "metal-networks"), async () => {
    const known = await knownNetwork(labDir);
    if (known !== undefined && (await isFreeFor(labDir, known))) return known;
    if (known !== undefined && hasMachines) {
      throw new LabError(`The network ${known.cidr} of the lab's machines is somebody else's by now.`, {
        fix: "plinth lab reset, which removes the machines",
      });
    }
    const taken = await numbersOfOthers(labDir);
    for (let number = 0; number < COUNT; number += 1) {
      const network = metalNetwork(number);
      if (taken.has(number) || !(await isFreeFor(labDir, network))) continue;
      await writeJson(metalLayout(labDir).network, number);
      return network;
    }
    throw new LabError(`All networks from 10.77.0.0/24 to 10.77.${COUNT - 1}.0/24 are taken.`, {
      fix: "plinth lab reset --name NAME of labs that are not needed any more",
    });
  });
}

/** Makes the network; a half made one is removed first. */
export async function makeNetwork(labDir: string, network: MetalNetwork): Promise<void> {
  await removeNetwork(network);
  const { namespace, bridge, hostInterface, router, host } = network;
  await ip("netns", "add", namespace);
  const inside = (...args: readonly string[]) => ip("-n", namespace, ...args);
  await inside("link", "set", "lo", "up");
  await inside("link", "add", bridge, "type", "bridge");
  await inside("address", "add", `${router}/24`, "dev", bridge);
  await inside("link", "set", bridge, "up");
  await ip("netns", "exec", namespace, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
  await ip("link", "add", hostInterface, "type", "veth", "peer", "name", "host", "netns", namespace);
  await inside("link", "set", "host", "master", bridge, "up");
  await ip("address", "add", `${host}/24`, "dev", hostInterface);
  // last, since by it one sees that the network is whole, and whose it is
  await ip("link", "set", hostInterface, "up", "alias", labDir);
}

/** Puts another subnet on the bridge, with the router at this address (`192.168.210.252/24`). Repeatable. */
export async function addSubnet({ namespace, bridge }: MetalNetwork, router: string): Promise<void> {
  await ip("-n", namespace, "address", "replace", router, "dev", bridge);
}

/** Whether the network is there and this lab's. */
export async function isNetworkUp(labDir: string, network: MetalNetwork): Promise<boolean> {
  return (await aliasOf(network)) === labDir;
}

/** Removes the network; its machines must have been stopped. */
export async function removeNetwork({ namespace, hostInterface }: MetalNetwork): Promise<void> {
  const namespaces = (await ip("netns", "list")).split("\n").map((line) => line.split(" ")[0]);
  // the interface goes with its other end, but only once the kernel has come round to it
  if ((await links()).some(({ ifname }) => ifname === hostInterface)) await ip("link", "delete", hostInterface);
  if (namespaces.includes(namespace)) await ip("netns", "delete", namespace);
}

interface Link {
  readonly ifname: string;
  readonly ifalias?: string;
}

interface Route {
  readonly dst: string;
  readonly dev?: string;
}

async function links(): Promise<Link[]> {
  return JSON.parse(await ip("-json", "link", "show")) as Link[];
}

/** Whose a network is: undefined when it is not there, empty when it was only half made. */
async function aliasOf({ hostInterface }: MetalNetwork): Promise<string | undefined> {
  const link = (await links()).find(({ ifname }) => ifname === hostInterface);
  return link === undefined ? undefined : (link.ifalias ?? "");
}

/** Whether a network is this lab's, or nobody's, and no route of this host leads into it. */
async function isFreeFor(labDir: string, network: MetalNetwork): Promise<boolean> {
  const alias = await aliasOf(network);
  if (alias !== undefined && alias !== "" && alias !== labDir) return false;
  const routes = JSON.parse(await ip("-json", "-4", "route", "show", "table", "all")) as Route[];
  const prefix = network.router.replace(/1$/, "");
  return routes.every(({ dst, dev }) => !dst.startsWith(prefix) || dev === network.hostInterface);
}

async function numbersOfOthers(labDir: string): Promise<Set<number>> {
  const labs = dirname(labDir);
  const names = await readdir(labs).catch(() => []);
  const others = names.map((name) => join(labs, name)).filter((dir) => dir !== labDir);
  const known = await Promise.all(others.map(knownNetwork));
  return new Set(known.flatMap((network) => (network === undefined ? [] : [network.number])));
}

function ip(...args: readonly string[]): Promise<string> {
  return run("ip", args);
}
