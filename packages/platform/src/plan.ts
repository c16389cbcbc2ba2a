import type { AddressClaim, Check, PlinthError } from "@plinth/core";
import type { AnyComponent, Capability } from "./definition.js";
import type { ApiServerAddress, Distribution, HandedDown, PlatformMachine, PlatformNetwork } from "./handed-down.js";
import { kinds, kindText } from "./kinds.js";
import { type MachineProfile, machineProfile } from "./machine/profile.js";
import { mirrorsOf } from "./machine/registry-mirrors.js";
import type { RegistryMirror } from "./machine/talos/settings.js";
import { type PlannedFlux, planApiServer, planFluxPod } from "./plan-bootstrap.js";
import {
  checkDomain,
  checkNames,
  checkOwners,
  checkPhases,
  type PlannedNamespace,
  planNamespaces,
} from "./plan-components.js";
import { DELIVERY, deriveGraph, type Existing, type Graph, isComponent, kindsAmong } from "./plan-graph.js";
import { findCycles, findLevels } from "./plan-levels.js";
import { checkControlPlane, planMachines, planPlatformNetwork } from "./plan-network.js";
import { checkKnown, refuseBroken, refuseCycles, refuseMissing } from "./plan-refusals.js";
import { planReleases } from "./plan-releases.js";
import { full, hosted } from "./presets.js";
import { PLATFORM_FIELDS, type PlatformProps } from "./props.js";
import { PHASES, type Phase, type Release } from "./release.js";

export type { FluxPod, PlannedFlux, Toleration } from "./plan-bootstrap.js";
export type { PlannedNamespace } from "./plan-components.js";
export { cidrsOf, rangeText } from "./plan-ranges.js";
export { describeLevels, describeReason } from "./plan-report.js";
export type { PlatformProps } from "./props.js";

/** All that is computed for a platform, before anything is sent. Plain data. */
export interface PlatformPlan {
  readonly distribution: Distribution;
  /** Name of the preset. */
  readonly preset: string;
  /** By level, and inside a level in the order of the preset. */
  readonly releases: readonly Release[];
  /** The same, as a list for each level. */
  readonly levels: readonly (readonly Release[])[];
  /** The same, by phase. */
  readonly phases: Readonly<Record<Phase, readonly Release[]>>;
  /** One for each name, in the order of the components. */
  readonly namespaces: readonly PlannedNamespace[];
  /** The ranges; `undefined` in a hosted cluster whose ranges were not given. */
  readonly network: PlatformNetwork | undefined;
  readonly machines: readonly PlatformMachine[];
  /** What every machine must have, because components need it. */
  readonly machine: MachineProfile;
  /** Where every machine takes images from, when there is a mirror: the machine constructs and Talos' documents take it. */
  readonly registryMirrors: readonly RegistryMirror[];
  /** Where pods on the host's network reach the API server; `undefined` in a hosted cluster. */
  readonly apiServer: ApiServerAddress | undefined;
  /** Domain of the cluster's own DNS. */
  readonly clusterDomain: string;
  readonly flux: PlannedFlux;
  /** Construct paths of the releases whose chart is pinned by its version only: nobody has published a digest. */
  readonly withoutDigest: readonly string[];
}

/** Kinds by which kube-ovn is known, whichever component installs it. */
const [OVERLAY_KIND] = kinds("kubeovn.io", "Subnet");

/**
 * Computes a platform. Pure: no cdk8s, no Pulumi, nothing is read or sent. Linear in components, requirements and edges.
 * @param check takes what is wrong; its path is the platform's, and the paths of the releases are below it
 * @returns the plan and the ranges to claim, or `undefined` when there is no order
 */
export function planPlatform(
  props: PlatformProps,
  check: Check,
): { readonly plan: PlatformPlan; readonly claims: readonly AddressClaim[] } | undefined {
  check.fields<PlatformProps>(props, PLATFORM_FIELDS);
  const pathOf = ({ name }: AnyComponent): string => `${check.path}/${name}`;
  const refusing = { pathOf, refuse: (refusal: PlinthError) => void check.refusals.push(refusal) };
  const preset = props.preset ?? (props.distribution === "hosted" ? hosted : full);
  const given = new Set([...preset.components, ...(props.components ?? [])]);
  const existing = planExisting(props, given);
  const wanted = [...given].filter((component) => !existing.components.has(component));
  checkKnown("disable", props.disable ?? [], given, check);
  checkKnown(
    "configure",
    (props.configure ?? []).map(({ component }) => component),
    given,
    check,
  );

  const disabled = new Set((props.disable ?? []).filter((one) => given.has(one) && !existing.components.has(one)));
  const whole = deriveGraph(wanted, existing);
  const graph =
    disabled.size === 0
      ? whole
      : deriveGraph(
          wanted.filter((one) => !disabled.has(one)),
          existing,
        );
  refuseBroken({ whole, disabled, existing }, check, pathOf);
  refuseMissing(graph, whole, check, pathOf);
  checkNames(graph.components, refusing);
  checkOwners(graph, existing, refusing);
  checkPhases(graph, refusing);
  const namespaces = planNamespaces(graph.components, refusing);

  checkDomain("clusterDomain", props.clusterDomain, check);
  checkDomain("host", props.host, check);
  const apiServer = planApiServer(props, check);
  const machines = planMachines(props.machines ?? [], check);
  if (props.distribution !== "hosted") checkControlPlane(machines, check);
  const has: HandedDown["has"] = (needed) => isThere(needed, graph, existing);
  const hasOverlay = OVERLAY_KIND !== undefined && has(OVERLAY_KIND);
  const network =
    props.network && planPlatformNetwork({ ranges: props.network, machines, apiServer, hasOverlay }, check);

  const components = [...graph.components];
  const next = (component: AnyComponent): AnyComponent[] => (graph.edges.get(component) ?? []).map(({ to }) => to);
  const levels = findLevels(components, next);
  if (levels.size < components.length) {
    refuseCycles(findCycles(components, next), check, pathOf);
    return undefined;
  }
  if (props.distribution !== "hosted" && network === undefined) return undefined;

  const machine = machineProfile(
    components.map((component) => ({ path: pathOf(component), ...component })),
    check,
  );
  const controlPlane = machines.filter(({ role }) => role === "control-plane");
  const { distribution, clusterDomain = "cluster.local", host = "cloud.local", mirror } = props;
  const platform = { distribution, apiServer, network: network?.network, controlPlane, clusterDomain, host, has };
  const releases = planReleases(graph, { levels, settings: props.configure ?? [], platform, mirror, pathOf, check });
  const byLevel: Release[][] = [];
  for (const release of releases) {
    byLevel[release.level] ??= [];
    byLevel[release.level]?.push(release);
  }
  const plan: PlatformPlan = {
    distribution,
    preset: preset.name,
    releases,
    levels: byLevel,
    phases: Object.fromEntries(
      PHASES.map((phase) => [phase, releases.filter((release) => release.phase === phase)]),
    ) as Record<Phase, Release[]>,
    namespaces,
    network: network?.network,
    machines,
    machine,
    registryMirrors: mirror === undefined ? [] : mirrorsOf(mirror),
    apiServer,
    clusterDomain,
    flux: planFlux(props, graph, apiServer),
    withoutDigest: releases.filter(({ chart }) => chart.digest === undefined).map(({ path }) => path),
  };
  return { plan, claims: network?.claims ?? [] };
}

/** What is in the cluster before: what the user says, what a hosted cluster has, and what an existing Flux brings. */
function planExisting(props: PlatformProps, given: ReadonlySet<AnyComponent>): Existing {
  const all = props.existing ?? [];
  const ofHosted: Capability[] = props.distribution === "hosted" ? ["network", "storage"] : [];
  const capabilities = all.filter((one) => typeof one === "string");
  const flux = props.flux === undefined ? [] : [...given].filter(({ delivery }) => delivery === "direct");
  const ofFlux = props.flux === undefined ? [] : [DELIVERY, ...flux.flatMap(({ provides }) => kindsAmong(provides))];
  return {
    kinds: new Set([...kindsAmong(all), ...ofFlux].map(kindText)),
    capabilities: new Set([...capabilities, ...ofHosted]),
    components: new Set(flux),
  };
}

function planFlux(props: PlatformProps, graph: Graph, apiServer: ApiServerAddress | undefined): PlannedFlux {
  if (props.flux !== undefined) return { mode: "existing", namespace: props.flux.existing.namespace };
  const installed = [...graph.components].find(({ delivery }) => delivery === "direct");
  return { mode: "installed", namespace: installed?.namespace.name ?? "flux-system", pod: planFluxPod(apiServer) };
}

function isThere(needed: Parameters<HandedDown["has"]>[0], graph: Graph, existing: Existing): boolean {
  if (typeof needed === "string") return existing.capabilities.has(needed) || graph.providers.capabilities.has(needed);
  if (isComponent(needed)) return graph.components.has(needed) || existing.components.has(needed);
  return existing.kinds.has(kindText(needed)) || graph.providers.kinds.has(kindText(needed));
}
