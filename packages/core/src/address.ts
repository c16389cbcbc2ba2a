import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
/** Loaded with the first IPv6 address: it takes as long to load as all of this package, and most programs have none. */
const ipNum = (): typeof import("ip-num") => require("ip-num");

/** Version of the Internet Protocol. */
export type IpVersion = 4 | 6;

/** Text of a CIDR, for example `192.168.200.0/24`. */
export type CidrText = `${string}/${number}`;

/** Why a text is not an address or a CIDR, in words for the message of a refusal. */
export interface AddressFault {
  readonly kind: "address" | "octal" | "cidr" | "hostBits";
  readonly message: string;
  readonly fix: string;
}

const BITS = { 4: 32, 6: 128 } as const;

/** An IPv4 or IPv6 address. Immutable; compared by value. */
export class Address {
  readonly version: IpVersion;
  /** The address as a number. */
  readonly value: bigint;

  constructor(version: IpVersion, value: bigint) {
    this.version = version;
    this.value = value;
  }

  /** Reads an address, strictly: no octal, no short forms, no zone, no spaces. */
  static parse(text: string): Address | AddressFault {
    if (/(^|\.)0\d+(\.|$)/.test(text)) {
      const decimal = text.replace(/(^|\.)0+(?=\d)/g, "$1");
      return {
        kind: "octal",
        message: `${text} has a leading zero`,
        fix: `write ${decimal}, if decimal numbers are meant`,
      };
    }
    const four = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
    if (four?.every((number) => number <= 255)) {
      return new Address(4, BigInt(four.reduce((sum, number) => sum * 256 + number)));
    }
    const six = /^[\da-f:.]+$/i.test(text) && text.includes(":") ? ipNum() : undefined;
    try {
      if (six !== undefined) return new Address(6, new six.IPv6(text).getValue());
    } catch {
      // falls through to the fault below: the library's own messages speak of octets and hexadecatets
    }
    return {
      kind: "address",
      message: `${show(text)} is not an address`,
      fix: "write it like 192.168.200.1 or fd00::1",
    };
  }

  equals(other: Address): boolean {
    return this.version === other.version && this.value === other.value;
  }

  /** The address `offset` further on (negative: before). */
  plus(offset: number | bigint): Address {
    return new Address(this.version, this.value + BigInt(offset));
  }

  /** Canonical text (IPv6 as in RFC 5952). */
  toString(): string {
    if (this.version === 4) return [24n, 16n, 8n, 0n].map((shift) => (this.value >> shift) & 255n).join(".");
    const groups = Array.from({ length: 8 }, (_, i) => ((this.value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
    return new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1);
  }
}

/** An address range in CIDR notation. Immutable; compared by value. */
export class Cidr {
  /** First address of the range (of IPv4: the network address). */
  readonly first: Address;
  /** Prefix length in bits. */
  readonly prefix: number;

  constructor(first: Address, prefix: number) {
    this.first = first;
    this.prefix = prefix;
  }

  /** Reads a CIDR, strictly: as {@link Address.parse}, with a decimal prefix length and no bit set behind it. */
  static parse(text: string): Cidr | AddressFault {
    const slash = text.indexOf("/");
    const prefixText = slash < 0 ? "" : text.slice(slash + 1);
    if (!/^(0|[1-9]\d{0,2})$/.test(prefixText)) {
      const fix =
        slash < 0 ? `add the prefix length, for example ${text}/24` : "write the prefix length as a decimal number";
      return { kind: "cidr", message: `${show(text)} is not a CIDR`, fix };
    }
    const address = Address.parse(text.slice(0, slash));
    if (!(address instanceof Address)) return address;
    const bits = BITS[address.version];
    const prefix = Number(prefixText);
    if (prefix > bits) {
      return {
        kind: "cidr",
        message: `${text} has a prefix of more than ${bits} bits`,
        fix: `use a prefix of 0 to ${bits}`,
      };
    }
    const mask = (1n << BigInt(bits - prefix)) - 1n;
    if ((address.value & mask) !== 0n) {
      const network = new Cidr(new Address(address.version, address.value & ~mask), prefix);
      return {
        kind: "hostBits",
        message: `${text} has bits set behind its prefix`,
        fix: `write ${network} for the range, or ${address}/${bits} for the one address`,
      };
    }
    return new Cidr(address, prefix);
  }

  get version(): IpVersion {
    return this.first.version;
  }

  /** Number of addresses, the first and the last included. */
  get size(): bigint {
    return 1n << BigInt(BITS[this.version] - this.prefix);
  }

  /** Last address of the range (of IPv4: the broadcast address). */
  get last(): Address {
    return this.first.plus(this.size - 1n);
  }

  /** First address that a host may have. */
  get firstHost(): Address {
    return this.size <= 2n ? this.first : this.first.plus(1);
  }

  /** Last address that a host may have: of IPv4 the one before the broadcast address. */
  get lastHost(): Address {
    return this.size <= 2n || this.version === 6 ? this.last : this.last.plus(-1);
  }

  contains(other: Address | Cidr): boolean {
    if (other.version !== this.version) return false;
    const [first, last] = other instanceof Cidr ? [other.first, other.last] : [other, other];
    return first.value >= this.first.value && last.value <= this.last.value;
  }

  /** Whether a host of the range may have this address: inside, and neither network nor broadcast address. */
  isHost(address: Address): boolean {
    return this.contains(address) && address.value >= this.firstHost.value && address.value <= this.lastHost.value;
  }

  overlaps(other: Cidr): boolean {
    return this.contains(other) || other.contains(this);
  }

  equals(other: Cidr): boolean {
    return this.prefix === other.prefix && this.first.equals(other.first);
  }

  toString(): string {
    return `${this.first}/${this.prefix}`;
  }
}

/** A run of addresses, both ends included. */
export interface AddressRange {
  readonly first: Address;
  readonly last: Address;
}

/** How many addresses the ranges have together. */
export function countAddresses(ranges: readonly AddressRange[]): bigint {
  return ranges.reduce((sum, { first, last }) => sum + last.value - first.value + 1n, 0n);
}

function show(text: string): string {
  return text === "" ? "an empty text" : JSON.stringify(text).slice(1, -1);
}
