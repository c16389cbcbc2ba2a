import { Address, type AddressFault, Cidr } from "./address.js";
import { parseDuration } from "./duration.js";
import { type Breach, PlinthError, type Rule } from "./errors.js";
import { parseQuantity } from "./quantity.js";
import { CORE } from "./rules.js";
import { isUnresolved } from "./unresolved.js";

/**
 * Collects what is wrong with one construct. Plans take one beside their properties, so that a plan stays a pure function
 * and reports all that is wrong, not only the first.
 */
export class Check {
  /** Construct path or component name. */
  readonly path: string;
  readonly refusals: PlinthError[] = [];
  /** Things that are allowed and probably not meant. */
  readonly warnings: string[] = [];

  constructor(path: string) {
    this.path = path;
  }

  /** Whether nothing is wrong so far. */
  get passed(): boolean {
    return this.refusals.length === 0;
  }

  refuse(rule: Rule, breach: Omit<Breach, "path">): void {
    this.refusals.push(new PlinthError(rule, { path: this.path, ...breach }));
  }

  warn(message: string): void {
    this.warnings.push(`${this.path}: ${message}`);
  }

  /** Reads an address, or refuses and returns `undefined`. */
  address(property: string, text: string): Address | undefined {
    const parsed = Address.parse(text);
    return parsed instanceof Address ? parsed : this.#fault(property, text, parsed);
  }

  /** Reads a CIDR, or refuses and returns `undefined`. */
  cidr(property: string, text: string): Cidr | undefined {
    const parsed = Cidr.parse(text);
    return parsed instanceof Cidr ? parsed : this.#fault(property, text, parsed);
  }

  /** Reads an amount of bytes, or refuses and returns `undefined`. */
  quantity(property: string, text: string): bigint | undefined {
    const bytes = parseQuantity(text);
    if (bytes === undefined) {
      this.refuse(CORE.quantity, {
        property,
        value: text,
        message: `${JSON.stringify(text)} is not a quantity`,
        fix: "write it like 8Gi or 512Mi",
      });
    }
    return bytes;
  }

  /** Reads a duration into milliseconds, or refuses and returns `undefined`. */
  duration(property: string, text: string): number | undefined {
    const milliseconds = parseDuration(text);
    if (milliseconds === undefined) {
      this.refuse(CORE.duration, {
        property,
        value: text,
        message: `${JSON.stringify(text)} is not a duration`,
        fix: "write it like 15m or 1h30m",
      });
    }
    return milliseconds;
  }

  /**
   * Refuses properties that are not among `fields`.
   * @param fields every property that the construct knows, as keys
   * @param property where `given` stands, for messages. @default - the construct's own properties
   */
  fields<T extends object>(given: T, fields: Readonly<Record<keyof T & string, true>>, property?: string): void {
    const known = Object.keys(fields);
    for (const key of Object.keys(given)) {
      if (known.includes(key)) continue;
      this.refuse(CORE.unknownField, {
        property: property === undefined ? key : `${property}.${key}`,
        message: `${key} is not a property that is known here`,
        fix: `use one of ${known.join(", ")}${nearest(key, known)}`,
      });
    }
  }

  /** Refuses a secret that is given as plain text. @param isOutput whether the value is a Pulumi Output */
  secret(property: string, value: unknown, isOutput: boolean): void {
    if (isOutput || isUnresolved(value)) return;
    this.refuse(CORE.plainSecret, {
      property,
      message: `${property} is a plain value in the program`,
      fix: "take it from the stack's configuration, config.requireSecret(...), or wrap it in pulumi.secret(...)",
    });
  }

  #fault(property: string, value: string, fault: AddressFault): undefined {
    this.refuse(CORE[fault.kind], { property, value, message: fault.message, fix: fault.fix });
    return undefined;
  }
}

function nearest(key: string, known: readonly string[]): string {
  const close = known.find((other) => other.toLowerCase() === key.toLowerCase() || distance(other, key) <= 2);
  return close === undefined ? "" : ` (did you mean ${close}?)`;
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
