import { expect, it } from "vitest";
import { currentPlatform } from "./platform.js";

it.each([
  ["linux", "x64", { os: "linux", arch: "amd64" }],
  ["linux", "arm64", { os: "linux", arch: "arm64" }],
  ["linux", "riscv64", undefined],
  ["darwin", "arm64", undefined],
  ["win32", "x64", undefined],
])("%s %s", (os, arch, platform) => {
  expect(currentPlatform(os, arch)).toEqual(platform);
});
