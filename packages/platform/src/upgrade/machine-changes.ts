import type { MachineProfile } from "../machine/profile.js";
import type { Json } from "../release.js";
import { differences } from "./differences.js";

/** A change of what the machines must have. */
export interface NodeChange {
  /** For example `module drbd`. */
  readonly what: string;
  /**
   * How it gets to machines that run: `image` (each is installed anew from another image and reboots, one after the other), `reboot`
   * (the same image), `live`.
   */
  readonly how: "image" | "reboot" | "live";
}

const HOW = {
  systemExtensions: "image",
  kernelModules: "reboot",
  etcFiles: "reboot",
  kubelet: "live",
  sysctls: "live",
  deviceOwnershipFromSecurityContext: "reboot",
  kubeProxy: "live",
} as const satisfies Partial<Record<keyof MachineProfile, NodeChange["how"]>>;

const NAMES = {
  systemExtensions: "extension",
  kernelModules: "module",
  etcFiles: "file",
  kubelet: "kubelet",
  sysctls: "sysctl",
  deviceOwnershipFromSecurityContext: "containerd device_ownership_from_security_context",
  kubeProxy: "kube-proxy",
} as const satisfies Record<keyof typeof HOW, string>;

/** What of the machines changes, and how it gets to them. */
export function machineChanges(before: MachineProfile, after: MachineProfile): NodeChange[] {
  return (Object.keys(HOW) as (keyof typeof HOW)[]).flatMap((part) => {
    const [one, other] = [named(before[part]), named(after[part])];
    const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
    return names
      .filter((name) => differences(one[name] ?? null, other[name] ?? null).length > 0)
      .map((name) => ({ what: name === "" ? NAMES[part] : `${NAMES[part]} ${name}`, how: HOW[part] }));
  });
}

/** Parts of a profile by name; what is one value has the empty name. */
function named(value: Json | readonly { readonly name: string }[]): Readonly<Record<string, Json>> {
  if (Array.isArray(value))
    return Object.fromEntries(value.map((each) => (typeof each === "string" ? [each, true] : [each.name, each])));
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, Json>>)
    : { "": value as Json };
}
