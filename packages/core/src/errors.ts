/**
 * A rule of Plinth: what must hold, and why. Each package keeps its rules in one file, `rules.ts`;
 * codes are unique over all packages and never reused (`docs/refusals.md` is generated from them).
 */
export interface Rule {
  /** Stable code, `PL` and four digits. */
  readonly code: `PL${number}`;
  /** What must hold, in one sentence without a full stop. */
  readonly rule: string;
  /** What happens upstream when it does not hold: the reason for the rule. */
  readonly cause: string;
  /** Where the cause can be read: a file of the upstream source or a thread. @default - none: the rule is Plinth's own */
  readonly source?: string;
}

/** Where and how a rule was broken. */
export interface Breach {
  /** Construct path or component name, for example `hybrid/net`. */
  readonly path: string;
  /** The property, for example `sites[1].cidrs[0]`. @default - the whole construct */
  readonly property?: string;
  /** The value given. Never a secret. @default - no single value is at fault */
  readonly value?: unknown;
  /** What is wrong, in one sentence that names the values. */
  readonly message: string;
  /** How to mend it: the most likely change, concrete enough to be typed. */
  readonly fix: string;
}

const MARK = Symbol.for("plinth.error");

/**
 * Pulumi inspects every error that it reports, to any depth: without a text of its own that takes seconds for each.
 * Source: pulumi/pulumi:sdk/nodejs/cmd/run/error.ts.
 */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/**
 * A refusal: one thing that is wrong in a program, found before anything is sent.
 * Its message says what, where, why and how to mend it.
 */
export class PlinthError extends Error {
  readonly code: Rule["code"];
  /** Construct path or component name. */
  readonly path: string;
  readonly property: string | undefined;
  /** The value given, as text. */
  readonly value: string | undefined;
  /** What must hold. */
  readonly rule: string;
  /** How to mend it. */
  readonly fix: string;
  /** What is wrong, without place, rule and fix. */
  readonly summary: string;
  /** Where the cause can be read. */
  readonly source: string | undefined;
  /** Pulumi prints the message of an error with this mark without a stack trace (`pulumi.RunError`). */
  readonly __pulumiRunError = true;
  readonly [MARK] = true;

  constructor(rule: Rule, breach: Breach) {
    super(describe(rule, breach), { cause: rule.cause });
    this.name = "PlinthError";
    this.code = rule.code;
    this.path = breach.path;
    this.property = breach.property;
    this.value = breach.value === undefined ? undefined : show(breach.value);
    this.rule = rule.rule;
    this.fix = breach.fix;
    this.summary = breach.message;
    this.source = rule.source;
  }

  [INSPECT](): string {
    return this.message;
  }

  /** Whether a value is a refusal, also one of another copy of this package. */
  static isInstance(value: unknown): value is PlinthError {
    return typeof value === "object" && value !== null && MARK in value;
  }
}

const REPORT_MARK = Symbol.for("plinth.report");

/** All refusals of a program in one error. */
export class PlinthReport extends AggregateError {
  declare readonly errors: PlinthError[];
  /** See {@link PlinthError.__pulumiRunError}. */
  readonly __pulumiRunError = true;
  readonly [REPORT_MARK] = true;

  /**
   * @param errors at least one
   * @param options `partly`: that the program had waited for a value, and what it made before that was sent. @default false
   */
  constructor(errors: readonly PlinthError[], options: { readonly partly?: boolean } = {}) {
    const count = errors.length === 1 ? "1 thing is wrong" : `${errors.length} things are wrong`;
    const sent = options.partly
      ? "What the program made before it waited for a value was sent, nothing of Plinth's after that."
      : "Nothing of Plinth's was sent.";
    const head = `Plinth refused this program: ${count}. ${sent}`;
    super([...errors], [head, ...errors.map((error) => error.message)].join("\n\n"));
    this.name = "PlinthReport";
  }

  [INSPECT](): string {
    return this.message;
  }

  /** Whether a value is a report, also one of another copy of this package. */
  static isInstance(value: unknown): value is PlinthReport {
    return typeof value === "object" && value !== null && REPORT_MARK in value;
  }
}

function describe(rule: Rule, breach: Breach): string {
  const place = breach.property === undefined ? breach.path : `${breach.path}: ${breach.property}`;
  const rows: [string, string | undefined][] = [
    ["where", place],
    ["given", breach.value === undefined ? undefined : show(breach.value)],
    ["rule", rule.rule],
    ["cause", rule.source === undefined ? rule.cause : `${rule.cause} (${rule.source})`],
    ["fix", breach.fix],
  ];
  const lines = rows.flatMap(([key, text]) => (text === undefined ? [] : [`  ${key.padEnd(6)} ${text}`]));
  return [`${rule.code}  ${breach.message}`, ...lines].join("\n");
}

function show(value: unknown): string {
  if (typeof value === "string") return value === "" ? '""' : value;
  if (typeof value === "bigint") return value.toString();
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 200 ? `${text.slice(0, 197)}...` : text;
}
