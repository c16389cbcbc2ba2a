import { createHash } from "node:crypto";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { exists } from "../../files.js";
import type { Say } from "../../report.js";
import { run } from "../../run.js";

const SUITE = "bookworm";

/** Where the packages are fetched: what apt has of proxies holds here as well. */
const SOURCES = [
  `deb http://deb.debian.org/debian ${SUITE} main`,
  `deb http://deb.debian.org/debian ${SUITE}-updates main`,
  `deb http://deb.debian.org/debian-security ${SUITE}-security main`,
];

/** What is installed on a machine beside Debian's smallest system. */
const PACKAGES = [
  ...[
    "systemd",
    "systemd-sysv",
    "dbus",
    "libpam-systemd",
    "sudo",
    "procps",
    "kmod",
    "e2fsprogs",
    "mount",
    "util-linux",
  ],
  ...["iproute2", "iputils-ping", "ethtool", "curl", "ca-certificates", "openssh-server"],
  ...["containerd", "runc", "containernetworking-plugins", "catatonit"],
  ...["iptables", "nftables", "conntrack", "socat", "ebtables", "ipset"],
  "cloud-init",
];

const OPTIONS = [
  ...["--mode=root", "--variant=minbase", "--format=directory", `--include=${PACKAGES.join(",")}`],
  `--aptopt=Acquire::Languages "none"`,
  ...["man", "doc", "locale"].map((folder) => `--dpkgopt=path-exclude=/usr/share/${folder}/*`),
  "--dpkgopt=force-unsafe-io", // a root that is lost in a power cut is made anew
  // the packages are kept until all is done, so that a run that is broken off need not be begun from nothing
  ...["download/empty", "essential/unlink", "cleanup/apt/cache"].map((step) => `--skip=${step}`),
];

/** Seconds that it took on two cores. */
const SECONDS = 40;

/** What a root has that no two machines may share, or none needs. */
const LEAVE_OUT = ["etc/machine-id", "etc/resolv.conf", "etc/hostname", "var/lib/apt/lists", "var/cache/apt/archives"];

/**
 * The root of a Debian machine, made by mmdebstrap and kept in the cache under a key of what it was made from; never
 * changed. Broken off, the next run fetches only what is missing.
 *
 * @returns its folder
 */
export async function debianRoot(cache: string, say: Say, signal?: AbortSignal): Promise<string> {
  const key = createHash("sha256").update(JSON.stringify([OPTIONS, SOURCES, LEAVE_OUT]));
  const root = join(cache, "metal", `debian-${key.digest("hex").slice(0, 12)}`);
  if (await exists(root)) return root;
  const draft = `${root}.draft`;
  const archives = join(cache, "metal", "archives");
  await mkdir(archives, { recursive: true });
  await keepArchives(draft, archives);
  await removeTree(draft);
  await mkdir(draft);
  await withHeartbeat(say, "making the root of a Debian machine, once", () =>
    run(
      "mmdebstrap",
      [
        ...OPTIONS,
        '--setup-hook=mkdir -p "$1/var/cache/apt/archives"',
        `--setup-hook=sync-in '${archives}' /var/cache/apt/archives`,
        ...[SUITE, draft, ...SOURCES],
      ],
      { signal },
    ),
  );
  for (const path of LEAVE_OUT) await rm(join(draft, path), { recursive: true, force: true });
  for (const file of await readdir(join(draft, "etc/ssh"))) {
    if (file.startsWith("ssh_host_")) await rm(join(draft, "etc/ssh", file));
  }
  await rename(draft, root);
  await rm(archives, { recursive: true, force: true });
  return root;
}

/** Puts aside the packages that a run has fetched which was broken off. */
async function keepArchives(draft: string, archives: string): Promise<void> {
  const fetched = join(draft, "var/cache/apt/archives");
  const files = await readdir(fetched).catch(() => []);
  for (const file of files) {
    if (file.endsWith(".deb")) await rename(join(fetched, file), join(archives, file));
  }
}

/** Removes a tree in which, after a crash, something of this host may still be mounted: that is spared. */
async function removeTree(path: string): Promise<void> {
  await run("rm", ["-rf", "--one-file-system", path]);
}

async function withHeartbeat(say: Say, step: string, work: () => Promise<unknown>): Promise<void> {
  const begun = performance.now();
  const beat = (): void => {
    say(step, SECONDS, Math.min(0.99, (performance.now() - begun) / 1000 / SECONDS));
  };
  beat();
  const timer = setInterval(beat, 5000);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
}
