import type { DescribeOptions } from "./describe.js";

/** How a description looks well where this process prints: coloured on a terminal, and as wide as that. */
export function terminal(): Pick<DescribeOptions, "color" | "width"> {
  const { isTTY, columns } = process.stdout;
  return isTTY ? { color: true, width: columns } : {};
}
