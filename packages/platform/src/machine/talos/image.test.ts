import { Check } from "@plinth/core";
import { expect, it } from "vitest";
import { machineProfile } from "../profile.js";
import { EXTENSION_IMAGES } from "./extension-images.js";
import { type ImageSettings, talosImagerProfile, talosSchematic } from "./image.js";
import { talosVersion } from "./version.js";

const profile = machineProfile(
  [{ path: "platform/linstor", machine: { systemExtensions: ["zfs", "drbd"] } }],
  new Check("platform"),
);

const FIRMWARE = [
  ...["amd-ucode", "amdgpu-firmware", "bnx2-bnx2x", "i915-ucode"],
  ...["intel-ice-firmware", "intel-ucode", "qlogic-firmware"],
];

function imager(version: string, settings: Partial<ImageSettings>) {
  const check = new Check("platform");
  const talos = talosVersion(version, "talos", check);
  if (talos === undefined) throw new Error(version);
  const made = talosImagerProfile(profile, talos, { output: { kind: "installer" }, ...settings }, check);
  return { made, refusals: check.refusals.map(({ code, summary }) => `${code} ${summary}`) };
}

it("makes the article's profile", () => {
  const { made, refusals } = imager("v1.6.4", { extraExtensions: FIRMWARE });
  expect(refusals).toEqual([]);
  expect(made).toEqual({
    arch: "amd64",
    platform: "metal",
    secureboot: false,
    version: "v1.6.4",
    input: {
      kernel: { path: "/usr/install/amd64/vmlinuz" },
      initramfs: { path: "/usr/install/amd64/initramfs.xz" },
      baseInstaller: { imageRef: "ghcr.io/siderolabs/installer:v1.6.4" },
      systemExtensions: [
        { imageRef: "ghcr.io/siderolabs/amd-ucode:20240115" },
        { imageRef: "ghcr.io/siderolabs/amdgpu-firmware:20240115" },
        { imageRef: "ghcr.io/siderolabs/bnx2-bnx2x:20240115" },
        { imageRef: "ghcr.io/siderolabs/drbd:9.2.6-v1.6.4" },
        { imageRef: "ghcr.io/siderolabs/i915-ucode:20240115" },
        { imageRef: "ghcr.io/siderolabs/intel-ice-firmware:20240115" },
        { imageRef: "ghcr.io/siderolabs/intel-ucode:20231114" },
        { imageRef: "ghcr.io/siderolabs/qlogic-firmware:20240115" },
        { imageRef: "ghcr.io/siderolabs/zfs:2.1.14-v1.6.4" },
      ],
    },
    output: { kind: "installer", outFormat: "raw" },
  });
});

it("knows images of many versions of Talos, each with where it was read, and modules of that very version", () => {
  expect(Object.keys(EXTENSION_IMAGES).length).toBeGreaterThan(20);
  for (const [version, images] of Object.entries(EXTENSION_IMAGES)) {
    const extraExtensions = Object.keys(images);
    expect(extraExtensions).toEqual(expect.arrayContaining(["drbd", "zfs"]));
    // refuses a module of another version
    expect([version, imager(version, { extraExtensions }).refusals]).toEqual([version, []]);
    for (const { image, source } of Object.values(images)) {
      expect(image).toMatch(/^ghcr\.io\/siderolabs\/[a-z0-9-]+:[\w.-]+(@sha256:[0-9a-f]{64})?$/);
      expect(source).toMatch(/^cozystack\/cozystack:.*@[0-9a-f]{9}$/);
    }
  }
  const { made } = imager("v1.13.6", {});
  expect(made.input).toMatchObject({
    systemExtensions: [
      {
        imageRef:
          "ghcr.io/siderolabs/drbd:9.3.2-v1.13.6@sha256:4a6f77f4e3fde41f3656f72d7d68380356afbb289254af8263a154cf7b70598e",
      },
      {
        imageRef:
          "ghcr.io/siderolabs/zfs:2.4.3-v1.13.6@sha256:3389808471eb857096cdf47a645b30b3e954bef0a9cb5d13a45b185796f606b6",
      },
    ],
  });
});

it("makes a schematic of the same list, by names that the factory looks up", () => {
  expect(talosSchematic(profile, ["intel-ucode"])).toEqual({
    customization: {
      systemExtensions: { officialExtensions: ["siderolabs/drbd", "siderolabs/intel-ucode", "siderolabs/zfs"] },
    },
  });
});

it("invents no image: one that is not known for the version is asked for", () => {
  const { refusals } = imager("v1.13.9", { extensionImages: { zfs: "ghcr.io/siderolabs/zfs:2.4.1-v1.13.9" } });
  expect(refusals).toEqual(["PL5033 no image of the system extension drbd is known for Talos v1.13.9"]);
});

it("refuses kernel modules that were built for another kernel", () => {
  const { refusals } = imager("v1.6.4", { extensionImages: { drbd: "ghcr.io/siderolabs/drbd:9.2.6-v1.6.3" } });
  expect(refusals).toEqual([
    "PL5033 ghcr.io/siderolabs/drbd:9.2.6-v1.6.3 has kernel modules, and is not of Talos v1.6.4",
  ]);
  const digest = `ghcr.io/siderolabs/drbd@sha256:${"0".repeat(64)}`;
  expect(imager("v1.6.4", { extensionImages: { drbd: digest } }).refusals).toEqual([]);
});

it("gives a disk image its size, without which the imager refuses it", () => {
  const { made } = imager("v1.6.4", { output: { kind: "image", diskSize: 1306525696 } });
  expect(made.output).toEqual({
    kind: "image",
    imageOptions: { diskSize: 1306525696, diskFormat: "raw" },
    outFormat: ".zst",
  });
});
