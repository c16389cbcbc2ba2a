/** A release, as far as a drawing needs to know. */
export interface GraphRelease {
  /** Name, unique in the graph. */
  readonly name: string;
  /** Second line, for example chart and version. */
  readonly note: string;
  /** When it can run: names its colour. */
  readonly phase: "host" | "cni" | "core" | "rest";
  /** Length of the longest way to it: its column. */
  readonly level: number;
  /** Names of those that it waits for. */
  readonly dependsOn: readonly string[];
}

/**
 * Edges that tell something: without those that follow from others (a waits for b and c, and b waits for c: a's edge to c).
 * For each release, the names of those that it waits for.
 */
export function essentialEdges(releases: readonly GraphRelease[]): ReadonlyMap<string, readonly string[]> {
  const byLevel = [...releases].sort((a, b) => a.level - b.level);
  // all that a release waits for, whatever the way; releases come after what they wait for
  const reached = new Map<string, ReadonlySet<string>>();
  const essential = new Map<string, readonly string[]>();
  for (const { name, dependsOn } of byLevel) {
    const beyond = new Set(dependsOn.flatMap((other) => [...(reached.get(other) ?? [])]));
    essential.set(
      name,
      dependsOn.filter((other) => !beyond.has(other)),
    );
    reached.set(name, new Set([...dependsOn, ...beyond]));
  }
  return essential;
}
