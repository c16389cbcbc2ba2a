import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { CidrText } from "@plinth/core";
import { LabError } from "../../errors.js";
import { exists } from "../../files.js";
import { withLock } from "../../lock.js";
import { run } from "../../run.js";
import { metalLayout, readJson } from "./layout.js";
import { Machine, makeDisk, readMachine } from "./machine.js";
import { knownNetwork, type MetalNetwork, machineAddress } from "./network.js";

/** What a machine is made with. */
export interface MachineOptions {
  /** Its host name: lower-case letters, digits and hyphens, at most 63. */
  readonly name: string;
  /** MiB. A control plane needs 2048. @default 1536 */
  readonly memory?: number;
  /**
   * A subnet beside that of the lab's machines, joined to it by a router: its own address with the prefix length
   * (`192.168.210.7/24`) and the router's in it. This host has no route there. @default - the lab's, the next address
   */
  readonly subnet?: { readonly address: `${string}/${number}`; readonly router: string };
  /** What cloud-init finds on it at its first boot. @default - cloud-init does nothing */
  readonly configDrive?: ConfigDrive;
}

/** A configuration drive as Nova attaches it to a server. */
export interface ConfigDrive {
  /** `meta_data.json`: at least `uuid` and `hostname`. */
  readonly metaData: Readonly<Record<string, unknown>> & { readonly uuid: string; readonly hostname: string };
  /** `user_data`, as it was given to Nova. */
  readonly userData: string;
}

/**
 * Makes a machine and boots it; one of this name that is there is booted as it is. The lab's part `metal` must be up.
 *
 * @param labDir folder of the lab
 * @throws LabError when the part is not up, or the machine does not boot
 */
export async function bootMachine(labDir: string, options: MachineOptions, signal?: AbortSignal): Promise<Machine> {
  const machine = (await readMachine(labDir, options.name)) ?? (await makeMachine(labDir, options));
  await machine.boot(signal);
  return machine;
}

/** The machines that a lab has, running or not. */
export async function machinesOf(labDir: string): Promise<Machine[]> {
  const names = await readdir(metalLayout(labDir).machines).catch(() => []);
  const machines = await Promise.all(names.sort().map((name) => readMachine(labDir, name)));
  return machines.filter((machine) => machine !== undefined);
}

/** Range of the addresses that a lab's machines have, for example `10.77.0.0/24`; undefined before its first start. */
export async function machineCidr(labDir: string): Promise<CidrText | undefined> {
  return (await knownNetwork(labDir))?.cidr;
}

/** Private key with which root logs in to a lab's machines over SSH, made where it is missing. @returns its file */
export async function sshKey(labDir: string): Promise<string> {
  const { sshKey } = metalLayout(labDir);
  if (await exists(sshKey)) return sshKey;
  await mkdir(dirname(sshKey), { recursive: true, mode: 0o700 });
  await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "plinth-lab", "-f", sshKey]);
  return sshKey;
}

function makeMachine(labDir: string, options: MachineOptions): Promise<Machine> {
  const { name, memory = 1536, subnet, configDrive } = options;
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) throw new LabError(`${name} is not a host name.`);
  return withLock(metalLayout(labDir).machines, async () => {
    const network = await knownNetwork(labDir);
    const layers = await readJson<readonly string[]>(metalLayout(labDir).layers);
    if (network === undefined || layers === undefined) {
      throw new LabError("The lab has no machines.", { fix: "plinth lab up metal" });
    }
    const place =
      subnet === undefined
        ? { address: `${await freeAddress(labDir, network)}/24`, gateway: network.router }
        : { address: subnet.address, gateway: subnet.router };
    const machine = new Machine(labDir, { name, memory, layers, on: true, ...place });
    await rm(machine.folder, { recursive: true, force: true }); // what was not finished
    await makeDisk(machine, {
      authorizedKey: await readFile(`${await sshKey(labDir)}.pub`, "utf8"),
      configDrive: configDrive === undefined ? undefined : filesOf(configDrive),
    });
    return machine;
  });
}

async function freeAddress(labDir: string, network: MetalNetwork): Promise<string> {
  const taken = new Set((await machinesOf(labDir)).map(({ address }) => address));
  for (let index = 0; ; index += 1) {
    const address = machineAddress(network, index);
    if (!taken.has(address)) return address;
  }
}

function filesOf({ metaData, userData }: ConfigDrive): Record<string, string> {
  return { "meta_data.json": JSON.stringify(metaData), user_data: userData };
}
