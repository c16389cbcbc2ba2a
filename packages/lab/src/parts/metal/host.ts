import { readFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { LabError, messageOf } from "../../errors.js";
import { run } from "../../run.js";
import { which } from "../../toolchain/installed.js";

/** Controllers of control groups that a machine has groups of its own in. */
const CONTROLLERS = ["cpu", "cpuacct", "cpuset", "memory", "devices", "freezer", "blkio", "pids"] as const;

/** What of this machine decides whether machines of the lab can run on it. */
export interface Host {
  /** `process.platform`. */
  readonly platform: string;
  readonly root: boolean;
  /** Text of `/proc/mounts`. */
  readonly mounts: string;
  /** Text of `/proc/filesystems`. */
  readonly filesystems: string;
  /** Why namespaces cannot be made; undefined when they can. */
  readonly namespaces: string | undefined;
}

/** Programs that are called, and the package of Debian that each comes in. */
const PROGRAMS: Readonly<Record<string, string>> = {
  ip: "iproute2",
  mmdebstrap: "mmdebstrap",
  nsenter: "util-linux",
  pgrep: "procps",
  "ssh-keygen": "openssh-client",
  unshare: "util-linux",
};

/** Looks at this machine. */
export async function thisHost(): Promise<Host> {
  const text = (path: string): Promise<string> => readFile(path, "utf8").catch(() => "");
  return {
    platform: process.platform,
    root: process.platform !== "win32" && userInfo().uid === 0,
    mounts: await text("/proc/mounts"),
    filesystems: await text("/proc/filesystems"),
    namespaces: await namespaceProblem(),
  };
}

/** Why machines cannot run here whatever is installed, each reason with its remedy; empty when they can. */
export function unfit({ platform, root, mounts, filesystems, namespaces }: Host): string[] {
  if (platform !== "linux") return [`machines are made of namespaces of Linux, and this is ${platform}: use a VM`];
  if (!root) return ["machines are made of namespaces and control groups, which takes root: run it as root"];
  const mounted = new Set(
    mounts.split("\n").flatMap((line) => {
      const [, path, type] = line.split(" ");
      return type === "cgroup" && path !== undefined ? [path] : [];
    }),
  );
  const absent = CONTROLLERS.filter((controller) => !mounted.has(`/sys/fs/cgroup/${controller}`));
  return [
    ...(absent.length === 0
      ? []
      : [
          `machines are made for control groups of version 1, and here /sys/fs/cgroup has no ${absent.join(", ")}: ` +
            "boot with systemd.unified_cgroup_hierarchy=0, or use another VM",
        ]),
    ...(/\boverlay$/m.test(filesystems) ? [] : ["the kernel has no overlay file system: load it (modprobe overlay)"]),
    ...(namespaces === undefined ? [] : [`namespaces cannot be made here: ${namespaces}; use a VM, not a container`]),
  ];
}

/** Packages that are not installed. */
export async function absentPackages(path = process.env.PATH ?? ""): Promise<string[]> {
  const found = await Promise.all(
    Object.entries(PROGRAMS).map(async ([program, name]) => ((await which(program, path)) === undefined ? [name] : [])),
  );
  return [...new Set(found.flat())].sort();
}

/** Installs packages of Debian. @throws LabError when apt cannot */
export async function installPackages(packages: readonly string[], signal?: AbortSignal): Promise<void> {
  const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" }, signal };
  const apt = ["-q", "-o", "DPkg::Lock::Timeout=600"];
  await run("apt-get", [...apt, "update"], options);
  await run("apt-get", [...apt, "install", "-y", "--no-install-recommends", ...packages], options);
}

async function namespaceProblem(): Promise<string | undefined> {
  const kinds = ["--mount", "--pid", "--uts", "--ipc", "--cgroup", "--net"];
  try {
    await run("unshare", [...kinds, "--fork", "true"]);
    return undefined;
  } catch (error) {
    if (error instanceof LabError && error.message.includes("not installed")) return undefined; // a package brings it
    return messageOf(error);
  }
}
