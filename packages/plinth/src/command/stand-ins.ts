import { readFileSync } from "node:fs";
import { schemaFiles } from "@plinth/api/crds";
import type { StandInChart, StandInKind } from "@plinth/lab";
import { type ApiKind, kindText, type Release } from "@plinth/platform";
import { healthChecks } from "@plinth/platform/chart";

/** Kinds of Flux: the lab has the real ones, and an object of them would be acted on. */
const FLUX = /\.toolkit\.fluxcd\.io$|\.extensions\.fluxcd\.io$/;

/**
 * Charts that stand in for those of a platform's releases, with the kinds that each provides and needs. The platform must take its
 * charts from a mirror in the lab's registry.
 *
 * @param registry host and port of that registry: releases from elsewhere get none
 */
export function standInsFor(releases: readonly Release[], registry: string): StandInChart[] {
  const prefix = `oci://${registry}/`;
  const byChart = new Map<string, Release[]>();
  for (const release of releases) {
    const { chart, delivery } = release;
    if (delivery === "direct" || !chart.url.startsWith(prefix)) continue;
    const key = `${chart.url.slice(prefix.length)}/${chart.chart}:${chart.version}`;
    byChart.set(key, [...(byChart.get(key) ?? []), release]);
  }
  return [...byChart].map(([key, same]) => {
    const owned = new Set(same.flatMap(({ provides }) => provides.map(kindText)));
    const used = same.flatMap(({ uses }) => uses).filter((kind) => !owned.has(kindText(kind)));
    const [repository = "", version = ""] = key.split(/:(?=[^/]*$)/);
    return {
      ...{ repository, version, uses: kindsOf(used) },
      provides: kindsOf(same.filter(({ installsCrds }) => installsCrds).flatMap(({ provides }) => provides)),
      makes: kindsOf(same.filter(({ installsCrds }) => !installsCrds).flatMap(({ provides }) => provides)),
    };
  });
}

function kindsOf(kinds: readonly ApiKind[]): StandInKind[] {
  const distinct = new Map(kinds.map((kind) => [kindText(kind), kind]));
  return [...distinct.values()].filter(({ group }) => !FLUX.test(group)).map(asReal);
}

/** In the version in which the readiness of the kind is looked at, so that the look finds it; in a namespace or not, as the real kind. */
function asReal(kind: ApiKind): StandInKind {
  const [check] = healthChecks([kind]);
  const version = check?.apiVersion.split("/")[1];
  const clusterScoped = clusterScopedKinds().has(kindText(kind));
  return {
    ...{ group: kind.group, kind: kind.kind },
    ...(version === undefined ? {} : { version }),
    ...(clusterScoped ? { clusterScoped } : {}),
  };
}

let clusterScoped: ReadonlySet<string> | undefined;

/** Kinds whose objects are in no namespace, of those whose definitions are at hand. */
function clusterScopedKinds(): ReadonlySet<string> {
  clusterScoped ??= new Set(
    schemaFiles().flatMap(([, file]) => {
      const text = readFileSync(file, "utf8");
      const [group, kind] = [/^ {2}group: (\S+)$/m, /^ {4}kind: (\S+)$/m].map((pattern) => pattern.exec(text)?.[1]);
      const isIt = /^ {2}scope: Cluster$/m.test(text) && group !== undefined && kind !== undefined;
      return isIt ? [kindText({ group, kind })] : [];
    }),
  );
  return clusterScoped;
}
