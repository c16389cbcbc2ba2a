import type { Check } from "@plinth/core";
import { MACHINE } from "../../machine-rules.js";

/**
 * How a machine is configured: by one document (`single`, to v1.11), by one with documents beside it (`hybrid`, v1.12 and
 * v1.13), by documents only for all but the machine's identity (`documents`, from v1.14).
 */
export type Generation = "single" | "hybrid" | "documents";

/** A version of Talos, read. */
export interface TalosVersion {
  /** For example `v1.13.9`. */
  readonly text: string;
  readonly minor: number;
  readonly generation: Generation;
}

/** Kubernetes' minor versions that a minor version of Talos runs: siderolabs/talos:pkg/machinery/compatibility. */
const WINDOWS: Readonly<Record<number, readonly [number, number]>> = { 6: [24, 29], 12: [30, 35], 13: [31, 36] };

/** Reads a version of Talos, or refuses it (PL5031). @param property where it stands */
export function talosVersion(text: string, property: string, check: Check): TalosVersion | undefined {
  const [, minor] = /^v1\.(\d+)\.\d+(?:-[a-z]+\.\d+)?$/.exec(text) ?? [];
  if (minor === undefined || Number(minor) < 6) {
    check.refuse(MACHINE.talosVersion, {
      property,
      value: text,
      message: `${text === "" ? "an empty text" : text} is no version of Talos that Plinth knows`,
      fix: "write it out, for example v1.13.9",
    });
    return undefined;
  }
  const number = Number(minor);
  return { text, minor: number, generation: number <= 11 ? "single" : number <= 13 ? "hybrid" : "documents" };
}

/**
 * Refuses a version of Kubernetes that Talos does not run (PL5032); where the window of a version of Talos is not known,
 * it warns.
 *
 * @param kubernetes for example `1.36.3`
 */
export function checkKubernetes(talos: TalosVersion, kubernetes: string, property: string, check: Check): void {
  const window = WINDOWS[talos.minor];
  const minor = Number(/^1\.(\d+)\./.exec(kubernetes)?.[1]);
  if (window === undefined) {
    check.warn(`which versions of Kubernetes Talos ${talos.text} runs is not known here: check it at its makers`);
    return;
  }
  const [oldest, newest] = window;
  if (minor >= oldest && minor <= newest) return;
  check.refuse(MACHINE.kubernetesWindow, {
    property,
    value: kubernetes,
    message: `Talos ${talos.text} runs Kubernetes 1.${oldest} to 1.${newest}, not ${kubernetes}`,
    fix: `take a version of Kubernetes from 1.${oldest} to 1.${newest}, or another version of Talos`,
  });
}
