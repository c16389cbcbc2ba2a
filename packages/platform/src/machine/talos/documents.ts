import type { PlatformMachine } from "../../handed-down.js";
import type { JsonObject } from "../../release.js";
import type { MachineProfile } from "../profile.js";
import { mainDocument } from "./main-document.js";
import { separateDocuments } from "./separate-documents.js";
import type { TalosSettings } from "./settings.js";

/**
 * What the machines of a platform must have, as patches for the configuration of a Talos machine, in the form that its
 * version reads: give them to `talosctl gen config --config-patch`, or to the machine constructs. They hold no secret.
 *
 * @param role of the machine: the virtual address is for the control plane only
 */
export function talosDocuments(
  profile: MachineProfile,
  settings: TalosSettings,
  role: PlatformMachine["role"],
): readonly JsonObject[] {
  const main = mainDocument(profile, settings, role);
  return [main, ...separateDocuments(profile, settings, role)];
}
