import { Check } from "@plinth/core";
import type { Setting } from "./configure.js";
import type { AnyComponent } from "./definition.js";
import type { HandedDown } from "./handed-down.js";
import { DEFAULT_PHASE, type Graph, type GraphEdge, kindsAmong } from "./plan-graph.js";
import { checkKnownNow } from "./plan-known.js";
import { mergeValues } from "./plan-values.js";
import type { ChartReference, JsonObject, Release, ReleaseEdge } from "./release.js";
import { PLATFORM_SETTINGS } from "./settings-rules.js";

/** What the releases are made from, beside the graph. */
export interface ReleaseSources {
  readonly levels: ReadonlyMap<AnyComponent, number>;
  readonly settings: readonly Setting[];
  readonly platform: HandedDown;
  readonly mirror: `oci://${string}` | undefined;
  /** Construct path of a component. */
  pathOf(component: AnyComponent): string;
  /** Takes what the components refuse of their settings, each at the path of its release. */
  readonly check: Check;
}

/** Makes the releases, by level and inside a level in the order of the components. */
export function planReleases(graph: Graph, sources: ReleaseSources): Release[] {
  const settings = new Map<AnyComponent, Setting[]>([...graph.components].map((component) => [component, []]));
  for (const setting of sources.settings) settings.get(setting.component)?.push(setting);
  const releases = [...settings].map(([component, given]) =>
    planRelease(component, graph.edges.get(component) ?? [], given, sources),
  );
  return releases.sort((a, b) => a.level - b.level);
}

function planRelease(
  component: AnyComponent,
  edges: readonly GraphEdge[],
  settings: readonly Setting[],
  sources: ReleaseSources,
): Release {
  const { name, namespace, provides = [], requires = [] } = component;
  const owned = kindsAmong(provides);
  const chart = settings.findLast((setting) => setting.chart !== undefined)?.chart ?? component.chart;
  const { values, valuesFrom } = planGiven(component, settings, sources);
  return {
    path: sources.pathOf(component),
    name,
    releaseName: component.releaseName ?? name,
    namespace: namespace.name,
    privileged: component.privileged ?? false,
    chart: sources.mirror === undefined ? chart : mirrorChart(chart, sources.mirror),
    externalCharts: sources.mirror === undefined ? (component.externalCharts ?? []) : [],
    values,
    valuesFrom,
    dependsOn: edges.map(({ to, reasons }) => ({ ...referenceOf(to, sources), reasons })),
    provides: owned,
    uses: kindsAmong([...requires, ...(component.optional ?? []).filter((one) => sources.platform.has(one))]),
    installsCrds: owned.length > 0 && (component.installsCrds ?? true),
    stateful: component.stateful ?? requires.includes("storage"),
    delivery: component.delivery ?? "flux",
    phase: component.phase ?? DEFAULT_PHASE,
    level: sources.levels.get(component) ?? 0,
  };
}

function referenceOf(component: AnyComponent, { pathOf }: ReleaseSources): Omit<ReleaseEdge, "reasons"> {
  const { name, namespace, delivery = "flux" } = component;
  return { path: pathOf(component), name, namespace: namespace.name, delivery };
}

/** What a release is given. Where it is refused, as much of it as can be read. */
function planGiven(
  component: AnyComponent,
  given: readonly Setting[],
  sources: ReleaseSources,
): Pick<Release, "values" | "valuesFrom"> {
  const check = new Check(sources.pathOf(component));
  for (const { settings, values } of given) {
    checkKnownNow(settings, "", check);
    checkKnownNow(values, "values", check);
  }
  const valuesFrom =
    given.findLast((setting) => setting.valuesFrom !== undefined)?.valuesFrom ?? component.valuesFrom ?? [];
  checkKnownNow(valuesFrom, "valuesFrom", check);
  const values = check.passed ? planValues(component, given, sources.platform, check) : {};
  sources.check.refusals.push(...check.refusals);
  sources.check.warnings.push(...check.warnings);
  return check.refusals.some(({ code }) => code === PLATFORM_SETTINGS.knownNow.code)
    ? { values: {}, valuesFrom: [] }
    : { values, valuesFrom };
}

/** Values in their order: the component's, from settings and platform, then what the user lays over them. */
function planValues(
  component: AnyComponent,
  given: readonly Setting[],
  platform: HandedDown,
  check: Check,
): JsonObject {
  const settings = Object.assign({}, ...given.map((setting) => setting.settings)) as object;
  const layOver = (base: JsonObject): JsonObject =>
    given.reduce((values, { values: over = {} }) => mergeValues(values, over), base);
  component.check?.({ settings, values: layOver({}), platform }, check);
  // what is refused need not be what `values` can read
  if (!check.passed) return layOver({});
  const own = component.values?.(settings, platform) ?? (settings as JsonObject);
  checkKnownNow(own, "values", check);
  return layOver(own);
}

/**
 * A chart as a mirror has it: by its name and version. A chart that stands by itself in a registry keeps its digest, because
 * a copy has the same; one that is cut out of an artifact or comes from a Helm repository is packed anew.
 */
export function mirrorChart(chart: ChartReference, mirror: `oci://${string}`): ChartReference {
  const { chart: name, version } = chart;
  const keepsDigest = chart.source === "oci" && chart.path === undefined && chart.digest !== undefined;
  const digest = keepsDigest ? { digest: chart.digest } : {};
  return { source: "oci", url: mirror, chart: name, version, ...digest };
}
