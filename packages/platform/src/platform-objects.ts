import type { Manifest } from "@plinth/bridge/chart";
import { type AddressClaim, type Check, parseDuration } from "@plinth/core";
import { bootstrapFlux } from "./flux/bootstrap.js";
import { type FluxPlan, planFlux } from "./flux/plan-flux.js";
import type { FluxSettings } from "./flux/settings.js";
import { type PlannedFlux, type PlannedNamespace, type PlatformPlan, planPlatform } from "./plan.js";
import type { PlatformProps } from "./props.js";
import { planSetup, type SetupPlan, type SetupProps } from "./setup/plan-setup.js";

/** How Flux gets at what it is to install. */
export interface FluxDeliveryProps {
  /** What Flux is told for all releases. @default - safe settings, see `FluxSettings` */
  readonly fluxSettings?: FluxSettings | undefined;
  /**
   * Flux's own objects, where it is not there yet: what `flux install --export` writes. They are sent before all else, changed so
   * that Flux runs before there is a pod network.
   * @default - none: needed unless `flux` says that one exists
   */
  readonly fluxObjects?: readonly Manifest[] | undefined;
}

/** All that decides the objects of a platform. */
export type PlatformObjectsProps = PlatformProps & SetupProps & FluxDeliveryProps;

/** What the objects of a platform are made from. */
export interface PlatformObjects {
  readonly flux: FluxPlan;
  readonly setup: SetupPlan;
  /** Flux's own objects, changed for where it starts; none where it is there already. */
  readonly fluxObjects: readonly Manifest[];
}

/**
 * Computes a platform and all that its objects are made from. Pure, as `planPlatform`.
 *
 * @returns the plan, the ranges to claim, and what the objects are made from; `undefined` when there is no order
 */
export function planPlatformObjects(
  props: PlatformObjectsProps,
  check: Check,
): { plan: PlatformPlan; claims: readonly AddressClaim[]; objects: PlatformObjects } | undefined {
  const { fluxSettings, fluxObjects = [], storage, addresses, ingress, tenants, ...rest } = props;
  const planned = planPlatform(rest as PlatformProps, check);
  if (planned === undefined) return undefined;
  const { plan, claims } = planned;
  const flux = planFlux(
    {
      releases: plan.releases,
      namespaces: besideThose(plan.namespaces, fluxObjects),
      fluxNamespace: plan.flux.namespace,
      ...(fluxSettings === undefined ? {} : { settings: fluxSettings }),
    },
    check,
  );
  const setup = planSetup({ storage, addresses, ingress, tenants }, plan, check);
  const own = fluxItself(plan.flux, fluxObjects, flux, check);
  return { plan, claims, objects: { flux, setup, fluxObjects: own } };
}

function fluxItself(
  flux: PlannedFlux,
  objects: readonly Manifest[],
  { needsSourceWatcher: externalArtifacts, settings }: FluxPlan,
  check: Check,
): readonly Manifest[] {
  if (flux.mode === "existing") return [];
  const actionSeconds = (parseDuration(settings.timeout) ?? 0) / 1000;
  return bootstrapFlux(objects, { pod: flux.pod, externalArtifacts, actionSeconds }, check);
}

/** Namespaces, but for those that Flux's own objects have. */
function besideThose(
  namespaces: readonly PlannedNamespace[],
  objects: readonly Manifest[],
): readonly PlannedNamespace[] {
  const made = new Set(objects.filter(({ kind }) => kind === "Namespace").map(({ metadata }) => metadata.name));
  return namespaces.filter(({ name }) => !made.has(name));
}
