import { Address, type AddressRange, Cidr } from "@plinth/core";

/** A subnet of nodes, with where it was given. */
export interface ReadSubnet {
  readonly cidr: Cidr;
  readonly property: string;
  readonly site: string | undefined;
}

/** A run of addresses as text: a single CIDR where it is one, else first and last. */
export function rangeText({ first, last }: AddressRange): string {
  const cidr = cidrsOf({ first, last });
  return cidr.length === 1 ? String(cidr[0]) : `${first}-${last}`;
}

/** The CIDRs that a run of addresses is made of, the fewest. */
export function cidrsOf({ first, last }: AddressRange): Cidr[] {
  const bits = first.version === 4 ? 32 : 128;
  const cidrs: Cidr[] = [];
  for (let at = first.value; at <= last.value; ) {
    let prefix = bits;
    while (prefix > 0) {
      const size = 1n << BigInt(bits - prefix + 1);
      if (at % size !== 0n || at + size - 1n > last.value) break;
      prefix--;
    }
    cidrs.push(new Cidr(new Address(first.version, at), prefix));
    at += 1n << BigInt(bits - prefix);
  }
  return cidrs;
}
