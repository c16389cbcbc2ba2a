import type { JsonObject } from "../release.js";

/** A kernel module that is loaded when a machine starts. */
export interface KernelModule {
  /** For example `drbd`. */
  readonly name: string;
  /** For example `usermode_helper=disabled`. @default - none */
  readonly parameters?: readonly string[];
}

/** What a component needs of the machines that its pods run on. Nothing here is made by a pod. */
export interface MachineRequirements {
  /** @default - none beyond what the distribution loads */
  readonly kernelModules?: readonly KernelModule[];
  /**
   * Kernel modules and programs that are not part of the distribution's image, by the name of the Talos system extension
   * that has them, for example `drbd`; on another Linux its packages of that name.
   * @default - none
   */
  readonly systemExtensions?: readonly string[];
  /** Kernel parameters, for example `net.ipv4.neigh.default.gc_thresh1`. @default - none */
  readonly sysctls?: Readonly<Record<string, string>>;
  /** Fields of KubeletConfiguration. @default - none */
  readonly kubelet?: JsonObject;
  /** Files below `/etc` whose content is replaced, by path below it, for example `lvm/lvm.conf`. @default - none */
  readonly etcFiles?: Readonly<Record<string, string>>;
  /** Whether pods may own the devices that they are given by their security context (containerd). @default false */
  readonly deviceOwnershipFromSecurityContext?: boolean;
  /** Whether Kubernetes' own kube-proxy is not wanted, because the component does its work. @default false */
  readonly replacesKubeProxy?: boolean;
}
