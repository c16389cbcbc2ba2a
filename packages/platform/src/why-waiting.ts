import type { Release } from "./release.js";

/** A HelmRelease as the cluster has it, as far as it is looked at. */
export interface LiveHelmRelease {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly generation?: number };
  readonly spec?: { readonly suspend?: boolean };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly conditions?: readonly LiveCondition[];
  };
}

/** A condition of a HelmRelease. */
export interface LiveCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

/** How a release is. */
export type ReleaseState =
  | "ready"
  /** Flux works at it, or has not looked at it yet. */
  | "progressing"
  /** Flux tried, and it failed; it tries again. */
  | "failing"
  /** Flux was told to leave it alone. */
  | "suspended"
  /** It waits for one that is not ready. */
  | "waiting"
  /** The cluster has no such HelmRelease. */
  | "missing";

/** A release of a platform, as the cluster has it. */
export interface ReleaseStatus {
  /** Construct path. */
  readonly path: string;
  readonly name: string;
  readonly namespace: string;
  readonly state: ReleaseState;
  /** Flux's reason, for example `InstallFailed`. @default - it has said nothing yet */
  readonly reason?: string;
  /** What Flux says. @default - it has said nothing yet */
  readonly message?: string;
  /** Since when, as the cluster writes it. @default - not known */
  readonly since?: string;
}

/** A release that is not ready, and what it is for. */
export interface WaitingRelease extends ReleaseStatus {
  /** Construct paths of those that it waits for itself and that are not ready. */
  readonly waitsFor: readonly string[];
  /** Where it begins: releases that are not ready although all that they wait for is. The release itself, when it waits for none. */
  readonly causes: readonly ReleaseStatus[];
}

/** Reason that Flux gives a release whose dependencies are not ready (fluxcd/helm-controller, api/v2/condition_types.go). */
const DEPENDENCY_NOT_READY = "DependencyNotReady";

/**
 * Of all releases that are not ready, why: by the edges of the plan down to those that nothing holds up but they themselves, with
 * Flux's own words. Pure; linear in the releases and edges for each that is not ready.
 * @param releases of one platform, by level
 * @param live all HelmReleases of the cluster; those that are no release of the platform are passed over
 * @returns by level; empty when all are ready
 */
export function whyWaiting(releases: readonly Release[], live: readonly LiveHelmRelease[]): WaitingRelease[] {
  const found = new Map(live.map((each) => [`${each.metadata.namespace ?? ""}/${each.metadata.name}`, each]));
  // Flux itself has no HelmRelease: were it not there, nothing at all would be said of the others
  const delivered = releases.filter(({ delivery }) => delivery === "flux");
  const statuses = new Map(
    delivered.map((release) => [release.path, statusOf(release, found.get(`${release.namespace}/${release.name}`))]),
  );
  const blockers = new Map(
    delivered.map(({ path, dependsOn }) => [
      path,
      dependsOn.map((edge) => edge.path).filter((each) => notReady(statuses.get(each))),
    ]),
  );
  return delivered.flatMap(({ path }) => {
    const status = statuses.get(path);
    if (status === undefined || status.state === "ready") return [];
    return [{ ...status, waitsFor: blockers.get(path) ?? [], causes: causesOf(path, statuses, blockers) }];
  });
}

function notReady(status: ReleaseStatus | undefined): boolean {
  return status !== undefined && status.state !== "ready";
}

/** The ends of all ways by what is not ready, in the order in which they are found. */
function causesOf(
  path: string,
  statuses: ReadonlyMap<string, ReleaseStatus>,
  blockers: ReadonlyMap<string, readonly string[]>,
): ReleaseStatus[] {
  const seen = new Set([path]);
  for (const one of seen) for (const other of blockers.get(one) ?? []) seen.add(other);
  return [...seen].flatMap((one) => {
    const status = statuses.get(one);
    return status === undefined || (blockers.get(one) ?? []).length > 0 ? [] : [status];
  });
}

function statusOf({ path, name, namespace }: Release, live: LiveHelmRelease | undefined): ReleaseStatus {
  const ready = live?.status?.conditions?.find(({ type }) => type === "Ready");
  const { reason, message, lastTransitionTime: since } = ready ?? {};
  return {
    ...{ path, name, namespace, state: stateOf(live, ready) },
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message }),
    ...(since === undefined ? {} : { since }),
  };
}

function stateOf(live: LiveHelmRelease | undefined, ready: LiveCondition | undefined): ReleaseState {
  if (live === undefined) return "missing";
  const { metadata, spec, status } = live;
  // what is said of an older specification is not true of this one
  const isCurrent = metadata.generation === undefined || status?.observedGeneration === metadata.generation;
  if (ready?.status === "True" && isCurrent) return "ready";
  if (spec?.suspend === true) return "suspended";
  if (ready?.reason === DEPENDENCY_NOT_READY) return "waiting";
  if (ready?.status === "False" && isCurrent) return "failing";
  return "progressing";
}
