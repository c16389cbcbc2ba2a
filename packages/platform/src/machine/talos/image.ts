import type { Check } from "@plinth/core";
import { MACHINE } from "../../machine-rules.js";
import type { JsonObject } from "../../release.js";
import type { MachineProfile } from "../profile.js";
import { EXTENSION_IMAGES, type ExtensionImage, WITH_MODULES } from "./extension-images.js";
import type { TalosVersion } from "./version.js";

/** What is built: an image for machines that boot from a disk, an ISO, or what an installed machine installs itself from. */
export type ImageOutput =
  | { readonly kind: "installer" }
  | { readonly kind: "iso" }
  /** @property diskSize bytes */
  | { readonly kind: "image"; readonly diskSize: number };

/** What an image of Talos is made of. */
export interface ImageSettings {
  /** @default "amd64" */
  readonly architecture?: "amd64" | "arm64";
  /** @default "metal" */
  readonly platform?: string;
  readonly output: ImageOutput;
  /** System extensions of one's own beside those that the components need, for example `amd-ucode`. @default - none */
  readonly extraExtensions?: readonly string[];
  /**
   * Images of system extensions, with tag or digest, by name: where the table of Plinth has none for the version of Talos,
   * or another one is wanted.
   * @default - those of the table
   */
  readonly extensionImages?: Readonly<Record<string, string>>;
}

/**
 * The schematic for Talos' Image Factory: the extensions by name, which the factory looks up for the version that is asked of it.
 * Shape: siderolabs/image-factory:pkg/schematic/schematic.go.
 */
export function talosSchematic(profile: MachineProfile, extraExtensions: readonly string[] = []): JsonObject {
  const names = extensionsOf(profile, extraExtensions).map((name) => `siderolabs/${name}`);
  return { customization: { systemExtensions: { officialExtensions: names } } };
}

/**
 * The profile for Talos' imager, which builds the image on one's own machine; refuses an extension whose image is not known
 * for this version, or is of another (PL5033).
 * Shape: siderolabs/talos:pkg/imager/profile/profile.go.
 */
export function talosImagerProfile(
  profile: MachineProfile,
  talos: TalosVersion,
  settings: ImageSettings,
  check: Check,
): JsonObject {
  const { architecture = "amd64", platform = "metal", output } = settings;
  const images = extensionsOf(profile, settings.extraExtensions ?? []).flatMap((name) => {
    const image = imageOf(name, talos, settings, check);
    return image === undefined ? [] : [{ imageRef: image }];
  });
  return {
    arch: architecture,
    platform,
    secureboot: false,
    version: talos.text,
    input: {
      kernel: { path: `/usr/install/${architecture}/vmlinuz` },
      initramfs: { path: `/usr/install/${architecture}/initramfs.xz` },
      baseInstaller: { imageRef: `ghcr.io/siderolabs/installer:${talos.text}` },
      systemExtensions: images,
    },
    output: outputOf(output),
  };
}

function extensionsOf(profile: MachineProfile, extra: readonly string[]): string[] {
  return [...new Set([...profile.systemExtensions, ...extra])].sort();
}

function imageOf(name: string, talos: TalosVersion, settings: ImageSettings, check: Check): string | undefined {
  const table: Readonly<Record<string, ExtensionImage>> = EXTENSION_IMAGES[talos.text] ?? {};
  const image = settings.extensionImages?.[name] ?? table[name]?.image;
  const property = `extensionImages.${name}`;
  if (image === undefined) {
    check.refuse(MACHINE.extensionImage, {
      property,
      message: `no image of the system extension ${name} is known for Talos ${talos.text}`,
      fix: `give it: extensionImages: { ${JSON.stringify(name)}: "ghcr.io/siderolabs/${name}:VERSION${WITH_MODULES.has(name) ? `-${talos.text}` : ""}" }, from the release notes of siderolabs/extensions`,
    });
    return undefined;
  }
  const tag = /:([^:/]+)$/.exec(image.split("@")[0] ?? "")?.[1];
  if (WITH_MODULES.has(name) && tag !== undefined && !tag.endsWith(`-${talos.text}`)) {
    check.refuse(MACHINE.extensionImage, {
      property,
      value: image,
      message: `${image} has kernel modules, and is not of Talos ${talos.text}`,
      fix: `take the image whose tag ends in -${talos.text}`,
    });
  }
  return image;
}

function outputOf(output: ImageOutput): JsonObject {
  if (output.kind !== "image") return { kind: output.kind, outFormat: "raw" };
  return { kind: "image", imageOptions: { diskSize: output.diskSize, diskFormat: "raw" }, outFormat: ".zst" };
}
