import { readFileSync } from "node:fs";
import { PlinthComponent, type PlinthComponentArgs, registerChart } from "@plinth/bridge";
import type { Manifest } from "@plinth/bridge/chart";
import { Check, parseDuration } from "@plinth/core";
import type * as pulumi from "@pulumi/pulumi";
import { bootstrapFlux } from "./flux/bootstrap.js";
import { planFlux } from "./flux/plan-flux.js";
import type { FluxSettings } from "./flux/settings.js";
import { type PlatformPlan, planPlatform } from "./plan.js";
import { PlatformChart } from "./platform-chart.js";
import type { PlatformProps } from "./props.js";
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
export type PlatformArgs = PlatformProps & PlatformOptions;

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
    const { edit: _, fluxSettings, fluxObjects, upgrade, waitForReady = true, ...props } = args;
    const check = new Check(name);
    const planned = planPlatform(props as PlatformProps, check);
    const plan = planned?.plan;
    const flux =
      plan &&
      planFlux(
        {
          releases: plan.releases,
          namespaces: plan.namespaces,
          fluxNamespace: plan.flux.namespace,
          ...(fluxSettings === undefined ? {} : { settings: fluxSettings }),
        },
        check,
      );
    if (plan !== undefined && upgrade !== undefined) checkUpgrade(plan, upgrade, readRecord, check);
    const own = plan?.flux.mode === "installed" ? bootstrapFlux(fluxObjects ?? [], { pod: plan.flux.pod }, check) : [];
    this.#plan = this.take(check) ? plan : undefined;
    if (planned !== undefined) this.program.claim(planned.claims);
    if (plan === undefined || flux === undefined || this.#plan === undefined) return;
    this.program.describe({ kind: "Platform", path: name, plan });

    const timeout = waitForReady ? seconds(flux.settings.timeout) : undefined;
    registerChart(this, (app) => void new PlatformChart(app, "platform", { flux, fluxObjects: own, timeout }), {
      edit: this.edit,
    });
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
