/** An object or the arguments of a resource, before they are sent. */
export interface Emitted<T extends object = Record<string, unknown>> {
  /** Pulumi type token, for example `kubernetes:core/v1:ConfigMap` or `openstack:networking/network:Network`. */
  readonly type: string;
  /** Name of the Pulumi resource; in rendering, the construct path without `Default` and `Resource`. */
  readonly name: string;
  /**
   * The object or the arguments. It belongs to the edit, which may change it in place.
   * Leaves that are not known yet are Pulumi Outputs; in rendering they are marks (`isUnresolved` of `@plinth/core`).
   */
  readonly value: T;
}

/**
 * The escape hatch: changes any object or resource argument before it is sent. It is called once for each, after Plinth's
 * own work (order of calls is not promised), and has the last word on every field but `apiVersion` and `kind`.
 *
 * @returns what is sent instead; `undefined` leaves the value as it is. Nothing can be left out this way: an object that is
 * not wanted has a property at its construct, or is not constructed.
 *
 * @example
 * const edit: Edit = ({ type, value }) =>
 *   type === "kubernetes:deckhouse.io/v1:NodeGroup"
 *     ? { ...value, metadata: { ...(value.metadata as object), annotations: { team: "infra" } } }
 *     : undefined;
 */
export type Edit = (emitted: Emitted) => object | undefined;

/** A value as the user's edit leaves it. @param edit the edit, if the user gave one */
export function applyEdit<T extends object>(edit: Edit | undefined, emitted: Emitted<T>): T {
  const edited = edit?.(emitted as unknown as Emitted);
  return edited === undefined ? emitted.value : (edited as T);
}
