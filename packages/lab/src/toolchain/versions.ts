/** Major, minor and patch. */
export type Version = readonly [major: number, minor: number, patch: number];

/** The first version in a text, for example `[3, 259, 0]` of `v3.259.0`; undefined when there is none or a pre-release. */
export function parseVersion(text: string): Version | undefined {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?(-(?:alpha|beta|rc|dev)[\w.]*)?/.exec(text);
  if (match === null || match[4] !== undefined) return undefined;
  return [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
}

/** Negative, zero or positive, as the first is older than, equal to or newer than the second. */
export function compareVersions(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
