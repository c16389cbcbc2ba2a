import type { MachineProfile } from "./profile.js";

/**
 * What the machines of a platform must have, as files for a Linux with systemd and containerd 2 (`generic`): what is in them
 * holds after a reboot, or after `systemctl restart systemd-modules-load systemd-sysctl containerd`. System extensions are
 * packages there: their names differ from one distribution to the next.
 *
 * @returns content by path
 */
export function linuxFiles(profile: MachineProfile): Readonly<Record<string, string>> {
  const { deviceOwnershipFromSecurityContext, etcFiles, kernelModules, sysctls } = profile;
  const options = kernelModules.filter(({ parameters }) => parameters.length > 0);
  const files: [string, string[]][] = [
    ["/etc/modules-load.d/plinth.conf", kernelModules.map(({ name }) => name)],
    ["/etc/modprobe.d/plinth.conf", options.map(({ name, parameters }) => `options ${name} ${parameters.join(" ")}`)],
    ["/etc/sysctl.d/90-plinth.conf", Object.entries(sysctls).map(([name, value]) => `${name} = ${value}`)],
    ["/etc/containerd/conf.d/plinth.toml", deviceOwnershipFromSecurityContext ? CONTAINERD : []],
  ];
  const written = files.filter(([, lines]) => lines.length > 0).map(([path, lines]) => [path, `${lines.join("\n")}\n`]);
  const replaced = Object.entries(etcFiles).map(([path, content]) => [`/etc/${path}`, content]);
  return Object.fromEntries([...written, ...replaced]);
}

const CONTAINERD = [
  "version = 3",
  '[plugins."io.containerd.cri.v1.runtime"]',
  "  device_ownership_from_security_context = true",
];
