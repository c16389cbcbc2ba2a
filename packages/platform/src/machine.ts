/**
 * What the machines of a platform must have: kernel modules, system extensions, settings; for Talos and any other Linux.
 * @packageDocumentation
 */
export { linuxFiles } from "./machine/linux.js";
export { type MachineProfile, machineProfile, type Needing } from "./machine/profile.js";
export { mirrorsOf, REGISTRIES } from "./machine/registry-mirrors.js";
export type { KernelModule, MachineRequirements } from "./machine/requirements.js";
export { talosDocuments } from "./machine/talos/documents.js";
export { EXTENSION_IMAGES, type ExtensionImage } from "./machine/talos/extension-images.js";
export { type ImageOutput, type ImageSettings, talosImagerProfile, talosSchematic } from "./machine/talos/image.js";
export {
  checkVirtualAddress,
  type RegistryMirror,
  type TalosSettings,
  type VirtualAddress,
} from "./machine/talos/settings.js";
export { checkKubernetes, type Generation, type TalosVersion, talosVersion } from "./machine/talos/version.js";
