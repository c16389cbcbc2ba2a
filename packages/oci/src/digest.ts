import { createHash } from "node:crypto";

/** The digest by which registries know content. @returns `sha256:` and 64 hexadecimal digits */
export function digestOf(content: Uint8Array | string): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}
