/** Properties of a resource, as a checkpoint has them. */
export type Properties = Readonly<Record<string, unknown>>;

/** A resource in a checkpoint; fields that are not read here are carried along. */
export interface ResourceState {
  readonly urn: string;
  readonly type: string;
  /** Whether a provider makes it; components are not. */
  readonly custom: boolean;
  readonly id?: string;
  readonly inputs?: Properties;
  readonly outputs?: Properties;
  readonly parent?: string;
  readonly dependencies?: readonly string[];
  /** Urn and id of its provider, with `::` between them. */
  readonly provider?: string;
  /** Whether it was replaced, and is deleted by the next `up`. */
  readonly delete?: boolean;
  /** Whether it is only read. */
  readonly external?: boolean;
}

/** What the engine was about to do with a resource when the checkpoint was written. */
export interface Operation {
  readonly type: "creating" | "updating" | "deleting" | "reading" | "importing";
  readonly resource: ResourceState;
}

/**
 * What `pulumi stack export` writes.
 * Source: pulumi/pulumi:sdk/go/common/apitype/core.go, DeploymentV3.
 */
export interface Checkpoint {
  readonly version: number;
  readonly deployment: {
    readonly manifest: { readonly time: string };
    readonly resources?: readonly ResourceState[];
    readonly pending_operations?: readonly Operation[];
  };
}

/** Marks a secret in a checkpoint. Source: pulumi/pulumi:sdk/go/common/resource/properties.go. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** The resources of a checkpoint. */
export function resourcesOf({ deployment }: Checkpoint): readonly ResourceState[] {
  return deployment.resources ?? [];
}

/** What was interrupted. */
export function operationsOf({ deployment }: Checkpoint): readonly Operation[] {
  return deployment.pending_operations ?? [];
}

/** A value of a checkpoint that was exported with its secrets, without the marks around them. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if (SIGNATURE in value) {
    return "plaintext" in value && typeof value.plaintext === "string" ? plain(JSON.parse(value.plaintext)) : undefined;
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}

/** Inputs of a resource without marks. */
export function plainInputs({ inputs }: Pick<ResourceState, "inputs">): Properties {
  return plain(inputs ?? {}) as Properties;
}

/** Stack and project that a URN names. */
export function placeOf(urn: string): { readonly stack: string; readonly project: string } {
  const [head = "", project = ""] = urn.split("::");
  return { stack: head.replace(/^urn:pulumi:/, ""), project };
}

/** The type's last part and the name, as a person reads a URN: `Subnet k8s-subnet`. */
export function shortName({ type, urn }: Pick<ResourceState, "type" | "urn">): string {
  return `${type.slice(type.lastIndexOf(":") + 1)} ${urn.slice(urn.lastIndexOf("::") + 2)}`;
}
