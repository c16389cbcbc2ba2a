import { validateObject } from "@plinth/api/testing";
import { Check } from "@plinth/core";
import { Testing } from "cdk8s";
import { expect, it } from "vitest";
import { planVirtualization } from "./plan.js";
import type { VirtualizationProps } from "./props.js";
import { VirtualizationChart } from "./virtualization-chart.js";

const GPU = { pciVendorSelector: "10DE:2335", resourceName: "nvidia.com/GH100_H200_SXM_141GB" };

function planned(props: Partial<VirtualizationProps>) {
  const check = new Check("platform");
  const plan = planVirtualization({ namespace: "cozy-kubevirt", ...props }, check);
  return { plan, codes: check.refusals.map(({ code }) => code) };
}

function objectsOf(props: Partial<VirtualizationProps>): object[] {
  const { plan, codes } = planned(props);
  expect(codes).toEqual([]);
  const objects = Testing.synth(new VirtualizationChart(Testing.app(), "virtualization", { plan })) as object[];
  for (const object of objects) expect(validateObject(object)).toEqual([]);
  return objects;
}

it("VMs move when a node is drained, and KubeVirt is not removed below them", () => {
  expect(objectsOf({})).toEqual([
    {
      apiVersion: "kubevirt.io/v1",
      kind: "KubeVirt",
      metadata: { name: "kubevirt", namespace: "cozy-kubevirt" },
      spec: {
        configuration: { evictionStrategy: "LiveMigrate", developerConfiguration: { featureGates: [] } },
        infra: { replicas: 2 },
        workloadUpdateStrategy: { workloadUpdateMethods: ["LiveMigrate"] },
        uninstallStrategy: "BlockUninstallIfWorkloadsExist",
      },
    },
  ]);
});

it("devices bring their gate; the importer makes volumes where VMs run", () => {
  const importer = { scratchStorageClass: "local", uploadProxyUrl: "https://upload.cloud.dev" };
  const [kubevirt, cdi] = objectsOf({
    featureGates: ["CPUManager", "HostDevices"],
    pciDevices: [{ ...GPU, externalResourceProvider: true }],
    cpuAllocationRatio: 4,
    importer,
  });
  expect(kubevirt).toMatchObject({
    spec: {
      configuration: {
        developerConfiguration: { featureGates: ["CPUManager", "HostDevices"], cpuAllocationRatio: 4 },
        permittedHostDevices: { pciHostDevices: [{ ...GPU, externalResourceProvider: true }] },
      },
    },
  });
  expect(cdi).toEqual({
    apiVersion: "cdi.kubevirt.io/v1beta1",
    kind: "CDI",
    metadata: { name: "cdi" },
    spec: {
      cloneStrategyOverride: "csi-clone",
      config: {
        featureGates: ["HonorWaitForFirstConsumer"],
        scratchSpaceStorageClass: "local",
        uploadProxyURLOverride: "https://upload.cloud.dev",
      },
      uninstallStrategy: "BlockUninstallIfWorkloadsExist",
    },
  });
  expect(planned({ pciDevices: [GPU] }).plan.featureGates).toEqual(["HostDevices"]);
});

it.each<[string, Partial<VirtualizationProps>, string]>([
  ["a gate in small letters", { featureGates: ["hostDevices"] }, "PL5070"],
  ["a gate twice", { featureGates: ["CPUManager", "CPUManager"] }, "PL5070"],
  ["a device by its name", { pciDevices: [{ ...GPU, pciVendorSelector: "NVIDIA H200" }] }, "PL5071"],
  ["a resource without a domain", { pciDevices: [{ ...GPU, resourceName: "gpu" }] }, "PL5071"],
  ["a device twice", { pciDevices: [GPU, { ...GPU, pciVendorSelector: "10de:2335" }] }, "PL5071"],
  ["half a core", { cpuAllocationRatio: 0.5 }, "PL5072"],
  ["an upload to a name with a port", { importer: { uploadProxyUrl: "upload.cloud.dev:8443" } }, "PL5073"],
  ["no core", { cpuAllocationRatio: 0 }, "PL5072"],
])("%s is refused", (_, props, code) => expect(planned(props).codes).toEqual([code]));
