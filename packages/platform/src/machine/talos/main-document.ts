import type { PlatformMachine } from "../../handed-down.js";
import type { JsonObject } from "../../release.js";
import type { MachineProfile } from "../profile.js";
import type { TalosSettings } from "./settings.js";
import type { TalosVersion } from "./version.js";

/** Where Talos reads additions to the configuration of containerd from: siderolabs/talos:pkg/machinery/constants. */
const CONTAINERD = "/etc/cri/conf.d/20-customization.part";

/** Lets pods own the devices that they are given: containerd's CRI plug-in, which has another name from containerd 2 (Talos 1.9) on. */
export function deviceOwnership({ minor }: TalosVersion): string {
  const plugin = minor < 9 ? "io.containerd.grpc.v1.cri" : "io.containerd.cri.v1.runtime";
  return `[plugins."${plugin}"]\n  device_ownership_from_security_context = true\n`;
}

/** The document `v1alpha1`, with what the version still has in it. */
export function mainDocument(
  profile: MachineProfile,
  settings: TalosSettings,
  role: PlatformMachine["role"],
): JsonObject {
  const { generation } = settings.talos;
  const etcd = role === "control-plane" ? { etcd: { advertisedSubnets: settings.network.nodes.map(String) } } : {};
  if (generation === "documents")
    return { version: "v1alpha1", ...(role === "control-plane" ? { cluster: etcd } : {}) };
  return {
    version: "v1alpha1",
    machine: {
      kernel: { modules: profile.kernelModules.map(({ name, parameters }) => moduleOf(name, parameters)) },
      sysctls: profile.sysctls,
      kubelet: {
        extraConfig: profile.kubelet,
        nodeIP: { validSubnets: settings.network.nodes.map(String) },
      },
      files: filesOf(profile, settings.talos),
      ...(generation === "single" ? { ...registriesOf(settings), ...virtualAddressOf(settings, role) } : {}),
    },
    cluster: {
      network: {
        cni: { name: "none" },
        dnsDomain: settings.dnsDomain ?? "cluster.local",
        podSubnets: [settings.network.nodePod.toString()],
        serviceSubnets: [settings.network.service.toString()],
      },
      ...(profile.kubeProxy ? {} : { proxy: { disabled: true } }),
      discovery: { enabled: false },
      ...etcd,
    },
  };
}

/** A kernel module, for either form. */
export function moduleOf(name: string, parameters: readonly string[]): JsonObject {
  return parameters.length === 0 ? { name } : { name, parameters };
}

function filesOf(profile: MachineProfile, talos: TalosVersion): JsonObject[] {
  const files = Object.entries(profile.etcFiles).map(([path, content]) => ({
    path: `/etc/${path}`,
    // the file is there: creating one outside of /var keeps the machine from booting
    op: "overwrite",
    permissions: 0o644,
    content,
  }));
  if (!profile.deviceOwnershipFromSecurityContext) return files;
  return [...files, { path: CONTAINERD, op: "create", permissions: 0o644, content: deviceOwnership(talos) }];
}

function registriesOf({ registryMirrors = [] }: TalosSettings): JsonObject {
  if (registryMirrors.length === 0) return {};
  const mirrors = registryMirrors.map(({ registry, endpoints, overridePath }) => [
    registry,
    { endpoints, ...(overridePath ? { overridePath } : {}) },
  ]);
  return { registries: { mirrors: Object.fromEntries(mirrors) as JsonObject } };
}

function virtualAddressOf({ virtualAddress }: TalosSettings, role: PlatformMachine["role"]): JsonObject {
  if (virtualAddress === undefined || role !== "control-plane") return {};
  const { address, link } = virtualAddress;
  return { network: { interfaces: [{ interface: link, vip: { ip: address } }] } };
}
