/** A Kubernetes object as plain data: what `kubectl` and Pulumi send. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** API group of an `apiVersion`; the core group is the empty text. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf("/");
  return slash < 0 ? "" : apiVersion.slice(0, slash);
}

/** Pulumi type token of a kind, for example `kubernetes:apps/v1:Deployment` or `kubernetes:core/v1:Secret`. */
export function typeToken(apiVersion: string, kind: string): string {
  return `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
}

/** Whether a value is a map: an object that is neither a list nor of a class. */
export function isMap(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Whether an object is a `v1` Secret. */
export function isSecretObject(manifest: { readonly apiVersion: string; readonly kind: string }): boolean {
  return manifest.apiVersion === "v1" && manifest.kind === "Secret";
}

/** Fields of a Secret whose leaves are secret, whatever they were made of. */
export const SECRET_FIELDS = ["data", "stringData"] as const;
