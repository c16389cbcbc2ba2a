import type { BinaryPin } from "./pins.js";

/**
 * The settings of all builds, as environment. They are the same everywhere, because Go shares compiled packages only
 * between builds of equal flags; `-mod=mod` because the groups name only their direct modules.
 */
export const BUILD_FLAGS = {
  CGO_ENABLED: "0",
  GOTOOLCHAIN: "local",
  GOFLAGS: "-mod=mod -trimpath",
} as const;

/** The flags of the linker: no symbol tables, and what is stamped in. */
export function linkerFlags(binary: BinaryPin): string {
  const stamps = Object.entries(binary.stamps ?? {}).map(([name, value]) => `-X ${name}=${value}`);
  return ["-s -w", ...stamps].join(" ");
}
