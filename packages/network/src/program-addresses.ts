import { currentProgram, Gate } from "@plinth/bridge";
import { type BlockRequest, Check, Cidr, type CidrText, lockAddresses, type Program, pinAddresses } from "@plinth/core";

/** The address plan of a program. */
export interface ProgramAddressesProps {
  /** Ranges from which blocks are taken, by the pool's name; earlier ones are filled first. */
  readonly pools: Readonly<Record<string, readonly CidrText[]>>;
  /**
   * File that holds blocks in place; commit it. Read at once, when it is there; written by {@link ProgramAddresses.lock}.
   * @default - none: blocks are placed anew each time, in the order in which they are asked for
   */
  readonly lockFile?: string;
}

/** A range that is fixed. */
export interface RegisteredRange {
  /** Whose it is: a construct, or something outside the program. */
  readonly owner: string;
  /** What it is for, for messages. */
  readonly use: string;
  readonly cidr: CidrText;
}

/**
 * The address plan of the program that runs: fixed ranges are registered, blocks are taken from pools. No two ranges of a
 * program overlap, those of `L3VPNNetwork` and clusters included.
 *
 * @example
 * const addresses = new ProgramAddresses({ pools: { tenants: ["10.64.0.0/12"] }, lockFile: "plinth.lock.json" });
 * const pods = addresses.block({ owner: "tenant-a", name: "pods", pool: "tenants", prefix: 20 });
 * addresses.lock();
 */
export class ProgramAddresses {
  readonly #program: Program;
  readonly #lockFile: string | undefined;

  constructor({ pools, lockFile }: ProgramAddressesProps) {
    this.#program = currentProgram();
    // so that a program without any other construct of ours reports what is refused
    void Gate.of(this.#program).dependency.apply(() => {});
    this.#lockFile = lockFile;
    if (lockFile !== undefined) pinAddresses(this.#program, lockFile);
    const check = new Check("addresses");
    const read = Object.entries(pools).map(([name, texts]) => ({
      name,
      cidrs: texts.flatMap((text, i) => check.cidr(`pools.${name}[${i}]`, text) ?? []),
      whole: texts.length,
    }));
    this.#program.take(check);
    // one that could not be read has been refused as such
    for (const { whole, ...pool } of read) if (pool.cidrs.length === whole) this.#program.pool(pool);
  }

  /** Registers a range that is fixed; one that overlaps another is refused, naming both owners (PL1005). */
  register({ owner, use, cidr: text }: RegisteredRange): void {
    const check = new Check(owner);
    const cidr = check.cidr("cidr", text);
    this.#program.take(check);
    if (cidr !== undefined) this.#program.claim([{ owner, use, cidr, property: "cidr" }]);
  }

  /**
   * Takes a block from a pool.
   * @throws PlinthReport when it is refused (PL1012, PL1013) or the program is already: nothing can go on without its addresses
   */
  block(request: BlockRequest): CidrText {
    const cidr = this.#program.allocate(request);
    if (cidr instanceof Cidr) return cidr.toString() as CidrText;
    return this.#refused();
  }

  /**
   * Writes the lock file when something has changed. To be called at the program's end.
   * @returns whether it was written
   * @throws PlinthReport when the program was refused
   * @throws TypeError when no lock file was named
   */
  lock(): boolean {
    if (this.#lockFile === undefined) throw new TypeError("ProgramAddresses has no lockFile");
    return lockAddresses(this.#program, this.#lockFile);
  }

  #refused(): never {
    this.#program.throwIfRefused();
    throw new Error("unreachable: a block without a place has been refused");
  }
}
