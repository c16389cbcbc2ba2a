/** Memory with the unit in which it is a whole number, for example `8 GiB` or `1536 MiB`. */
export function memoryText(mebibytes: number): string {
  return mebibytes % 1024 === 0 ? `${mebibytes / 1024} GiB` : `${mebibytes} MiB`;
}

/** A number with its noun, for example `1 zone` or `3 zones`. @param plural @default - the noun and an s */
export function counted(count: number | bigint | string, noun: string, plural = `${noun}s`): string {
  return `${count} ${Number(count) === 1 ? noun : plural}`;
}

/** A number of addresses: exact where a reader can take it in, else the nearest power of two. */
export function addressesText(count: bigint): string {
  if (count < 1_000_000_000n) return counted(count, "address", "addresses");
  const bits = count.toString(2);
  return `about 2^${bits.startsWith("11") ? bits.length : bits.length - 1} addresses`;
}

/** A size, for example `1-10`, or `3` where it does not change. */
export function sizeText({ min, max }: { readonly min: number; readonly max: number }): string {
  return min === max ? `${max}` : `${min}-${max}`;
}

/** How the largest packet of a pod comes about, for example `network 1500 - VXLAN 50 = pods 1450`. */
export function mtuSum(mtu: number, pods: { readonly mtu: number; readonly encapsulation: string }): string {
  return `network ${mtu} - ${pods.encapsulation} ${mtu - pods.mtu} = pods ${pods.mtu}`;
}

/** A program in which nothing has a table or a drawing. */
export const NOTHING = "No network, group of nodes or platform is described.";
