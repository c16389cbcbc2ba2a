import { clusterAccess, clusterReader } from "@plinth/clients";
import { type LiveHelmRelease, type ReleaseStatus, type WaitingRelease, whyWaiting } from "@plinth/platform";
import type { DescribedPlatform } from "../describe/describe.js";

/** Which cluster is asked. */
export interface LiveOptions {
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
}

/**
 * What the releases of platforms wait for in a cluster that runs, as lines.
 * @param name of one release. @default - all that are not ready
 */
export async function explainLive(
  platforms: readonly DescribedPlatform[],
  name: string | undefined,
  { kubeconfig, context }: LiveOptions,
): Promise<string> {
  const cluster = clusterReader(await clusterAccess({ kubeconfig, context }, process.env));
  const live = await cluster.list<LiveHelmRelease>({ apiVersion: "helm.toolkit.fluxcd.io/v2", kind: "HelmRelease" });
  const waiting = platforms.flatMap(({ releases }) => whyWaiting(releases, live));
  return describeWaiting(
    name === undefined ? waiting : waiting.filter((one) => one.name === name || one.path === name),
    name,
  );
}

/** Releases that are not ready, as a person reads them: those that hold others up first. @param name of the only one asked for */
export function describeWaiting(waiting: readonly WaitingRelease[], name?: string): string {
  if (waiting.length === 0) return name === undefined ? "All releases are ready." : `${name} is ready.`;
  const roots = new Map(waiting.flatMap(({ causes }) => causes.map((cause) => [cause.path, cause])));
  const held = (path: string) =>
    waiting.filter((one) => one.path !== path && one.causes.some((cause) => cause.path === path));
  const lines = [...roots.values()].flatMap((root) => {
    const others = held(root.path).map((one) => one.name);
    return [
      `${root.path}: ${root.state}${said(root)}`,
      ...(others.length === 0 ? [] : [`  holds up ${others.length}: ${others.join(", ")}`]),
    ];
  });
  return lines.join("\n");
}

function said({ state, reason, message, since, name, namespace }: ReleaseStatus): string {
  if (state === "missing") return ` (kubectl -n ${namespace} get helmrelease ${name} finds nothing)`;
  const why = [reason, message].filter((text) => text !== undefined).join(": ");
  return `${why === "" ? ", Flux has not looked at it" : `, ${why}`}${since === undefined ? "" : ` (since ${since})`}`;
}
