import type { Check } from "@plinth/core";
import { PLATFORM_SETUP } from "../setup-rules.js";
import type { HostDevice, KubeVirtSettings } from "./kubevirt-settings.js";

const MAX_RATIO = 100;

/** A DNS name, and a name of at most 63 characters, of which `requests.` in a quota takes none. */
const RESOURCE = /^(?=[^/]{1,244}\/)[a-z0-9]([-a-z0-9.]*[a-z0-9])?\/[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;

/**
 * Refuses what KubeVirt would take, and not act on.
 * @param at what properties are named after, for example `virtualization.`
 */
export function checkKubeVirt(settings: Partial<KubeVirtSettings>, at: string, check: Check): void {
  const { featureGates = [], cpuAllocationRatio: ratio, pciDevices = [], mediatedDevices = [] } = settings;
  featureGates.forEach((gate, i) => {
    if (/^[A-Z][A-Za-z0-9]+$/.test(gate) && featureGates.indexOf(gate) === i) return;
    check.refuse(PLATFORM_SETUP.featureGate, {
      property: `${at}featureGates[${i}]`,
      value: gate,
      message: `${JSON.stringify(gate)} is no feature gate or is named twice`,
      fix: "write it as KubeVirt does, for example CPUManager",
    });
  });
  if (ratio !== undefined && !(Number.isInteger(ratio) && ratio >= 1 && ratio <= MAX_RATIO)) {
    check.refuse(PLATFORM_SETUP.cpuRatio, {
      property: `${at}cpuAllocationRatio`,
      value: ratio,
      message: `${ratio} virtual cores cannot share one`,
      fix: "leave it out for 10, or write 1 where nothing is to be shared",
    });
  }
  checkDevices(pciDevices, `${at}pciDevices`, check, ({ pciVendorSelector: selector }) => ({
    selector,
    key: selector.toLowerCase(),
    isDevice: /^[0-9a-f]{4}:[0-9a-f]{4}$/i.test(selector),
    what: "PCI device",
    fix: "write what lspci -nn shows: 10de:2335",
  }));
  checkDevices(mediatedDevices, `${at}mediatedDevices`, check, ({ mdevNameSelector: selector }) => ({
    selector,
    key: selector.replaceAll(" ", "_"),
    isDevice: selector.trim() !== "" && selector.trim() === selector,
    what: "type of a mediated device",
    fix: "write what mdev_supported_types/*/name of the device says: GRID T4-1Q",
  }));
}

/** A selector of devices, read. */
interface Selected {
  readonly selector: string;
  /** What KubeVirt compares it by. */
  readonly key: string;
  readonly isDevice: boolean;
  readonly what: string;
  readonly fix: string;
}

function checkDevices<T extends HostDevice>(
  devices: readonly T[],
  property: string,
  check: Check,
  read: (device: T) => Selected,
): void {
  const keys = devices.map((device) => read(device).key);
  devices.forEach((device, i) => {
    const { selector, key, isDevice, what, fix } = read(device);
    const refuse = (value: string, message: string, how: string): void =>
      check.refuse(PLATFORM_SETUP.hostDevice, { property: `${property}[${i}]`, value, message, fix: how });
    if (!isDevice) refuse(selector, `${JSON.stringify(selector)} is no ${what}`, fix);
    if (keys.indexOf(key) < i) refuse(selector, `${selector} is named twice`, "leave one of them out");
    const { resourceName } = device;
    if (RESOURCE.test(resourceName) && !resourceName.includes("kubernetes.io/") && !/^requests\./.test(resourceName))
      return;
    refuse(resourceName, `${JSON.stringify(resourceName)} is no name of a resource`, "write it like nvidia.com/GH100");
  });
}
