import type { Check } from "@plinth/core";
import type { PlatformMachine, PlatformNetwork } from "../../handed-down.js";
import { MACHINE } from "../../machine-rules.js";
import type { TalosVersion } from "./version.js";

/** A registry that is asked instead of another one. */
export interface RegistryMirror {
  /** Registry that it stands for, for example `ghcr.io`. */
  readonly registry: string;
  /** URLs, in the order in which they are tried. */
  readonly endpoints: readonly string[];
  /** Whether an endpoint is the whole prefix of a repository, with `/v2` in it. @default false */
  readonly overridePath?: boolean;
  /** Whether the registry itself is never asked: what makes an air gap. Only from Talos v1.12 on. @default true */
  readonly skipFallback?: boolean;
}

/** An address that the machines of the control plane share: the endpoint of the API server. */
export interface VirtualAddress {
  /** In one of the node subnets. */
  readonly address: string;
  /** Link that it is announced on, for example `eth0`. */
  readonly link: string;
}

/** What the documents of a machine depend on beside its profile. */
export interface TalosSettings {
  readonly talos: TalosVersion;
  /** For example `1.35.2`. */
  readonly kubernetes: string;
  readonly network: PlatformNetwork;
  /** @default "cluster.local" */
  readonly dnsDomain?: string;
  /** @default - none: the endpoint is a load balancer or a name of the user's */
  readonly virtualAddress?: VirtualAddress;
  /** @default - none */
  readonly registryMirrors?: readonly RegistryMirror[];
}

/** Refuses a virtual address that nobody would hear (PL5034). */
export function checkVirtualAddress(
  { address, link }: VirtualAddress,
  network: PlatformNetwork,
  machines: readonly PlatformMachine[],
  check: Check,
): void {
  const parsed = check.address("virtualAddress.address", address);
  const fault = (message: string, fix: string, property = "virtualAddress.address") =>
    check.refuse(MACHINE.virtualAddress, { property, value: property.endsWith("link") ? link : address, message, fix });
  if (link === "")
    fault(
      "the virtual address has no link",
      "name the link of the node subnet, for example eth0",
      "virtualAddress.link",
    );
  if (parsed === undefined) return;
  if (!network.nodes.some((range) => range.contains(parsed))) {
    const ranges = network.nodes.map(String).join(", ");
    fault(`${address} lies in no node subnet (${ranges})`, `take a free address of ${ranges}`);
  }
  const owner = machines.find((machine) => machine.address.equals(parsed));
  if (owner !== undefined)
    fault(`${address} is the address of ${owner.name}`, "take a free address of the node subnet");
}
