import type { ApiKind } from "./release.js";

/** Kinds of one group. */
export function kinds(group: string, ...names: readonly string[]): ApiKind[] {
  return names.map((kind) => ({ group, kind }));
}

/** A kind as text, for messages and as a key: `Certificate.cert-manager.io`. */
export function kindText({ group, kind }: ApiKind): string {
  return `${kind}.${group}`;
}
