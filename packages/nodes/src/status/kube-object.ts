/** A Kubernetes object, as far as any kind has the same fields. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
  };
}

/** A condition of an object. `severity` is of kinds of older API versions only. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly severity?: string;
  readonly lastTransitionTime?: string;
}

/** An object that has conditions. */
export interface Conditioned extends KubeObject {
  readonly status?: { readonly conditions?: readonly Condition[] };
}

/** An event of the API group of the core. */
export interface KubeEvent extends KubeObject {
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly involvedObject: { readonly kind?: string; readonly name?: string; readonly namespace?: string };
}

/** The objects of one kind, of any version of its API group. */
export function ofKind<T extends KubeObject>(
  objects: readonly KubeObject[],
  group: string,
  kind: string,
): readonly T[] {
  const isOf = ({ apiVersion }: KubeObject): boolean =>
    group === "" ? !apiVersion.includes("/") : apiVersion.startsWith(`${group}/`);
  return objects.filter((object): object is T => object.kind === kind && isOf(object));
}

/** The condition of a type, where the object has it. */
export function conditionOf(object: Conditioned | undefined, type: string): Condition | undefined {
  return object?.status?.conditions?.find((condition) => condition.type === type);
}

/** Where a cause stands, for people. */
export function placeOf({ kind, metadata }: KubeObject, part: string): string {
  return `${kind}/${metadata.name}, ${part}`;
}

/** Seconds since a time. @returns 0 where it is not known */
export function secondsSince(time: string | undefined, now: Date): number {
  const since = time === undefined ? Number.NaN : Date.parse(time);
  return Number.isNaN(since) ? 0 : Math.max(0, (now.getTime() - since) / 1000);
}

/** Warnings about an object, the latest first. */
export function warningsOf({ kind, metadata }: KubeObject, events: readonly KubeEvent[]): readonly KubeEvent[] {
  const isAbout = ({ involvedObject }: KubeEvent): boolean =>
    involvedObject.kind === kind &&
    involvedObject.name === metadata.name &&
    involvedObject.namespace === metadata.namespace;
  return latestFirst(events.filter((event) => event.type === "Warning" && isAbout(event)));
}

/** Events in their order of time, backwards. */
export function latestFirst(events: readonly KubeEvent[]): readonly KubeEvent[] {
  return [...events].sort((a, b) => timeOf(b) - timeOf(a));
}

function timeOf({ lastTimestamp, eventTime, metadata }: KubeEvent): number {
  return Date.parse(lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? "") || 0;
}
