import type { Part } from "../part.js";
import { sayer } from "../report.js";
import type { ToolPin } from "../toolchain/pins.js";
import type { Toolchain } from "../toolchain/toolchain.js";

/** How a part comes by what it needs where that is programs alone. */
export function fromToolchain(
  toolchain: Toolchain,
  name: string,
  pins: readonly ToolPin[],
): Pick<Part, "systemPackages" | "missing" | "acquire"> {
  return {
    systemPackages: async () => [],
    missing: () => toolchain.missing(pins),
    acquire: (context) => toolchain.acquire(pins, { say: sayer(context, name), signal: context.signal }),
  };
}
