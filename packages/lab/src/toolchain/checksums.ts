/** A digest as it is published. */
export interface Checksum {
  readonly algorithm: "sha1" | "sha256" | "sha512";
  /** Hexadecimal, lower case. */
  readonly digest: string;
}

/** SHA-1 is what some makers publish; it is safe against a file made to match a given digest, which is the case here. */
const ALGORITHMS: Readonly<Record<number, Checksum["algorithm"]>> = { 40: "sha1", 64: "sha256", 128: "sha512" };

/**
 * The checksum of a file in a published list: lines of a digest and a file name, as `sha256sum` writes them (`./` and `*`
 * before the name are allowed), or a digest alone. Undefined when the file is not in it.
 */
export function checksumIn(list: string, file: string): Checksum | undefined {
  for (const line of list.split("\n")) {
    const match = /^([0-9a-f]+)(?:\s+\*?(?:\.\/)?(\S+))?\s*$/i.exec(line);
    const digest = match?.[1]?.toLowerCase();
    const algorithm = ALGORITHMS[digest?.length ?? 0];
    if (digest === undefined || algorithm === undefined) continue;
    if (match?.[2] === undefined || match[2] === file) return { algorithm, digest };
  }
  return undefined;
}
