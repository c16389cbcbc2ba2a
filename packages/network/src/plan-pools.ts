import { Address, type AddressRange, type Check, Cidr, countAddresses } from "@plinth/core";
import type { ReservedAddress } from "./plan-reserved.js";
import type { AllocationPool } from "./props.js";
import { NETWORK } from "./rules.js";

/** The allocation pools: those given, checked, or all host addresses that are not reserved. */
export function planPools(
  cidr: Cidr,
  reserved: readonly ReservedAddress[],
  given: readonly AllocationPool[] | undefined,
  check: Check,
): AddressRange[] {
  const free = freeRanges(cidr, reserved);
  if (given !== undefined) return readPools(cidr, free, reserved, given, check);
  if (countAddresses(free) === 0n) {
    check.refuse(NETWORK.noAddresses, {
      property: "cidr",
      value: cidr.toString(),
      message: `Every host address of ${cidr} is reserved`,
      fix: `use a larger range, for example ${larger(cidr, reserved)}`,
    });
  }
  return free;
}

/** The smallest range around this one that has host addresses which are not reserved. */
function larger(cidr: Cidr, reserved: readonly ReservedAddress[]): Cidr {
  const size = 2n * cidr.size;
  const around = new Cidr(new Address(cidr.version, cidr.first.value - (cidr.first.value % size)), cidr.prefix - 1);
  return countAddresses(freeRanges(around, reserved)) > 0n ? around : larger(around, reserved);
}

/** The host addresses of a range without the reserved ones, as runs. */
export function freeRanges(cidr: Cidr, reserved: readonly ReservedAddress[]): AddressRange[] {
  const taken = reserved.map(({ address }) => address).sort((a, b) => (a.value < b.value ? -1 : 1));
  const ranges: AddressRange[] = [];
  let next = cidr.firstHost;
  for (const address of [...taken, cidr.lastHost.plus(1)]) {
    if (address.value > next.value) ranges.push({ first: next, last: address.plus(-1) });
    if (address.value >= next.value) next = address.plus(1);
  }
  return ranges;
}

function readPools(
  cidr: Cidr,
  free: readonly AddressRange[],
  reserved: readonly ReservedAddress[],
  given: readonly AllocationPool[],
  check: Check,
): AddressRange[] {
  const pools: AddressRange[] = [];
  given.forEach((pool, i) => {
    const property = `allocationPools[${i}]`;
    const first = check.address(`${property}.start`, pool.start);
    const last = check.address(`${property}.end`, pool.end);
    if (first === undefined || last === undefined) return;
    const range = { first, last };
    const value = `${first}-${last}`;
    const covered = reserved.filter(({ address }) => covers(range, address));
    const other = pools.find((one) => covers(one, first) || covers(range, one.first));
    if (!cidr.isHost(first) || !cidr.isHost(last) || last.value < first.value || other !== undefined) {
      check.refuse(NETWORK.poolInvalid, {
        property,
        value,
        message:
          other === undefined
            ? `The pool ${value} does not run upwards inside ${cidr.firstHost} to ${cidr.lastHost}`
            : `The pool ${value} overlaps the pool ${other.first}-${other.last}`,
        fix: `use ${show(free)}`,
      });
    } else if (covered.length > 0) {
      check.refuse(NETWORK.poolCovers, {
        property,
        value,
        message: `The pool ${value} covers ${covered.map(({ address, use }) => `${address} (${use})`).join(" and ")}`,
        fix: `leave allocationPools out, or use ${show(free)}`,
      });
    }
    pools.push(range);
  });
  return pools;
}

function covers(range: AddressRange, address: Address): boolean {
  return range.first.value <= address.value && address.value <= range.last.value;
}

function show(ranges: readonly AddressRange[]): string {
  return ranges.map(({ first, last }) => `${first}-${last}`).join(" and ");
}
