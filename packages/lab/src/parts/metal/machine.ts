import { chmod, mkdir, readlink, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LabError } from "../../errors.js";
import { exists } from "../../files.js";
import { allProcesses } from "../../proc.js";
import { logOf, running, start, stop } from "../../processes.js";
import { type RunOptions, run } from "../../run.js";
import { waitFor } from "../../wait.js";
import { metalLayout, readJson, writeJson } from "./layout.js";
import { addSubnet, knownNetwork, type MetalNetwork } from "./network.js";

/** The power supply of a machine. */
const SUPPLY = fileURLToPath(new URL("../../../data/metal/machine.sh", import.meta.url));

/** Runs a command in a machine. */
const ENTER = fileURLToPath(new URL("../../../data/metal/enter.sh", import.meta.url));

/** How a command is run on a machine. Its time is kept on the machine, where all that it has started is ended. */
export type ExecOptions = Pick<RunOptions, "input" | "seconds" | "signal">;

/** What is remembered of a machine. */
export interface MachineRecord {
  readonly name: string;
  /** With its prefix length, for example `10.77.0.11/24`. */
  readonly address: string;
  /** Address of its router. */
  readonly gateway: string;
  /** MiB. */
  readonly memory: number;
  /** Whether it shall run: when the part is started, it is booted. */
  readonly on: boolean;
  /** Layers of its root, uppermost first: a disk keeps what it was installed with. */
  readonly layers: readonly string[];
}

/**
 * A machine of the lab. It is a system of its own: systemd as first process, SSH, containerd, its own disk, address and
 * memory limit. It shares the host's kernel.
 */
export class Machine {
  readonly name: string;
  /** Its address, without the prefix length. */
  readonly address: string;
  readonly #labDir: string;
  readonly #record: MachineRecord;

  constructor(labDir: string, record: MachineRecord) {
    this.#labDir = labDir;
    this.#record = record;
    this.name = record.name;
    this.address = record.address.replace(/\/.*/, "");
  }

  /** What it was made with. */
  get record(): MachineRecord {
    return this.#record;
  }

  /** Folder of its disk. */
  get folder(): string {
    return join(metalLayout(this.#labDir).machines, this.name);
  }

  /** File with what its first process and its power supply say. */
  get log(): string {
    return logOf(this.#labDir, this.#process);
  }

  /** Switches it on, where it is off, and waits until one can log in and containers can run. */
  async boot(signal?: AbortSignal): Promise<void> {
    const network = await this.#network();
    const { name, address, gateway, memory, layers } = this.#record;
    await addSubnet(network, `${gateway}/${address.split("/")[1]}`);
    await this.#remember(true);
    const settings = {
      ...{ name, address, gateway, memory },
      folder: this.folder,
      layers: layers.join(":"),
      groups: this.#groups(network),
      fabric: network.namespace,
      bridge: network.bridge,
      port: `m${address.split(/[./]/).slice(1, 4).join("-")}`,
    };
    await start(this.#labDir, {
      name: this.#process,
      command: "bash",
      args: [SUPPLY, ...Object.entries(settings).map((pair) => pair.join("="))],
    });
    await this.#untilBooted(signal);
  }

  /**
   * Runs a command on it as root, as on its console: also when its network is down.
   *
   * @param command for bash
   * @returns what it wrote to its standard output
   * @throws LabError when the machine is off or the command fails, with the end of what it wrote
   */
  async exec(command: string, options: ExecOptions = {}): Promise<string> {
    const init = await this.#init();
    if (init === undefined) throw new LabError(`The machine ${this.name} is off.`, { log: this.log });
    const groups = this.#groups(await this.#network());
    const { seconds = 0, ...rest } = options; // 0: no limit
    return run("bash", [ENTER, groups, String(init), String(seconds), command], rest);
  }

  /** Writes a file on it. */
  async write(path: string, text: string, mode = "644"): Promise<void> {
    await this.exec(`mkdir -p "$(dirname '${path}')" && cat > '${path}' && chmod ${mode} '${path}'`, { input: text });
  }

  /** Boots it anew, in good order, and waits until it is up again. */
  async reboot(signal?: AbortSignal): Promise<void> {
    const before = await this.#init();
    await this.exec("systemctl --no-block reboot");
    await waitFor(async () => (await this.#init()) !== before, {
      what: `the machine ${this.name} to go down`,
      seconds: 120,
      log: this.log,
      signal,
    });
    await this.#untilBooted(signal);
  }

  /** Pulls its plug. Its disk stays, and it stays off until it is booted. */
  async stop(): Promise<void> {
    await this.powerOff();
    await this.#remember(false);
  }

  /** Pulls its plug for as long as the part is stopped. */
  async powerOff(): Promise<void> {
    await stop(this.#labDir, this.#process);
  }

  /** Pulls its plug and throws its disk away. */
  async remove(): Promise<void> {
    await this.powerOff();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Whether it is switched on. */
  async isOn(): Promise<boolean> {
    return (await this.#init()) !== undefined;
  }

  get #process(): string {
    return `metal-${this.name}`;
  }

  async #network(): Promise<MetalNetwork> {
    const network = await knownNetwork(this.#labDir);
    if (network === undefined) throw new LabError("The lab has no machines: bring its part metal up.");
    return network;
  }

  #groups({ groups }: MetalNetwork): string {
    return `${groups}/${this.name}`;
  }

  async #remember(on: boolean): Promise<void> {
    await writeJson(recordFile(this.folder), { ...this.#record, on });
  }

  /** The machine's first process, as the host numbers it: what its power supply has started into a namespace of processes. */
  async #init(): Promise<number | undefined> {
    const supply = await running(this.#labDir, this.#process);
    if (supply === undefined) return undefined;
    const all = await allProcesses();
    const children = new Set(all.filter(({ parent }) => parent === supply).map(({ pid }) => pid));
    const own = await readlink("/proc/self/ns/pid");
    for (const { pid, parent } of all) {
      if (!children.has(parent)) continue;
      const namespace = await readlink(`/proc/${pid}/ns/pid`).catch(() => own);
      if (namespace !== own) return pid;
    }
    return undefined;
  }

  async #untilBooted(signal: AbortSignal | undefined): Promise<void> {
    // it may reboot by itself meanwhile, so what is looked at is the power supply
    const alive = async (): Promise<boolean> => (await running(this.#labDir, this.#process)) !== undefined;
    // before systemd listens, systemctl would go to a bus that answers only when all has been started
    const probe = "test -S /run/systemd/private && systemctl is-active --quiet multi-user.target";
    const booted = async (): Promise<boolean> => {
      await this.exec(probe, { seconds: 5 });
      return true;
    };
    await waitFor(booted, {
      what: `the machine ${this.name} to boot`,
      seconds: 90,
      every: 200,
      log: this.log,
      alive,
      signal,
    });
  }
}

/** The machine of this name; undefined when there is none. */
export async function readMachine(labDir: string, name: string): Promise<Machine | undefined> {
  const record = await readJson<MachineRecord>(recordFile(join(metalLayout(labDir).machines, name)));
  return record === undefined ? undefined : new Machine(labDir, record);
}

/** Makes the disk of a machine: what cloud-init finds on it, and who may log in. */
export async function makeDisk(
  machine: Machine,
  files: { readonly authorizedKey: string; readonly configDrive: Readonly<Record<string, string>> | undefined },
): Promise<void> {
  const { folder, record } = machine;
  const debian = record.layers.at(-1) ?? "";
  const upper = join(folder, "upper");
  await mkdir(upper, { recursive: true });
  await chmod(upper, 0o755); // it gives the whole root its mode, and not only root's programs run there
  await mkdir(join(upper, "root/.ssh"), { recursive: true, mode: 0o700 });
  await writeFile(join(upper, "root/.ssh/authorized_keys"), files.authorizedKey, { mode: 0o600 });
  if (!(await exists(join(folder, "var")))) await run("cp", ["-a", join(debian, "var"), join(folder, "var")]);
  if (files.configDrive === undefined) {
    await mkdir(join(upper, "etc/cloud"), { recursive: true });
    await writeFile(join(upper, "etc/cloud/cloud-init.disabled"), "");
  }
  const drive = join(folder, "var/lib/cloud/seed/config_drive/openstack/latest");
  for (const [name, text] of Object.entries(files.configDrive ?? {})) {
    await mkdir(drive, { recursive: true });
    await writeFile(join(drive, name), text, { mode: 0o600 });
  }
  // last: by it one sees that the disk is whole
  await writeJson(recordFile(folder), record);
}

/** Removes the control groups that a machine has left whose power supply was killed. */
export async function removeGroups({ groups }: MetalNetwork): Promise<void> {
  const remove = 'for group in /sys/fs/cgroup/*/"$1"; do find "$group" -depth -type d -exec rmdir {} + || true; done';
  // Node's pipes are sockets, at which bash takes itself for one that sshd has started, and reads the user's own settings
  await run("bash", ["--norc", "-c", `shopt -s nullglob; ${remove}`, "", groups]);
}

function recordFile(folder: string): string {
  return join(folder, "machine.json");
}
