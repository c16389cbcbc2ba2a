import type { Release } from "@plinth/platform";

/**
 * One of the longest ways through the graph: no order installs the platform in fewer steps. From what waits for nothing, by a
 * release of each level.
 */
export function criticalPath(releases: readonly Release[]): Release[] {
  const byPath = new Map(releases.map((release) => [release.path, release]));
  const last = releases.reduce<Release | undefined>(
    (deepest, release) => (deepest === undefined || release.level > deepest.level ? release : deepest),
    undefined,
  );
  const way: Release[] = [];
  for (let at = last; at !== undefined; at = before(at, byPath)) way.unshift(at);
  return way;
}

function before(release: Release, byPath: ReadonlyMap<string, Release>): Release | undefined {
  const waitedFor = release.dependsOn.map(({ path }) => byPath.get(path));
  return waitedFor.find((other) => other?.level === release.level - 1);
}

/** All that a release waits for, directly or by others, without itself: by level, the last first. */
export function waitedFor(release: Release, releases: readonly Release[]): Release[] {
  const byPath = new Map(releases.map((each) => [each.path, each]));
  const found = new Set<Release>([release]);
  for (const one of found) {
    for (const { path } of one.dependsOn) {
      const other = byPath.get(path);
      if (other !== undefined) found.add(other);
    }
  }
  found.delete(release);
  return [...found].sort((a, b) => b.level - a.level);
}

/** All that wait for a release, directly or by others, by level. */
export function waitingFor(release: Release, releases: readonly Release[]): Release[] {
  const paths = new Set([release.path]);
  // what waits for another is of a later level
  const later = [...releases].sort((a, b) => a.level - b.level);
  return later.filter(({ path, dependsOn }) => {
    const waits = !paths.has(path) && dependsOn.some((edge) => paths.has(edge.path));
    if (waits) paths.add(path);
    return waits;
  });
}
