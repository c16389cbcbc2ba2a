import type { PlatformMachine } from "../../handed-down.js";
import type { JsonObject } from "../../release.js";
import type { MachineProfile } from "../profile.js";
import { deviceOwnership, moduleOf } from "./main-document.js";
import type { TalosSettings } from "./settings.js";

/** The documents beside `v1alpha1`: from v1.12 on what is about the network and registries, from v1.14 on all. */
export function separateDocuments(
  profile: MachineProfile,
  settings: TalosSettings,
  role: PlatformMachine["role"],
): JsonObject[] {
  const { generation } = settings.talos;
  if (generation === "single") return [];
  const about = [...mirrors(settings), ...virtualAddress(settings, role)];
  return generation === "hybrid" ? about : [...about, ...machine(profile, settings), ...kubernetes(profile, settings)];
}

function mirrors({ registryMirrors = [] }: TalosSettings): JsonObject[] {
  return registryMirrors.map((mirror) =>
    document("RegistryMirrorConfig", {
      name: mirror.registry,
      endpoints: mirror.endpoints.map((url) => ({ url, ...(mirror.overridePath ? { overridePath: true } : {}) })),
      skipFallback: mirror.skipFallback ?? true,
    }),
  );
}

function virtualAddress({ virtualAddress: shared }: TalosSettings, role: PlatformMachine["role"]): JsonObject[] {
  if (shared === undefined || role !== "control-plane") return [];
  return [document("Layer2VIPConfig", { name: shared.address, link: shared.link })];
}

function machine(profile: MachineProfile, { talos }: TalosSettings): JsonObject[] {
  const { deviceOwnershipFromSecurityContext, etcFiles, kernelModules, sysctls } = profile;
  return [
    ...kernelModules.map(({ name, parameters }) => document("KernelModuleConfig", moduleOf(name, parameters))),
    ...(Object.keys(sysctls).length === 0 ? [] : [document("SysctlConfig", { params: sysctls })]),
    ...Object.entries(etcFiles).map(([name, contents]) => document("EtcFileConfig", { name, mode: 0o644, contents })),
    ...(deviceOwnershipFromSecurityContext
      ? [document("CRICustomizationConfig", { name: "plinth", content: deviceOwnership(talos) })]
      : []),
  ];
}

function kubernetes(profile: MachineProfile, { kubernetes: version, network, dnsDomain }: TalosSettings): JsonObject[] {
  return [
    document("KubeletConfig", { image: `ghcr.io/siderolabs/kubelet:v${version}`, config: profile.kubelet }),
    document("KubeNodeConfig", { nodeIP: { validSubnets: network.nodes.map(String) } }),
    document("KubeNetworkConfig", {
      dnsDomain: dnsDomain ?? "cluster.local",
      podSubnets: [network.nodePod.toString()],
      serviceSubnets: [network.service.toString()],
    }),
    document("KubeProxyConfig", { enabled: profile.kubeProxy, image: `registry.k8s.io/kube-proxy:v${version}` }),
  ];
}

function document(kind: string, fields: JsonObject): JsonObject {
  return { apiVersion: "v1alpha1", kind, ...fields };
}
