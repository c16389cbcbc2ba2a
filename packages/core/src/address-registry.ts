import type { Cidr } from "./address.js";
import { PlinthError } from "./errors.js";
import { CORE } from "./rules.js";

/** A range of addresses that somebody in the program uses. */
export interface AddressClaim {
  readonly cidr: Cidr;
  /** Construct path of the owner. */
  readonly owner: string;
  /** The owner's property, for example `sites[0].cidrs[1]`. */
  readonly property: string;
  /** What it is for, for example `site racks` or `pod network`. */
  readonly use: string;
  /**
   * Says that the range belongs to something outside the program that several constructs may name: claims with the same
   * `shared` and the same CIDR are one claim. @default - the owner's alone
   */
  readonly shared?: string;
  /**
   * Says that the range was placed by an {@link AddressPlan} for somebody who may still register it: the first claim of the
   * same CIDR takes its place. @default false
   */
  readonly allocated?: boolean;
}

/** Every address range of a program, with its owner. No two overlap. */
export class AddressRegistry {
  /** Claims that stand, by version, ordered by their first address; none overlaps another. */
  readonly #claims = { 4: [] as AddressClaim[], 6: [] as AddressClaim[] };

  /** All claims that stand, IPv4 before IPv6, by first address. */
  get claims(): readonly AddressClaim[] {
    return [...this.#claims[4], ...this.#claims[6]];
  }

  /** A claim that a range overlaps, if there is one. */
  find(cidr: Cidr): AddressClaim | undefined {
    const claims = this.#claims[cidr.version];
    const index = firstAfter(claims, cidr.first.value);
    return [claims[index - 1], claims[index]].find((one) => one?.cidr.overlaps(cidr));
  }

  /**
   * Takes a range for an owner.
   * @returns the refusal when the range overlaps one that stands (the claim is then not taken), otherwise `undefined`
   */
  claim(claim: AddressClaim): PlinthError | undefined {
    const claims = this.#claims[claim.cidr.version];
    const other = this.find(claim.cidr);
    const index = firstAfter(claims, claim.cidr.first.value);
    if (other === undefined) {
      claims.splice(index, 0, claim);
      return undefined;
    }
    if (other.allocated === true && claim.allocated !== true && claim.cidr.equals(other.cidr)) {
      claims[index - 1] = claim;
      return undefined;
    }
    if (claim.shared !== undefined && claim.shared === other.shared && claim.cidr.equals(other.cidr)) return undefined;
    return new PlinthError(CORE.overlap, {
      path: claim.owner,
      property: claim.property,
      value: claim.cidr.toString(),
      message: `${claim.cidr} (${claim.use}) overlaps ${other.cidr} (${other.use} of ${other.owner}, ${other.property})`,
      fix: `give one of the two another range: ${claim.owner} (${claim.property}) or ${other.owner} (${other.property})`,
    });
  }
}

/** Index of the first claim that begins after `value`. */
function firstAfter(claims: readonly AddressClaim[], value: bigint): number {
  let low = 0;
  let high = claims.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const claim = claims[middle];
    if (claim !== undefined && claim.cidr.first.value <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
