/** An image of a system extension, and where its name was read. */
export interface ExtensionImage {
  readonly image: string;
  readonly source: string;
}

const PROFILE = "cozystack/cozystack:packages/core/talos/images/talos/profiles/installer.yaml@3c780ac";

const of = (image: string): ExtensionImage => ({ image: `ghcr.io/siderolabs/${image}`, source: PROFILE });

/**
 * Images of system extensions by version of Talos and name. Only what was read from a source is here; for another version
 * the user gives them.
 */
export const EXTENSION_IMAGES: Readonly<Record<string, Readonly<Record<string, ExtensionImage>>>> = {
  "v1.6.4": {
    "amd-ucode": of("amd-ucode:20240115"),
    "amdgpu-firmware": of("amdgpu-firmware:20240115"),
    "bnx2-bnx2x": of("bnx2-bnx2x:20240115"),
    drbd: of("drbd:9.2.6-v1.6.4"),
    "i915-ucode": of("i915-ucode:20240115"),
    "intel-ice-firmware": of("intel-ice-firmware:20240115"),
    "intel-ucode": of("intel-ucode:20231114"),
    "qlogic-firmware": of("qlogic-firmware:20240115"),
    zfs: of("zfs:2.1.14-v1.6.4"),
  },
};

/** Extensions that carry kernel modules: siderolabs/extensions:README.md. */
export const WITH_MODULES: ReadonlySet<string> = new Set(["drbd", "zfs"]);
