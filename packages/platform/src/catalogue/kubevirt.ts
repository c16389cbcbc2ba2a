import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { cozystackChart, cozystackValues } from "./charts.js";
import { KUBEVIRT } from "./namespaces.js";

/** A PCI device that VMs may be given. */
export interface PciDevice {
  /** Vendor and device, for example `10DE:2335`. */
  readonly pciVendorSelector: string;
  /** Name that VMs ask for, for example `nvidia.com/GH100_H200_SXM_141GB`. */
  readonly resourceName: string;
  /** Whether a device plug-in beside KubeVirt announces it. @default false */
  readonly externalResourceProvider?: boolean;
}

/** What people set for KubeVirt. */
export interface KubeVirtSettings {
  /** How many virtual cores share one. @default - KubeVirt's 10 */
  readonly cpuAllocationRatio: number;
  /** Feature gates beside the platform's. @default - none; `HostDevices` where there are devices */
  readonly featureGates: readonly string[];
  /** Devices that VMs may be given. @default - none */
  readonly pciDevices: readonly PciDevice[];
}

/** KubeVirt: virtual machines. Its operator makes the kinds. */
export const kubevirt: Component<KubeVirtSettings> = {
  name: "kubevirt",
  namespace: KUBEVIRT,
  privileged: true,
  chart: cozystackChart("kubevirt"),
  provides: [
    ...kinds(
      "kubevirt.io",
      "VirtualMachine",
      "VirtualMachineInstance",
      "VirtualMachineInstanceMigration",
      "VirtualMachineInstancePreset",
      "VirtualMachineInstanceReplicaSet",
    ),
    ...kinds(
      "instancetype.kubevirt.io",
      "VirtualMachineClusterInstancetype",
      "VirtualMachineClusterPreference",
      "VirtualMachineInstancetype",
      "VirtualMachinePreference",
    ),
  ],
  installsCrds: false,
  requires: kinds("kubevirt.io", "KubeVirt"),
  values: ({ cpuAllocationRatio, featureGates = [], pciDevices = [] }, platform) => ({
    ...cozystackValues(platform),
    ...(cpuAllocationRatio === undefined ? {} : { cpuAllocationRatio }),
    // without the gate the admission webhook refuses every VM with a device
    extraFeatureGates: [...new Set([...featureGates, ...(pciDevices.length > 0 ? ["HostDevices"] : [])])],
    permittedHostDevices:
      pciDevices.length === 0 ? {} : { pciHostDevices: pciDevices.map((device) => ({ ...device })) },
  }),
};
