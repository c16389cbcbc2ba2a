import { Cidr } from "./address.js";
import { AddressPlan, type AddressPool, type BlockRequest } from "./address-plan.js";
import { type AddressClaim, AddressRegistry } from "./address-registry.js";
import type { Check } from "./check.js";
import { PlinthError, PlinthReport } from "./errors.js";
import { CORE } from "./rules.js";

/** What a construct tells about itself: its plan, for pictures and explanations. */
export interface Described {
  /** Class of the construct, for example `L3VPNNetwork`. */
  readonly kind: string;
  /** Construct path or component name. */
  readonly path: string;
  /** The construct's plan: plain data, the type is that of the kind's package. */
  readonly plan: unknown;
}

const PROGRAM = Symbol.for("plinth.program");

/**
 * What belongs to a whole program: its address plan, what was refused, what it describes. It hangs on the program's root
 * object (a cdk8s App or a Pulumi root stack), never on a module: two programs in one process don't see each other.
 */
export class Program {
  readonly addresses = new AddressRegistry();
  /** Places blocks beside {@link addresses}. */
  readonly addressPlan = new AddressPlan(this.addresses);
  /** Lock file of the address plan, when the program has named one. */
  addressLockFile: string | undefined;
  /** Whether the program may write files, such as its lock file: one that is only described does not. @default true */
  writesFiles = true;
  readonly #described: Described[] = [];
  readonly #refusals: PlinthError[] = [];
  readonly #warnings: string[] = [];

  /** The program of a root object; made when it is asked for the first time. */
  static of(root: object): Program {
    const holder = root as { [PROGRAM]?: Program };
    holder[PROGRAM] ??= new Program();
    return holder[PROGRAM];
  }

  /** Makes `root` part of a program that has its root elsewhere, as a chart inside a Pulumi component is. */
  static attach(root: object, program: Program): void {
    (root as { [PROGRAM]?: Program })[PROGRAM] = program;
  }

  get described(): readonly Described[] {
    return this.#described;
  }

  get refusals(): readonly PlinthError[] {
    return this.#refusals;
  }

  get warnings(): readonly string[] {
    return this.#warnings;
  }

  /** Takes what a construct tells; a second one of the same kind and name is refused (PL1015). */
  describe(described: Described): void {
    const { kind, path } = described;
    if (this.#described.some((other) => other.kind === kind && other.path === path)) {
      this.refuse(
        new PlinthError(CORE.sameName, {
          path,
          property: "name",
          value: path,
          message: `There is another ${kind} with the name ${path}`,
          fix: `give one of both ${kind}s another name`,
        }),
      );
    }
    this.#described.push(described);
  }

  /** Takes over what a construct's check has found. */
  take(check: Check): void {
    this.#refusals.push(...check.refusals);
    this.#warnings.push(...check.warnings);
  }

  refuse(refusal: PlinthError): void {
    this.#refusals.push(refusal);
  }

  /** Takes address ranges; those that overlap another are refused. */
  claim(claims: readonly AddressClaim[]): void {
    for (const claim of claims) {
      const refusal = this.addresses.claim(claim);
      if (refusal !== undefined) this.#refusals.push(refusal);
    }
  }

  /** Says from what ranges blocks of a name are taken; what is wrong with them is refused. */
  pool(pool: AddressPool): void {
    const refusal = this.addressPlan.pool(pool);
    if (refusal !== undefined) this.#refusals.push(refusal);
  }

  /** Places a block. @returns its range, or `undefined` when it is refused */
  allocate(request: BlockRequest): Cidr | undefined {
    const placed = this.addressPlan.allocate(request);
    if (placed instanceof Cidr) return placed;
    this.#refusals.push(placed);
    return undefined;
  }

  /** Throws all refusals as one report, when there are any. */
  throwIfRefused(): void {
    if (this.#refusals.length > 0) throw new PlinthReport(this.#refusals);
  }
}
