import { type AddressLock, addressKey, type Placement } from "./address-lock.js";

/** A block that is not where it was: it has another size, or is taken from another pool. */
export interface MovedBlock {
  readonly from: Placement;
  readonly to: Placement;
}

/** How an address plan differs from an earlier one. */
export interface AddressChanges {
  /** Blocks that are where they were. */
  readonly kept: readonly Placement[];
  /** Blocks that are new. */
  readonly added: readonly Placement[];
  /** Blocks that nobody asks for any more: their places are free again. */
  readonly removed: readonly Placement[];
  /** Blocks that were asked for differently. One that is asked for as before never moves. */
  readonly moved: readonly MovedBlock[];
}

/** Compares two address plans, block by block. Each list is in the order of its plan. */
export function addressChanges(before: AddressLock, after: AddressLock): AddressChanges {
  const earlier = new Map(before.map((placement) => [addressKey(placement), placement]));
  const still = new Set(after.map(addressKey));
  const pairs = after.map((to) => ({ from: earlier.get(addressKey(to)), to }));
  const same = (from: Placement, to: Placement): boolean => from.pool === to.pool && from.cidr.equals(to.cidr);
  return {
    kept: pairs.flatMap(({ from, to }) => (from !== undefined && same(from, to) ? [to] : [])),
    added: pairs.flatMap(({ from, to }) => (from === undefined ? [to] : [])),
    removed: before.filter((placement) => !still.has(addressKey(placement))),
    moved: pairs.flatMap(({ from, to }) => (from === undefined || same(from, to) ? [] : [{ from, to }])),
  };
}
