const FACTORS: Readonly<Record<string, bigint>> = {
  "": 1n,
  k: 10n ** 3n,
  M: 10n ** 6n,
  G: 10n ** 9n,
  T: 10n ** 12n,
  Ki: 1n << 10n,
  Mi: 1n << 20n,
  Gi: 1n << 30n,
  Ti: 1n << 40n,
};

/** Text of an amount of memory or disk, as Kubernetes writes it: `8Gi`, `512Mi`, `50G`. */
export type QuantityText = `${number}${"" | "k" | "M" | "G" | "T" | "Ki" | "Mi" | "Gi" | "Ti"}`;

/**
 * Reads an amount of bytes. Fractions are allowed where the result is a whole number of bytes.
 * @returns the number of bytes, or `undefined` when the text is not a quantity
 */
export function parseQuantity(text: string): bigint | undefined {
  const match = /^(\d+)(?:\.(\d+))?(k|[MGT]i?|Ki)?$/.exec(text);
  if (match === null) return undefined;
  const [, whole = "", fraction = "", suffix = ""] = match;
  const factor = FACTORS[suffix] ?? 1n;
  const scale = 10n ** BigInt(fraction.length);
  const scaled = BigInt(whole + fraction) * factor;
  return scaled % scale === 0n ? scaled / scale : undefined;
}

/** Bytes as whole MiB (OpenStack's unit of memory), or `undefined` when they are not whole. */
export function toMebibytes(bytes: bigint): number | undefined {
  return bytes % (1n << 20n) === 0n ? Number(bytes >> 20n) : undefined;
}

/** Bytes as whole GiB (OpenStack's unit of disk), or `undefined` when they are not whole. */
export function toGibibytes(bytes: bigint): number | undefined {
  return bytes % (1n << 30n) === 0n ? Number(bytes >> 30n) : undefined;
}
