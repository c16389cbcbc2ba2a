import type { Check } from "@plinth/core";
import { MACHINE } from "../machine-rules.js";
import type { Json, JsonObject } from "../release.js";
import type { KernelModule, MachineRequirements } from "./requirements.js";

/** What every machine of a platform must have: the sum of what its components need. */
export interface MachineProfile {
  /** By name. */
  readonly kernelModules: readonly Required<KernelModule>[];
  readonly systemExtensions: readonly string[];
  readonly sysctls: Readonly<Record<string, string>>;
  readonly kubelet: JsonObject;
  readonly etcFiles: Readonly<Record<string, string>>;
  readonly deviceOwnershipFromSecurityContext: boolean;
  /** Whether Kubernetes' own kube-proxy runs. */
  readonly kubeProxy: boolean;
  /** Why: for each entry, for example `module drbd`, the construct paths of the components that need it. */
  readonly reasons: Readonly<Record<string, readonly string[]>>;
}

/** A component, as far as its machines are concerned. */
export interface Needing {
  /** Construct path. */
  readonly path: string;
  readonly machine?: MachineRequirements;
}

/** Adds up what components need of their machines; refuses what two of them want differently (PL5030). */
export function machineProfile(components: readonly Needing[], check: Check): MachineProfile {
  const sum = new Sum(check);
  let deviceOwnershipFromSecurityContext = false;
  let kubeProxy = true;
  for (const { path, machine = {} } of components) {
    for (const { name, parameters = [] } of machine.kernelModules ?? []) sum.add("module", name, [...parameters], path);
    for (const name of machine.systemExtensions ?? []) sum.add("extension", name, true, path);
    for (const [name, value] of Object.entries(machine.sysctls ?? {})) sum.add("sysctl", name, value, path);
    for (const [name, value] of Object.entries(machine.kubelet ?? {})) sum.add("kubelet", name, value, path);
    for (const [name, value] of Object.entries(machine.etcFiles ?? {})) sum.add("file", name, value, path);
    if (machine.deviceOwnershipFromSecurityContext) {
      deviceOwnershipFromSecurityContext = true;
      sum.add("containerd", "device_ownership_from_security_context", true, path);
    }
    if (machine.replacesKubeProxy) {
      kubeProxy = false;
      sum.add("no", "kube-proxy", true, path);
    }
  }
  const modules = Object.entries(sum.all<readonly string[]>("module"));
  return {
    kernelModules: modules.map(([name, parameters]) => ({ name, parameters })),
    systemExtensions: Object.keys(sum.all("extension")),
    sysctls: sum.all<string>("sysctl"),
    kubelet: sum.all<Json>("kubelet"),
    etcFiles: sum.all<string>("file"),
    deviceOwnershipFromSecurityContext,
    kubeProxy,
    reasons: sum.reasons(),
  };
}

interface Entry {
  readonly what: string;
  readonly name: string;
  readonly value: Json;
  readonly paths: string[];
}

class Sum {
  readonly #check: Check;
  readonly #entries = new Map<string, Entry>();

  constructor(check: Check) {
    this.#check = check;
  }

  add(what: string, name: string, value: Json, path: string): void {
    const key = `${what} ${name}`;
    const known = this.#entries.get(key);
    if (known === undefined) {
      this.#entries.set(key, { what, name, value, paths: [path] });
      return;
    }
    known.paths.push(path);
    if (JSON.stringify(known.value) === JSON.stringify(value)) return;
    const [first] = known.paths;
    this.#check.refuse(MACHINE.conflict, {
      property: "machine",
      value,
      message: `${path} wants ${key} ${JSON.stringify(value)}, ${first} wants ${JSON.stringify(known.value)}`,
      fix: `let one of ${first} and ${path} take the other's value, or leave one of them out`,
    });
  }

  /** Values of one sort, by name, in the order of names. */
  all<T extends Json>(what: string): Record<string, T> {
    const entries = [...this.#entries.values()].filter((entry) => entry.what === what);
    return Object.fromEntries(entries.map(({ name, value }) => [name, value as T] as const).sort(byName));
  }

  reasons(): Record<string, readonly string[]> {
    return Object.fromEntries([...this.#entries].map(([key, { paths }]) => [key, paths] as const).sort(byName));
  }
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
