import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { checkKubeVirt } from "../virtualization/check-kubevirt.js";
import { featureGatesOf, type KubeVirtSettings, permittedDevicesOf } from "../virtualization/kubevirt-settings.js";
import { cozystackChart, cozystackValues } from "./charts.js";
import { KUBEVIRT } from "./namespaces.js";

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
  check: ({ settings }, check) => checkKubeVirt(settings, "", check),
  values: (settings, platform) => ({
    ...cozystackValues(platform),
    ...(settings.cpuAllocationRatio === undefined ? {} : { cpuAllocationRatio: settings.cpuAllocationRatio }),
    extraFeatureGates: featureGatesOf(settings),
    permittedHostDevices: permittedDevicesOf(settings),
  }),
};
