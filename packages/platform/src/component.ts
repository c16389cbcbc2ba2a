import { readFileSync } from "node:fs";
import { PlinthComponent, type PlinthComponentArgs, type RegisterChartOptions, registerChart } from "@plinth/bridge";
import { Check, parseDuration } from "@plinth/core";
import type * as pulumi from "@pulumi/pulumi";
import { bundleOf, type PlatformBundle } from "./delivery/bundle.js";
import { BundleChart } from "./delivery/bundle-chart.js";
import { type BundleTarget, checkTarget } from "./delivery/target.js";
import type { PlatformPlan } from "./plan.js";
import { PlatformChart } from "./platform-chart.js";
import { type PlatformObjectsProps, planPlatformObjects } from "./platform-objects.js";
import { checkUpgrade, type UpgradeProps } from "./upgrade/check-upgrade.js";

/** Who applies the objects of a platform. They are the same either way. */
export type PlatformDelivery =
  /** Pulumi, each as a resource of its own: every object is in the preview. */
  | {
      /** Every object is a resource of Pulumi's. */
      readonly type: "pulumi";
    }
  /**
   * Flux, out of an artifact in a registry that `plinth publish` has put there: Pulumi has four resources, however large the platform is.
   */
  | ({
      /** Every object is in the artifact, and Flux applies it. */
      readonly type: "flux";
    } & BundleTarget);

/** What a program describes of a platform: its plan, and what is to be published for Flux. */
export interface DescribedPlatformPlan extends PlatformPlan {
  /** Namespaces of the tenants that the program makes, from the root down. */
  readonly tenants: readonly string[];
  readonly published?: { readonly bundle: PlatformBundle; readonly target: BundleTarget };
}

/** What {@link Platform} takes beside what decides its objects. */
interface PlatformOptions extends PlinthComponentArgs {
  /** @default - Pulumi */
  readonly delivery?: PlatformDelivery | undefined;
  /** What the change is compared with. @default - nothing: an upgrade that loses data is not seen */
  readonly upgrade?: UpgradeProps | undefined;
  /**
   * Whether `up` goes on until all releases are ready; a release that does not get ready within its time-out ends it, by its name. Flux tries
   * on whatever `up` does.
   * @default true
   */
  readonly waitForReady?: boolean | undefined;
}

/** Arguments of {@link Platform}. */
export type PlatformArgs = PlatformObjectsProps & PlatformOptions;

/**
 * A platform: from an empty cluster to a cloud, as one closed graph of Helm releases that Flux installs.
 *
 * Refuses, before anything is sent: a release that needs what nobody provides, circles, two owners of one kind, a part that is left out
 * while others need it (naming all of them), ranges that overlap, upgrades that lose data, and all else in `docs/refusals.md`, PL50xx.
 */
export class Platform extends PlinthComponent {
  readonly #plan: PlatformPlan | undefined;
  readonly #bundle: PlatformBundle | undefined;

  constructor(name: string, args: PlatformArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("plinth:platform:Platform", name, args, opts);
    const { edit: _, delivery = { type: "pulumi" }, upgrade, waitForReady = true, ...props } = args;
    const check = new Check(name);
    const planned = planPlatformObjects(props as PlatformObjectsProps, check);
    const tenants = planned?.objects.setup.tenants?.tenants.map(({ namespace }) => namespace) ?? [];
    if (planned !== undefined && upgrade !== undefined)
      checkUpgrade({ ...planned.plan, tenants }, upgrade, readRecord, check);
    if (delivery.type === "flux") checkTarget(delivery, check);
    const passed = this.take(check);
    if (planned === undefined) return;
    this.program.claim(planned.claims);
    const { plan, objects } = planned;
    const published =
      passed && delivery.type === "flux" ? { bundle: bundleOf(name, objects, this.edit), target: delivery } : undefined;
    const described: DescribedPlatformPlan = { ...plan, tenants, ...(published && { published }) };
    // also when it is refused: what could be computed is what explains the refusal
    this.program.describe({ kind: "Platform", path: name, plan: described });
    if (!passed) return;
    this.#plan = plan;
    this.#bundle = published?.bundle;
    const timeout = seconds(objects.flux.settings.timeout);
    if (published === undefined) {
      const waitFor = waitForReady ? "all" : "needed";
      registerChart(this, (app) => void new PlatformChart(app, "platform", { ...objects, waitFor }), {
        edit: this.edit,
        resourceOptions: timeoutFor("HelmRelease", timeout),
      });
    } else {
      const { fluxNamespace: namespace, settings } = objects.flux;
      const all = timeout * plan.levels.length;
      const own = { name, ...published, namespace, settings, timeout: all, waitForReady };
      registerChart(this, (app) => void new BundleChart(app, "bundle", own), {
        resourceOptions: timeoutFor("Kustomization", all),
      });
    }
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

  /** What `plinth publish` puts into the registry; `undefined` where Pulumi applies the objects. */
  get bundle(): PlatformBundle | undefined {
    return this.#bundle;
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

/** How long Pulumi waits for objects of a kind; not by an annotation, which would cut short their removal too. */
function timeoutFor(kind: string, timeout: number): NonNullable<RegisterChartOptions["resourceOptions"]> {
  const customTimeouts = { create: `${timeout}s`, update: `${timeout}s`, delete: `${timeout}s` };
  return ({ type }) => (type.endsWith(`:${kind}`) ? { customTimeouts } : {});
}

/** Helm's own time for an action, and as long again for what is before it: a chart that is fetched, a retry. */
function seconds(timeout: string): number {
  return Math.ceil(((parseDuration(timeout) ?? 0) / 1000) * 2);
}
