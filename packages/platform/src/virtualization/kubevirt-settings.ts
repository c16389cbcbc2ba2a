import type { JsonObject } from "../release.js";

/** A device of the nodes that VMs may be given. */
export interface HostDevice {
  /** Name that VMs ask for, a domain and a name: `nvidia.com/GH100_H200_SXM_141GB`. */
  readonly resourceName: string;
  /** Whether a device plug-in beside KubeVirt announces it. @default false */
  readonly externalResourceProvider?: boolean;
}

/** A PCI device that VMs may be given. */
export interface PciDevice extends HostDevice {
  /** Vendor and device, for example `10DE:2335`. */
  readonly pciVendorSelector: string;
}

/** A share of a device that VMs may be given. */
export interface MediatedDevice extends HostDevice {
  /** Name of its type, for example `GRID T4-1Q`. */
  readonly mdevNameSelector: string;
}

/** What people set for KubeVirt. */
export interface KubeVirtSettings {
  /** How many virtual cores share one. @default - KubeVirt's 10 */
  readonly cpuAllocationRatio: number;
  /** Feature gates beside the platform's. @default - none; `HostDevices` where there are devices */
  readonly featureGates: readonly string[];
  /** Devices that VMs may be given. @default - none */
  readonly pciDevices: readonly PciDevice[];
  /** Shares of devices that VMs may be given. @default - none */
  readonly mediatedDevices: readonly MediatedDevice[];
}

/** The gates that are opened, each once. */
export function featureGatesOf(settings: Partial<KubeVirtSettings>): string[] {
  const { featureGates = [], pciDevices = [], mediatedDevices = [] } = settings;
  // without the gate the admission webhook refuses every VM with a device
  const ofDevices = pciDevices.length + mediatedDevices.length > 0 ? ["HostDevices"] : [];
  return [...new Set([...featureGates, ...ofDevices])];
}

/** `permittedHostDevices` of the kind KubeVirt; empty where there are none. */
export function permittedDevicesOf({ pciDevices = [], mediatedDevices = [] }: Partial<KubeVirtSettings>): JsonObject {
  return {
    ...(pciDevices.length === 0 ? {} : { pciHostDevices: pciDevices.map((device) => ({ ...device })) }),
    ...(mediatedDevices.length === 0 ? {} : { mediatedDevices: mediatedDevices.map((device) => ({ ...device })) }),
  };
}
