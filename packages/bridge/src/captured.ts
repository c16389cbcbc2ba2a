/** A secret value in captured inputs or outputs. Compare with `toEqual(new CapturedSecret(value))`. */
export class CapturedSecret {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** Stands in captured inputs and outputs for a value that is not known yet, as in a preview. */
export const UNKNOWN: unique symbol = Symbol.for("plinth.captured.unknown");

/** A resource as it was sent to the engine. */
export interface CapturedResource {
  /** Pulumi type token. */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** Id that the program was given. @default - a component, or a preview */
  readonly id?: string;
  /** URN of the parent. @default - the root stack itself */
  readonly parent?: string;
  /** Whether a provider makes it; otherwise it is a component. */
  readonly custom: boolean;
  /** Whether it exists already and was only read. */
  readonly read: boolean;
  /** Inputs as sent: secrets are {@link CapturedSecret}, values not known yet are {@link UNKNOWN}. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** URNs of all that it depends on: `dependsOn` and resources that its inputs come from. */
  readonly dependsOn: readonly string[];
  /** URNs that each input comes from. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** `<URN>::<id>` of the provider. @default - the default provider */
  readonly provider?: string;
  /** What else the engine was told. Names are those of Pulumi's resource options. */
  readonly options: CapturedOptions;
}

/** Options of a captured resource. */
export interface CapturedOptions {
  /** Version of the plug-in. @default - not said */
  readonly version?: string;
  /** URNs, or specifications as the engine takes them. */
  readonly aliases: readonly (string | CapturedAlias)[];
  readonly additionalSecretOutputs: readonly string[];
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly protect: boolean;
  readonly deleteBeforeReplace: boolean;
  readonly retainOnDelete: boolean;
}

/** An alias that is not a whole URN. Empty parts are those of the resource itself. */
export interface CapturedAlias {
  readonly name: string;
  readonly type: string;
  readonly parentUrn: string;
}

// how Pulumi marks values on the wire: pulumi/pulumi:sdk/nodejs/runtime/rpc.ts
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A value of the wire with secrets and unknown values told apart. */
export function decode(value: unknown): unknown {
  if (value === UNKNOWN_TEXT) return UNKNOWN;
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Record<string, unknown>;
  if (fields[SIGNATURE] === SECRET) return new CapturedSecret(decode(fields.value));
  return Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, decode(field)]));
}

/** A value for the wire: the reverse of {@link decode}. */
export function encode(value: unknown): unknown {
  if (value === UNKNOWN) return UNKNOWN_TEXT;
  if (value instanceof CapturedSecret) return { [SIGNATURE]: SECRET, value: encode(value.value) };
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, encode(field)]));
}
