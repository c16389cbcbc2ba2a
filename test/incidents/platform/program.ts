import type { Manifest } from "@plinth/bridge/chart";
import { attemptProgram } from "@plinth/bridge/testing";
import { type AddressClaim, Check, Program } from "@plinth/core";
import { FluxChart, type FluxSettings, planFlux } from "@plinth/platform/chart";
import { type ApiObject, App } from "cdk8s";
import { Platform, type PlatformArgs, platform } from "plinth";
import { Outcome } from "../hybrid/program.js";

const { planPlatform } = platform;

/** Three machines of a control plane in one subnet, with the least on which something runs. */
export const OWN: platform.OwnPlatformProps = {
  distribution: "talos",
  preset: platform.minimal,
  network: { nodes: ["192.168.100.0/24"], loadBalancer: ["192.168.100.200-192.168.100.250"] },
  machines: [1, 2, 3].map((n) => ({ name: `node${n}`, address: `192.168.100.1${n}`, role: "control-plane" })),
};

/** What an incident changes of {@link OWN}, or another platform. */
export type Change = Partial<platform.OwnPlatformProps> | platform.HostedPlatformProps;

/** An object as it is sent. */
export interface Sent {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** A platform, planned and rendered. */
export interface Rendered {
  readonly plan: platform.PlatformPlan;
  /** Code, path and property of each refusal. */
  readonly refusals: readonly (readonly [code: string, path: string, property: string | undefined])[];
  /** The same, with all that they say. */
  readonly errors: Program["refusals"];
  /** What Flux is told. */
  readonly objects: readonly Sent[];
  /** Objects of a kind. */
  all(kind: string): readonly Sent[];
  /** The spec of a HelmRelease. */
  release(name: string): Readonly<Record<string, unknown>>;
  /** Kind and name of what a HelmRelease is made after, and goes before, in the construct tree. */
  before(name: string): readonly string[];
  /** Names of the HelmReleases that one waits for. */
  waitsFor(name: string): readonly string[];
}

/**
 * Plans and renders a platform without Pulumi.
 * @param claims ranges of the same program that are somebody else's
 */
export function render(
  change: Change = {},
  settings: FluxSettings = {},
  claims: readonly AddressClaim[] = [],
): Rendered {
  const check = new Check("platform");
  const program = new Program();
  const given = change.distribution === "hosted" ? change : { ...OWN, ...change };
  const planned = planPlatform(given as platform.PlatformProps, check);
  const plan = planned?.plan;
  const { releases = [], namespaces = [], flux } = plan ?? {};
  const props = { releases, namespaces, fluxNamespace: flux?.namespace ?? "", settings };
  const chart = new FluxChart(new App(), "flux", { plan: planFlux(props, check) });
  program.take(check);
  program.claim([...(planned?.claims ?? []), ...claims]);
  const objects = chart.toJson() as Sent[];
  const release = (name: string): Sent["spec"] => {
    const found = objects.find(({ kind, metadata }) => kind === "HelmRelease" && metadata.name === name);
    if (found === undefined) throw new Error(`There is no HelmRelease ${name}`);
    return found.spec;
  };
  return {
    plan: plan as platform.PlatformPlan,
    refusals: program.refusals.map(({ code, path, property }) => [code, path, property] as const),
    errors: program.refusals,
    objects,
    all: (wanted) => objects.filter(({ kind }) => kind === wanted),
    release,
    before: (name) =>
      chart.releases.get(`platform/${name}`)?.node.dependencies.map((one) => {
        const { kind, name: of } = one as ApiObject;
        return `${kind}/${of}`;
      }) ?? [],
    waitsFor: (name) => ((release(name).dependsOn ?? []) as { name: string }[]).map((edge) => edge.name),
  };
}

const whole = new Map<platform.Preset, Rendered>();

/** A preset as it is, rendered once. */
export function presetOf(name: keyof typeof platform.PRESETS): Rendered {
  const preset = platform.PRESETS[name];
  const rendered = whole.get(preset) ?? render(name === "hosted" ? { distribution: "hosted" } : { preset });
  whole.set(preset, rendered);
  return rendered;
}

/** Runs a program with a platform, whose Flux is there already, against no cluster at all: what Pulumi is told. */
export async function run(change: Change & Partial<PlatformArgs> = {}): Promise<Outcome> {
  const args = { ...OWN, flux: { existing: { namespace: "flux-system" } }, ...change } as PlatformArgs;
  return new Outcome(await attemptProgram(() => void new Platform("cloud", args)));
}

/** A component of the chart `name`, in a namespace of that name. */
export function component(name: string, given: Partial<platform.AnyComponent> = {}): platform.AnyComponent {
  const chart = { source: "oci", url: "oci://registry.example.com/charts", chart: name, version: "1.0.0" } as const;
  return { name, namespace: { name }, chart, ...given };
}

/** Flux's own Deployments, as far as they are read. */
export function deployments(): readonly Manifest[] {
  return ["source-controller", "helm-controller"].map((name) => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "cozy-fluxcd" },
    spec: { template: { spec: { containers: [{ name: "manager", args: ["--log-level=info"] }] } } },
  }));
}

/** The spec of the pods of the one Deployment. */
export function podOf(objects: readonly Manifest[]): { readonly containers: readonly Container[] } {
  const found = objects.find(({ kind }) => kind === "Deployment") as Deployment | undefined;
  if (found === undefined) throw new Error("There is no Deployment");
  return found.spec.template.spec;
}

/** Flags of a container of it. */
export function flagsOf(objects: readonly Manifest[], name: string): Readonly<Record<string, string>> {
  const { args = [] } = podOf(objects).containers.find((container) => container.name === name) ?? {};
  return Object.fromEntries(args.map((arg) => arg.replace(/^--/, "").split(/=(.*)/s).slice(0, 2)));
}

interface Container {
  readonly name: string;
  readonly args?: readonly string[];
}

interface Deployment extends Manifest {
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } };
}
