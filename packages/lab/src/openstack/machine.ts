import { access, constants, readFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { which } from "../toolchain/installed.js";
import { PYTHON } from "./runner.js";

/** What of this machine decides whether OpenStack can run on it. */
export interface Machine {
  /** `process.platform`. */
  readonly platform: string;
  /** Text of `/etc/os-release`; empty when there is none. */
  readonly osRelease: string;
  /** Whether Debian's own Python is there. */
  readonly python: boolean;
  readonly root: boolean;
  /** Whether `sudo` is there. */
  readonly sudo: boolean;
}

/** Looks at this machine. */
export async function thisMachine(): Promise<Machine> {
  return {
    platform: process.platform,
    osRelease: await readFile("/etc/os-release", "utf8").catch(() => ""),
    python: await access(PYTHON, constants.X_OK).then(
      () => true,
      () => false,
    ),
    root: process.platform !== "win32" && userInfo().uid === 0,
    sudo: (await which("sudo", process.env.PATH ?? "")) !== undefined,
  };
}

/** Why OpenStack cannot run here whatever is installed, each with its remedy; empty when it can. */
export function unfit(machine: Machine): string[] {
  const release = new Map(
    machine.osRelease.split("\n").map((line) => {
      const [key = "", value = ""] = line.split("=");
      return [key, value.replaceAll('"', "")];
    }),
  );
  const isDebian12 = release.get("ID") === "debian" && release.get("VERSION_ID") === "12";
  if (machine.platform !== "linux" || !isDebian12) {
    const here = release.get("PRETTY_NAME") ?? machine.platform;
    return [
      `OpenStack comes from the packages of Debian 12, and this is ${here}: use a machine or a VM with Debian 12`,
    ];
  }
  return machine.python ? [] : [`${PYTHON} is not there: install it (apt install python3)`];
}

/** Why these packages cannot be installed; undefined when they can, or when there are none. */
export function cannotInstall(machine: Machine, packages: readonly string[]): string | undefined {
  if (packages.length === 0 || machine.root || machine.sudo) return undefined;
  return `only root can install packages and sudo is not there: as root, run apt install ${packages.join(" ")}`;
}
