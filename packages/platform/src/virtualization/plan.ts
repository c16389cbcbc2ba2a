import type { Check } from "@plinth/core";
import { PLATFORM_SETUP } from "../setup-rules.js";
import type { VirtualizationProps } from "./props.js";

/** What was computed for KubeVirt. */
export interface VirtualizationPlan extends Omit<VirtualizationProps, "featureGates" | "eviction" | "replicas"> {
  readonly featureGates: readonly string[];
  readonly eviction: NonNullable<VirtualizationProps["eviction"]>;
  readonly replicas: number;
}

const MAX_RATIO = 100;

/** Checks the settings, and adds the gates that they need. */
export function planVirtualization(props: VirtualizationProps, check: Check): VirtualizationPlan {
  const { featureGates = [], cpuAllocationRatio, pciDevices = [], eviction = "LiveMigrate", replicas = 2 } = props;
  featureGates.forEach((gate, i) => {
    if (/^[A-Z][A-Za-z0-9]+$/.test(gate) && featureGates.indexOf(gate) === i) return;
    check.refuse(PLATFORM_SETUP.featureGate, {
      property: `virtualization.featureGates[${i}]`,
      value: gate,
      message: `${JSON.stringify(gate)} is no feature gate or is named twice`,
      fix: "write it as KubeVirt does, for example CPUManager",
    });
  });
  if (cpuAllocationRatio !== undefined && !isCount(cpuAllocationRatio, MAX_RATIO)) {
    check.refuse(PLATFORM_SETUP.cpuRatio, {
      property: "virtualization.cpuAllocationRatio",
      value: cpuAllocationRatio,
      message: `${cpuAllocationRatio} virtual cores cannot share one`,
      fix: "leave it out for 10, or write 1 where nothing is to be shared",
    });
  }
  checkDevices(pciDevices, check);
  // without the gate the admission webhook refuses every VM with a device
  const gates = new Set([...featureGates, ...(pciDevices.length > 0 ? ["HostDevices"] : [])]);
  return { ...props, featureGates: [...gates], eviction, replicas };
}

function checkDevices(devices: NonNullable<VirtualizationProps["pciDevices"]>, check: Check): void {
  devices.forEach(({ pciVendorSelector, resourceName }, i) => {
    const refuse = (value: string, message: string, fix: string): void =>
      check.refuse(PLATFORM_SETUP.hostDevice, { property: `virtualization.pciDevices[${i}]`, value, message, fix });
    if (!/^[0-9a-f]{4}:[0-9a-f]{4}$/i.test(pciVendorSelector)) {
      refuse(
        pciVendorSelector,
        `${JSON.stringify(pciVendorSelector)} is no PCI device`,
        "write what lspci -nn shows: 10de:2335",
      );
    }
    if (!/^[a-z0-9.-]+\.[a-z]{2,}\/[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/.test(resourceName)) {
      refuse(
        resourceName,
        `${JSON.stringify(resourceName)} is no name of a resource`,
        "write it like nvidia.com/GH100",
      );
    }
    const same = devices.findIndex(
      (other) => other.pciVendorSelector.toLowerCase() === pciVendorSelector.toLowerCase(),
    );
    if (same < i) refuse(pciVendorSelector, `${pciVendorSelector} is named twice`, "leave one of them out");
  });
}

function isCount(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most;
}
