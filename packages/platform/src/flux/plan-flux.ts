import type { Check } from "@plinth/core";
import { PLATFORM_FLUX } from "../flux-rules.js";
import type { PlannedNamespace } from "../plan-components.js";
import type { Release } from "../release.js";
import { planFluxSettings } from "./plan-settings.js";
import { type ChartPlan, planSources, type SourcePlan } from "./plan-sources.js";
import { checkValues } from "./secrets.js";
import type { FluxSettings, PlannedFluxSettings } from "./settings.js";

/** What Flux is given. */
export interface FluxProps {
  /** The releases of a platform. Those that are sent directly are left out here. */
  readonly releases: readonly Release[];
  /** The namespaces that they are in. */
  readonly namespaces: readonly PlannedNamespace[];
  /** Namespace of Flux: where its sources are. */
  readonly fluxNamespace: string;
  /** What is the same for all releases. @default - the safe ones */
  readonly settings?: FluxSettings;
}

/** A release, and where its chart is. */
export interface FluxReleasePlan {
  readonly release: Release;
  readonly chart: ChartPlan;
}

/** What was computed for Flux. */
export interface FluxPlan {
  readonly fluxNamespace: string;
  readonly settings: PlannedFluxSettings;
  /** Those that are to be made. */
  readonly namespaces: readonly PlannedNamespace[];
  readonly sources: readonly SourcePlan[];
  readonly releases: readonly FluxReleasePlan[];
  /** Whether charts are cut out of artifacts: Flux then needs its source-watcher, and a feature gate. */
  readonly needsSourceWatcher: boolean;
}

/** Computes what Flux is told; refuses what would not be safe. */
export function planFlux(props: FluxProps, check: Check): FluxPlan {
  const { fluxNamespace } = props;
  const settings = planFluxSettings(props.settings ?? {}, check);
  const delivered = props.releases.filter(({ delivery }) => delivery === "flux");
  const { sources, charts } = planSources(delivered, settings, check);
  for (const release of delivered) {
    checkValues(release, check);
    checkReferences(release, check);
  }
  return {
    fluxNamespace,
    settings,
    namespaces: props.namespaces.filter(({ existing }) => !existing),
    sources,
    releases: delivered.flatMap((release) => {
      const chart = charts.get(release.path);
      return chart === undefined ? [] : [{ release, chart }];
    }),
    needsSourceWatcher: [...charts.values()].some(({ kind }) => kind === "ExternalArtifact"),
  };
}

function checkReferences({ path, valuesFrom }: Release, check: Check): void {
  valuesFrom.forEach(({ name, targetPath, valuesKey }, i) => {
    const property = `${path}: valuesFrom[${i}]`;
    const refuse = (value: string, message: string, fix: string): void =>
      check.refuse(PLATFORM_FLUX.valuesReference, { property, value, message, fix });
    if (!/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(name)) {
      refuse(name, `${JSON.stringify(name)} is no name of an object`, "give the name of a Secret or ConfigMap");
    }
    if (valuesKey !== undefined && !/^[-._a-zA-Z0-9]{1,253}$/.test(valuesKey)) {
      refuse(
        valuesKey,
        `${JSON.stringify(valuesKey)} is no key of it`,
        "use letters, digits, dots, hyphens, underscores",
      );
    }
    if (targetPath === undefined) return;
    const first = valuesFrom.findIndex((other) => other.targetPath === targetPath);
    if (first < i) refuse(targetPath, `${targetPath} is set by valuesFrom[${first}] already`, "leave one of them out");
  });
}
