import { readFileSync } from "node:fs";
import { Address, Check, Cidr } from "@plinth/core";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { PlatformMachine, PlatformNetwork } from "../../handed-down.js";
import type { JsonObject } from "../../release.js";
import { type MachineProfile, machineProfile } from "../profile.js";
import { talosDocuments } from "./documents.js";
import { checkVirtualAddress, type TalosSettings } from "./settings.js";
import { checkKubernetes, talosVersion } from "./version.js";

const cidr = (text: string) => Cidr.parse(text) as Cidr;
const address = (text: string) => Address.parse(text) as Address;

const network: PlatformNetwork = {
  pod: cidr("10.240.0.0/16"),
  podGateway: address("10.240.0.1"),
  service: cidr("10.96.0.0/16"),
  dnsAddress: address("10.96.0.10"),
  join: cidr("100.64.0.0/16"),
  nodePod: cidr("10.244.0.0/16"),
  nodes: [cidr("192.168.100.0/24")],
  loadBalancer: [],
};

const profile: MachineProfile = machineProfile(
  [
    {
      path: "platform/linstor",
      machine: {
        kernelModules: [{ name: "drbd", parameters: ["usermode_helper=disabled"] }, { name: "openvswitch" }],
        sysctls: { "net.ipv4.neigh.default.gc_thresh1": "4096" },
        kubelet: { maxPods: 512 },
        etcFiles: { "lvm/lvm.conf": "devices { global_filter = [] }\n" },
        deviceOwnershipFromSecurityContext: true,
        replacesKubeProxy: true,
      },
    },
  ],
  new Check("platform"),
);

function settings(version: string): TalosSettings {
  const talos = talosVersion(version, "talos", new Check("platform"));
  if (talos === undefined) throw new Error(version);
  return {
    talos,
    kubernetes: "1.35.2",
    network,
    dnsDomain: "cozy.local",
    virtualAddress: { address: "192.168.100.10", link: "eth0" },
    registryMirrors: [
      { registry: "ghcr.io", endpoints: ["https://mirror.example.com/v2/ghcr.io"], overridePath: true },
      { registry: "quay.io", endpoints: ["https://quay.example.com"] },
    ],
  };
}

const schemaOf = (version: string) => {
  const text = readFileSync(new URL(`../../../data/talos/config.schema.${version}.json`, import.meta.url), "utf8");
  return new Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(text));
};

const VERSIONS = ["v1.6.4", "v1.13.9", "v1.14.0-rc.1"] as const;
const schemas = new Map<string, ReturnType<typeof schemaOf>>(VERSIONS.map((version) => [version, schemaOf(version)]));

/** What is wrong with documents by the schema that the makers publish for a version. */
function faults(version: string, documents: readonly JsonObject[]): unknown[] {
  const validate = schemas.get(version);
  if (validate === undefined) throw new Error(version);
  return documents.flatMap((document) => (validate(document) ? [] : [{ document, errors: validate.errors }]));
}

describe.each(VERSIONS)("for Talos %s", (version) => {
  it.each(["control-plane", "worker"] as const)("the documents of a %s fit the published schema", (role) => {
    expect(faults(version, talosDocuments(profile, settings(version), role))).toEqual([]);
  });

  it("the schema sees what is not in it", () => {
    const [main = {}] = talosDocuments(profile, settings(version), "worker");
    expect(faults(version, [{ ...main, machine: { unknown: true } }])).not.toEqual([]);
  });
});

const kinds = (version: string, role: PlatformMachine["role"] = "control-plane") =>
  talosDocuments(profile, settings(version), role).map(({ kind }) => kind ?? "v1alpha1");

it("moves out of the one document what a newer version reads elsewhere", () => {
  expect(kinds("v1.6.4")).toEqual(["v1alpha1"]);
  expect(kinds("v1.13.9")).toEqual(["v1alpha1", "RegistryMirrorConfig", "RegistryMirrorConfig", "Layer2VIPConfig"]);
  expect(kinds("v1.14.0-rc.1")).toEqual([
    ...[
      "v1alpha1",
      "RegistryMirrorConfig",
      "RegistryMirrorConfig",
      "Layer2VIPConfig",
      "KernelModuleConfig",
      "KernelModuleConfig",
    ],
    ...["SysctlConfig", "EtcFileConfig", "CRICustomizationConfig"],
    ...["KubeletConfig", "KubeNodeConfig", "KubeNetworkConfig", "KubeProxyConfig"],
  ]);
});

it("gives the virtual address to the control plane only, and closes the way around a mirror", () => {
  expect(kinds("v1.13.9", "worker")).toEqual(["v1alpha1", "RegistryMirrorConfig", "RegistryMirrorConfig"]);
  const [, mirror, , shared] = talosDocuments(profile, settings("v1.13.9"), "control-plane");
  expect(mirror).toEqual({
    apiVersion: "v1alpha1",
    kind: "RegistryMirrorConfig",
    name: "ghcr.io",
    endpoints: [{ url: "https://mirror.example.com/v2/ghcr.io", overridePath: true }],
    skipFallback: true,
  });
  expect(shared).toEqual({ apiVersion: "v1alpha1", kind: "Layer2VIPConfig", name: "192.168.100.10", link: "eth0" });
});

it("is what the article's configuration says by hand", () => {
  expect(talosDocuments(profile, settings("v1.6.4"), "control-plane")).toEqual([
    {
      version: "v1alpha1",
      machine: {
        kernel: { modules: [{ name: "drbd", parameters: ["usermode_helper=disabled"] }, { name: "openvswitch" }] },
        sysctls: { "net.ipv4.neigh.default.gc_thresh1": "4096" },
        kubelet: { extraConfig: { maxPods: 512 }, nodeIP: { validSubnets: ["192.168.100.0/24"] } },
        files: [
          { path: "/etc/lvm/lvm.conf", op: "overwrite", permissions: 0o644, content: profile.etcFiles["lvm/lvm.conf"] },
          {
            path: "/etc/cri/conf.d/20-customization.part",
            op: "create",
            permissions: 0o644,
            content: '[plugins."io.containerd.grpc.v1.cri"]\n  device_ownership_from_security_context = true\n',
          },
        ],
        registries: {
          mirrors: {
            "ghcr.io": { endpoints: ["https://mirror.example.com/v2/ghcr.io"], overridePath: true },
            "quay.io": { endpoints: ["https://quay.example.com"] },
          },
        },
        network: { interfaces: [{ interface: "eth0", vip: { ip: "192.168.100.10" } }] },
      },
      cluster: {
        network: {
          cni: { name: "none" },
          dnsDomain: "cozy.local",
          podSubnets: ["10.244.0.0/16"],
          serviceSubnets: ["10.96.0.0/16"],
        },
        proxy: { disabled: true },
        discovery: { enabled: false },
        etcd: { advertisedSubnets: ["192.168.100.0/24"] },
      },
    },
  ]);
});

const codes = (act: (check: Check) => void): string[] => {
  const check = new Check("platform");
  act(check);
  return check.refusals.map(({ code, summary }) => `${code} ${summary}`);
};

it.each(["1.6.4", "v1.5.0", "v1.6", "", "v2.0.0"])("refuses %j as a version of Talos", (text) => {
  expect(codes((check) => void talosVersion(text, "talos", check))).toEqual([expect.stringMatching(/^PL5031 /)]);
});

it("refuses a version of Kubernetes that Talos does not run", () => {
  expect(codes((check) => checkKubernetes(settings("v1.6.4").talos, "1.30.1", "kubernetes", check))).toEqual([
    "PL5032 Talos v1.6.4 runs Kubernetes 1.24 to 1.29, not 1.30.1",
  ]);
  expect(codes((check) => checkKubernetes(settings("v1.13.9").talos, "1.36.3", "kubernetes", check))).toEqual([]);
});

it("says that it does not know a window, rather than guess it", () => {
  const check = new Check("platform");
  checkKubernetes(settings("v1.14.0-rc.1").talos, "1.36.3", "kubernetes", check);
  expect([check.refusals, check.warnings.length]).toEqual([[], 1]);
});

it("refuses a virtual address that nobody would hear", () => {
  const machines: PlatformMachine[] = [{ name: "a", address: address("192.168.100.11"), role: "control-plane" }];
  const check = (given: string, link = "eth0") =>
    codes((of) => checkVirtualAddress({ address: given, link }, network, machines, of));
  expect(check("192.168.100.10")).toEqual([]);
  expect(check("192.168.101.10")).toEqual(["PL5034 192.168.101.10 lies in no node subnet (192.168.100.0/24)"]);
  expect(check("192.168.100.11")).toEqual(["PL5034 192.168.100.11 is the address of a"]);
  expect(check("192.168.100.10", "")).toEqual(["PL5034 the virtual address has no link"]);
});
