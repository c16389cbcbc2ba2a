import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { Cidr } from "./address.js";
import { PlinthError } from "./errors.js";
import type { Program } from "./program.js";
import { CORE } from "./rules.js";

/** A block and where it was placed. */
export interface Placement {
  /** Construct path of whoever has it. */
  readonly owner: string;
  /** What distinguishes it from the owner's other blocks. */
  readonly name: string;
  /** Name of the pool. */
  readonly pool: string;
  readonly cidr: Cidr;
}

/** Places that an earlier plan has given. */
export type AddressLock = readonly Placement[];

/** Name of the file in the program's folder. It is committed: whoever runs the program gets the same addresses. */
export const ADDRESS_LOCK_FILE = "plinth.lock.json";

const VERSION = 1;

/** What distinguishes a block from all others of a program. */
export function addressKey({ owner, name }: Pick<Placement, "owner" | "name">): string {
  return JSON.stringify([owner, name]);
}

/**
 * Holds the blocks of a program where its lock file says. A program that has no lock file yet gets its first plan.
 * To be called before the program's constructs are made.
 * @param file path of the lock file, usually {@link ADDRESS_LOCK_FILE}
 */
export function pinAddresses(program: Program, file: string): void {
  program.addressLockFile = file;
  const text = readIfThere(file);
  if (text === undefined) return;
  const lock = parseAddressLock(text, file);
  const refusals = PlinthError.isInstance(lock) ? [lock] : program.addressPlan.pin(lock);
  for (const refusal of refusals) program.refuse(refusal);
}

/**
 * Writes where the blocks of a program are, so that the next run finds them there; what the program does not have any more is
 * left out. To be called when the program's constructs have been made; nothing is written when nothing has changed, nor by a
 * program that is only described.
 * @param file path of the lock file, usually {@link ADDRESS_LOCK_FILE}
 * @returns whether the file was written
 * @throws PlinthReport when the program was refused: its plan is not whole
 */
export function lockAddresses(program: Program, file: string): boolean {
  program.throwIfRefused();
  const text = formatAddressLock(program.addressPlan.lock);
  if (!program.writesFiles || readIfThere(file) === text) return false;
  writeAddressLock(file, text);
  return true;
}

/** Writes a lock file. @param file its path @param text as {@link formatAddressLock} makes it */
export function writeAddressLock(file: string, text: string): void {
  // a reader never finds half a file
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}

/** The text of a lock file: sorted, one block a line, so that two branches that add blocks can be merged. */
export function formatAddressLock(lock: AddressLock): string {
  const lines = [...lock]
    .sort((a, b) => compare(addressKey(a), addressKey(b)))
    .map(({ owner, name, pool, cidr }) => `    ${JSON.stringify({ owner, name, pool, cidr: cidr.toString() })}`);
  const addresses = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`;
  return `{\n  "version": ${VERSION},\n  "addresses": ${addresses}\n}\n`;
}

/** Reads the text of a lock file. @param file its path, for the message @returns the refusal (PL1014) when it is none */
export function parseAddressLock(text: string, file: string): AddressLock | PlinthError {
  const refuse = (message: string): PlinthError =>
    new PlinthError(CORE.addressLock, {
      path: file,
      message,
      fix: "take the file from the last commit in which it was right; removing it may move every block",
    });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    return refuse(`${file} is not JSON: ${(error as Error).message}`);
  }
  const { version, addresses } = (content ?? {}) as { version?: unknown; addresses?: unknown };
  if (version !== VERSION) return refuse(`${file} has the version ${JSON.stringify(version)}, not ${VERSION}`);
  if (!Array.isArray(addresses)) return refuse(`${file} has no list of addresses`);
  const placements: Placement[] = [];
  for (const [i, entry] of addresses.entries()) {
    const { owner, name, pool, cidr: given } = (entry ?? {}) as Record<string, unknown>;
    const cidr = typeof given === "string" ? Cidr.parse(given) : undefined;
    if (typeof owner !== "string" || typeof name !== "string" || typeof pool !== "string" || !(cidr instanceof Cidr)) {
      return refuse(`${file}: addresses[${i}] is not a block with owner, name, pool and cidr`);
    }
    placements.push({ owner, name, pool, cidr });
  }
  return placements;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
