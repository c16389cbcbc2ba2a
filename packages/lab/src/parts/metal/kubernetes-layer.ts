import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { exists } from "../../files.js";
import type { Say } from "../../report.js";
import { TOOLS } from "../../toolchain/pins.js";
import type { Toolchain } from "../../toolchain/toolchain.js";
import { linkFile, packImages, type StaticImage } from "./images.js";

/** Programs that lie on a machine. */
const PROGRAMS = [TOOLS.kubeadm, TOOLS.kubelet, TOOLS.kubectl];

/** Programs that run in containers of the control plane. */
const CONTAINERS = [TOOLS.kubeApiserver, TOOLS.kubeControllerManager, TOOLS.kubeScheduler, TOOLS.etcd];

/** All that a machine needs of the toolchain. */
export const METAL_PINS = [...PROGRAMS, ...CONTAINERS];

/** Tag of etcd's image: its makers count their builds of it behind the version. */
export const ETCD_TAG = `${TOOLS.etcd.version}-0`;

/** What kubeadm of this version and the settings of containerd name; ours is catatonit, which does the same. */
const PAUSE = "registry.k8s.io/pause:3.10.2";

/** Where images lie on a machine, for `ctr images import`. */
export const IMAGES = "/usr/local/share/images";

/** Files that are laid over Debian's, the same seen from `src` and from `dist`. */
const FILES = fileURLToPath(new URL("../../../data/metal/root/", import.meta.url));

/** Units that a machine has no use for, or that would reach for the host's kernel. */
const MASKED = [
  ...[
    "apt-daily.timer",
    "apt-daily-upgrade.timer",
    "dpkg-db-backup.timer",
    "e2scrub_all.timer",
    "e2scrub_reap.service",
  ],
  ...["fstrim.timer", "getty.target", "console-getty.service", "systemd-pstore.service", "systemd-remount-fs.service"],
  ...["systemd-udevd.service", "systemd-udevd-kernel.socket", "systemd-udevd-control.socket"],
  ...["systemd-udev-trigger.service", "systemd-modules-load.service", "kmod-static-nodes.service"],
  ...["systemd-sysctl.service", "systemd-timesyncd.service", "systemd-networkd.service"],
  ...["systemd-tmpfiles-setup-dev.service", "nftables.service", "cloud-init-hotplugd.socket"],
  ...["sys-kernel-debug.mount", "sys-kernel-tracing.mount", "sys-kernel-config.mount", "sys-fs-fuse-connections.mount"],
  ...["dev-mqueue.mount", "dev-hugepages.mount"],
];

const ENABLED = ["kubelet.service", "machine-images.service"];

/**
 * What is laid over Debian: settings of its services, Kubernetes' programs, images of the control plane. Kept in the cache
 * under a key of what it was made from; never changed.
 *
 * @param debian the root below it
 * @returns its folder
 */
export async function kubernetesLayer(cache: string, debian: string, toolchain: Toolchain, say: Say): Promise<string> {
  const programs = await Promise.all(PROGRAMS.map((pin) => programOf(toolchain, pin)));
  const containers: StaticImage[] = await Promise.all(CONTAINERS.map((pin) => containerOf(toolchain, pin)));
  const pause: StaticImage = {
    reference: PAUSE,
    program: join(debian, "usr/bin/catatonit"),
    path: "pause",
    entrypoint: ["/pause", "-P"],
  };
  const key = createHash("sha256").update(JSON.stringify([programs, containers, pause, MASKED, ENABLED, 1]));
  for (const file of await filesBelow(FILES)) key.update(relative(FILES, file)).update(await readFile(file));
  const layer = join(cache, "metal", `kubernetes-${key.digest("hex").slice(0, 12)}`);
  if (await exists(layer)) return layer;
  const draft = `${layer}.draft`;
  await rm(draft, { recursive: true, force: true });
  await cp(FILES, draft, { recursive: true });
  const units = join(draft, "etc/systemd/system");
  await mkdir(join(units, "multi-user.target.wants"));
  for (const unit of MASKED) await symlink("/dev/null", join(units, unit));
  for (const unit of ENABLED)
    await symlink(`/etc/systemd/system/${unit}`, join(units, "multi-user.target.wants", unit));
  await symlink("/lib/systemd/system/multi-user.target", join(units, "default.target"));
  for (const [index, program] of programs.entries()) {
    await linkFile(program, join(draft, "usr/local/bin", PROGRAMS[index]?.name ?? ""));
  }
  say("packing the images of the control plane, once");
  await packImages([pause], join(draft, IMAGES, "pause.tar"));
  await packImages(containers, join(draft, IMAGES, "control-plane.tar"));
  await rename(draft, layer);
  return layer;
}

async function containerOf(toolchain: Toolchain, pin: (typeof CONTAINERS)[number]): Promise<StaticImage> {
  const tag = pin === TOOLS.etcd ? ETCD_TAG : `v${pin.version}`;
  return {
    reference: `registry.k8s.io/${pin.name}:${tag}`,
    program: await programOf(toolchain, pin),
    path: `usr/local/bin/${pin.name}`,
  };
}

async function programOf(toolchain: Toolchain, pin: (typeof METAL_PINS)[number]): Promise<string> {
  return join((await toolchain.get(pin)).folder, pin.name);
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
