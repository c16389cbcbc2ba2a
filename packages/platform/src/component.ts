import { readFileSync } from "node:fs";
import { PlinthComponent, type PlinthComponentArgs, registerChart } from "@plinth/bridge";
import type { Manifest } from "@plinth/bridge/chart";
import { Check, parseDuration } from "@plinth/core";
import type * as pulumi from "@pulumi/pulumi";
import { bootstrapFlux } from "./flux/bootstrap.js";
import { planFlux } from "./flux/plan-flux.js";
import type { FluxSettings } from "./flux/settings.js";
import { type PlannedFlux, type PlannedNamespace, type PlatformPlan, planPlatform } from "./plan.js";
import { PlatformChart } from "./platform-chart.js";
import type { PlatformProps } from "./props.js";
import { planSetup, type SetupProps } from "./setup/plan-setup.js";
import { checkUpgrade, type UpgradeProps } from "./upgrade/check-upgrade.js";

/** What {@link Platform} takes beside what decides its plan. */
interface PlatformOptions extends PlinthComponentArgs {
  /** What Flux is told for all releases. @default - safe settings, see `FluxSettings` */
  readonly fluxSettings?: FluxSettings;
  /**
   * Flux's own objects, where it is not there yet: what `flux install --export` writes. They are sent before all else, changed so that
   * Flux runs before there is a pod network.
   * @default - none: needed unless `flux` says that one exists
   */
  readonly fluxObjects?: readonly Manifest[];
  /** What the change is compared with. @default - nothing: an upgrade that loses data is not seen */
  readonly upgrade?: UpgradeProps;
  /**
   * Whether `up` goes on until all releases are ready; a release that does not get ready within its time-out ends it, by its name. Flux tries
   * on whatever `up` does.
   * @default true
   */
  readonly waitForReady?: boolean | undefined;
}

/** Arguments of {@link Platform}. */
export type PlatformArgs = PlatformProps & PlatformOptions & SetupProps;

/**
 * A platform: from an empty cluster to a cloud, as one closed graph of Helm releases that Flux installs.
 *
 * Refuses, before anything is sent: a release that needs what nobody provides, circles, two owners of one kind, a part that is left out
 * while others need it (naming all of them), ranges that overlap, upgrades that lose data, and all else in `docs/refusals.md`, PL50xx.
 */
export class Platform extends PlinthComponent {
  readonly #plan: PlatformPlan | undefined;

  constructor(name: string, args: PlatformArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("plinth:platform:Platform", name, args, opts);
    const { edit: _, fluxSettings, fluxObjects = [], upgrade, waitForReady = true, ...rest } = args;
    const { storage, addresses, ingress, tenants, ...props } = rest;
    const check = new Check(name);
    const planned = planPlatform(props as PlatformProps, check);
    const plan = planned?.plan;
    const computed = plan && {
      flux: planFlux(
        {
          releases: plan.releases,
          namespaces: besideThose(plan.namespaces, fluxObjects),
          fluxNamespace: plan.flux.namespace,
          ...(fluxSettings === undefined ? {} : { settings: fluxSettings }),
        },
        check,
      ),
      setup: planSetup(present({ storage, addresses, ingress, tenants }), plan, check),
    };
    if (plan !== undefined && upgrade !== undefined) checkUpgrade(plan, upgrade, readRecord, check);
    const own = computed && fluxItself(plan.flux, fluxObjects, computed.flux.needsSourceWatcher, check);
    this.#plan = this.take(check) ? plan : undefined;
    if (planned !== undefined) this.program.claim(planned.claims);
    if (computed === undefined || this.#plan === undefined) return;
    this.program.describe({ kind: "Platform", path: name, plan: this.#plan });

    const waiting = { timeout: seconds(computed.flux.settings.timeout), waitForAll: waitForReady };
    registerChart(
      this,
      (app) => void new PlatformChart(app, "platform", { ...computed, ...waiting, fluxObjects: own ?? [] }),
      { edit: this.edit },
    );
    this.registerOutputs({});
  }

  /**
   * What was computed.
   * @throws PlinthReport when the platform was refused
   */
  get plan(): PlatformPlan {
    if (this.#plan === undefined) this.program.throwIfRefused();
    return this.#plan as PlatformPlan;
  }
}

/** Flux's own objects, changed for where it starts; none where it is there already. */
function fluxItself(
  flux: PlannedFlux,
  objects: readonly Manifest[],
  externalArtifacts: boolean,
  check: Check,
): readonly Manifest[] {
  return flux.mode === "existing" ? [] : bootstrapFlux(objects, { pod: flux.pod, externalArtifacts }, check);
}

/** Namespaces, but for those that Flux's own objects have. */
function besideThose(
  namespaces: readonly PlannedNamespace[],
  objects: readonly Manifest[],
): readonly PlannedNamespace[] {
  const made = new Set(objects.filter(({ kind }) => kind === "Namespace").map(({ metadata }) => metadata.name));
  return namespaces.filter(({ name }) => !made.has(name));
}

/** What is given, without what is not. */
function present<T extends object>(given: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;
}

function readRecord(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Helm's own time for an action, and as long again for what is before it: a chart that is fetched, a retry. */
function seconds(timeout: string): number {
  return Math.ceil(((parseDuration(timeout) ?? 0) / 1000) * 2);
}
