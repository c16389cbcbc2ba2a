import { Address, Cidr } from "./address.js";
import { type AddressLock, addressKey, type Placement } from "./address-lock.js";
import { type AddressClaim, AddressRegistry } from "./address-registry.js";
import { type Breach, PlinthError, type Rule } from "./errors.js";
import { CORE } from "./rules.js";

/** Ranges from which blocks are taken. */
export interface AddressPool {
  /** Name, unique in the program, for example `tenants`. */
  readonly name: string;
  /** One or more ranges, all of one IP version; earlier ones are filled first. */
  readonly cidrs: readonly Cidr[];
}

/** A block that somebody needs, wherever there is room. */
export interface BlockRequest {
  /** Construct path of whoever gets it. */
  readonly owner: string;
  /** What distinguishes it from the owner's other blocks, for example `pods`. With the owner it is the key in the lock. */
  readonly name: string;
  /** Name of the pool. */
  readonly pool: string;
  /** Prefix length in bits, for example 24. */
  readonly prefix: number;
  /** What it is for, for messages. @default - the name */
  readonly use?: string;
}

const BITS = { 4: 32, 6: 128 } as const;

/**
 * Places blocks in pools, beside all ranges that the program has registered.
 *
 * A block goes into the first gap of its pool that is large enough, at a multiple of its size. Blocks that are pinned (see
 * {@link pin}) keep their place whatever is inserted, removed or reordered around them, and nobody else gets it, even when
 * its owner is not there any more. Without pins the plan is deterministic, and depends on the order of the requests.
 * Ranges that are fixed are registered before blocks are placed: one that comes later and meets a block is refused.
 */
export class AddressPlan {
  readonly #registry: AddressRegistry;
  readonly #pools = new Map<string, AddressPool>();
  readonly #pins = new Map<string, Placement>();
  readonly #pinned = new AddressRegistry();
  readonly #placements = new Map<string, Placement>();
  /** Where the next search begins, by range and prefix length: nothing is ever given back, so no gap opens before it. */
  readonly #searched = new Map<string, bigint>();

  /** @param registry the ranges that are taken; blocks that are placed are added to it */
  constructor(registry: AddressRegistry) {
    this.#registry = registry;
  }

  /** All blocks that were placed, in the order of the requests. */
  get placements(): readonly Placement[] {
    return [...this.#placements.values()];
  }

  /** Where an earlier plan had its blocks. */
  get pinned(): AddressLock {
    return [...this.#pins.values()];
  }

  /** What a lock file holds: the blocks that were placed. */
  get lock(): AddressLock {
    return this.placements;
  }

  /**
   * Says from what range blocks of a name are taken.
   * @returns the refusal of a name that is taken by other ranges, or of ranges that are none (PL1013)
   */
  pool(pool: AddressPool, owner = pool.name): PlinthError | undefined {
    const known = this.#pools.get(pool.name);
    const [first, ...others] = pool.cidrs;
    const problem =
      first === undefined
        ? "has no range"
        : others.some(({ version }) => version !== first.version)
          ? "has ranges of both IP versions"
          : known !== undefined && known.cidrs.join() !== pool.cidrs.join()
            ? `has the ranges ${known.cidrs.join(", ")} already`
            : undefined;
    if (problem === undefined) {
      this.#pools.set(pool.name, pool);
      return undefined;
    }
    return refusal(CORE.blockRequest, owner, {
      property: `pools.${pool.name}`,
      value: pool.cidrs.map(String),
      message: `The pool ${pool.name} ${problem}`,
      fix: "give each pool a name of its own and ranges of one IP version, for example 10.64.0.0/12",
    });
  }

  /**
   * Holds blocks where an earlier plan has put them. To be called before the first block is placed.
   * @returns refusals of places that overlap (PL1014)
   * @throws Error when blocks have been placed already
   */
  pin(lock: AddressLock): readonly PlinthError[] {
    if (this.#placements.size > 0) throw new Error("Addresses are pinned before the first block is placed");
    return lock.flatMap((placement): PlinthError[] => {
      const { owner, name, cidr } = placement;
      const clash = this.#pinned.claim({ cidr, owner, property: name, use: "pinned block" });
      if (clash === undefined) {
        this.#pins.set(addressKey(placement), placement);
        return [];
      }
      return [
        refusal(CORE.addressLock, owner, {
          property: name,
          value: cidr.toString(),
          message: `The lock holds two blocks that overlap: ${clash.summary}`,
          fix: "take the lock file from the last commit in which it was right, or remove one of the two entries",
        }),
      ];
    });
  }

  /**
   * Places a block.
   * @returns its range, or the refusal: of a request that cannot be met as it stands (PL1013), of a pool without room (PL1012),
   * of a pinned place that somebody else has registered (PL1005)
   */
  allocate(request: BlockRequest): Cidr | PlinthError {
    const { owner, name, pool: poolName, prefix } = request;
    const pool = this.#pools.get(poolName);
    if (pool === undefined) {
      const known = [...this.#pools.keys()];
      return refusal(CORE.blockRequest, owner, {
        property: name,
        value: poolName,
        message: `There is no pool ${poolName}`,
        fix:
          known.length === 0 ? "name the pool's ranges before blocks are taken from it" : `use ${known.join(" or ")}`,
      });
    }
    const version = pool.cidrs[0]?.version ?? 4;
    const widest = Math.min(...pool.cidrs.map((range) => range.prefix));
    if (!Number.isInteger(prefix) || prefix < widest || prefix > BITS[version]) {
      return refusal(CORE.blockRequest, owner, {
        property: name,
        value: prefix,
        message: `A block of the pool ${poolName} cannot have the prefix length ${prefix}`,
        fix: `use a prefix length from ${widest} to ${BITS[version]}`,
      });
    }
    const key = addressKey(request);
    if (this.#placements.has(key)) {
      return refusal(CORE.blockRequest, owner, {
        property: name,
        value: name,
        message: `${owner} asks twice for a block named ${name}`,
        fix: "give each block of an owner a name of its own",
      });
    }
    return this.#place(request, pool, this.#pinOf(request, pool));
  }

  /** Where the block was, when it is still the same block. */
  #pinOf(request: BlockRequest, pool: AddressPool): Cidr | undefined {
    const pin = this.#pins.get(addressKey(request));
    if (pin === undefined || pin.cidr.prefix !== request.prefix) return undefined;
    return pool.cidrs.some((range) => range.contains(pin.cidr)) ? pin.cidr : undefined;
  }

  #place(request: BlockRequest, pool: AddressPool, pin: Cidr | undefined): Cidr | PlinthError {
    const { owner, name, prefix, use = name } = request;
    const cidr = pin ?? this.#search(pool, prefix);
    if (cidr === undefined) {
      const taken = this.#registry.claims.filter((claim) => pool.cidrs.some((range) => range.overlaps(claim.cidr)));
      return refusal(CORE.poolExhausted, owner, {
        property: name,
        value: `/${prefix}`,
        message: `The pool ${pool.name} (${pool.cidrs.join(", ")}) has no room for a /${prefix} of ${owner}: ${taken.length} ranges are in it`,
        fix: `add a range to the pool ${pool.name}, ask for less than a /${prefix}, or remove what is not used from the lock file`,
      });
    }
    const claim: AddressClaim = { cidr, owner, property: name, use, allocated: true };
    const clash = this.#registry.claim(claim);
    if (clash !== undefined) return clash;
    this.#placements.set(addressKey(request), { owner, name, pool: pool.name, cidr });
    return cidr;
  }

  /** The first free block of a size in a pool. */
  #search(pool: AddressPool, prefix: number): Cidr | undefined {
    for (const range of pool.cidrs) {
      if (prefix < range.prefix) continue;
      const size = 1n << BigInt(BITS[range.version] - prefix);
      const searched = `${range} ${prefix}`;
      let at = this.#searched.get(searched) ?? range.first.value;
      while (at + size - 1n <= range.last.value) {
        const block = new Cidr(new Address(range.version, at), prefix);
        const other = this.#registry.find(block) ?? this.#pinned.find(block);
        this.#searched.set(searched, at);
        if (other === undefined) return block;
        // to the first multiple of the block's size behind what is in the way
        const last = block.contains(other.cidr) ? block.last : other.cidr.last;
        at = (last.value / size + 1n) * size;
      }
      this.#searched.set(searched, at);
    }
    return undefined;
  }
}

function refusal(rule: Rule, path: string, breach: Omit<Breach, "path">): PlinthError {
  return new PlinthError(rule, { path, ...breach });
}
