// For each incident of platforms: what prevents it, and how to take that away. See ../hybrid/mutations.mjs.
import { BROKEN, CATALOGUE, COZYSTACK, FLUX, HELM, NO_ORDER, PLATFORM, RETRY } from "./mutated.mjs";
import { network, settings } from "./mutations-settings.mjs";

const graph = [
  { incident: `${COZYSTACK}#3389`, ...BROKEN },
  {
    incident: `${COZYSTACK}#3389`,
    file: `${PLATFORM}plan-disable.ts`,
    from: "for (const { component } of broken) lose(component);",
    to: "",
  },
  {
    incident: `${COZYSTACK}#3391`,
    file: `${PLATFORM}presets.ts`,
    from: "    catalogue.postgresOperator,\n",
    to: "",
  },
  {
    incident: `${COZYSTACK}#908`,
    file: `${PLATFORM}plan.ts`,
    from: "refuseMissing(graph, whole, check, pathOf);",
    to: "",
  },
  {
    incident: `${COZYSTACK}#708`,
    file: `${CATALOGUE}piraeus-operator.ts`,
    from: ', ...kinds("monitoring.coreos.com", "PrometheusRule")],',
    to: "],",
  },
  {
    incident: `${COZYSTACK}#708`,
    file: `${CATALOGUE}cert-manager-issuers.ts`,
    from: 'requires: kinds("cert-manager.io", "ClusterIssuer"),',
    to: "",
  },
  {
    incident: `${COZYSTACK}#708`,
    file: `${PLATFORM}plan-graph.ts`,
    from: "if (owner === undefined) return undefined;",
    to: "if (owner === undefined) return [];",
  },
  {
    incident: `${COZYSTACK}#2842`,
    file: `${CATALOGUE}applications.ts`,
    from: "requires: [tenant, cozystackApi],",
    to: "requires: [tenant],",
  },
  {
    incident: `${COZYSTACK}#2842`,
    file: `${CATALOGUE}applications.ts`,
    from: 'optional: kinds("gateway.networking.k8s.io", "HTTPRoute"),',
    to: "",
  },
  { incident: `${COZYSTACK}#902`, file: `${PLATFORM}presets.ts`, from: "  catalogue.keycloak,\n", to: "" },
  {
    incident: `${COZYSTACK}#902`,
    file: `${CATALOGUE}charts.ts`,
    from: '"oidc-enabled": "false",',
    to: '"oidc-enabled": "true",',
  },
  {
    incident: `${COZYSTACK}#726`,
    file: `${PLATFORM}plan.ts`,
    from: "refuseCycles(findCycles(components, next), check, pathOf);",
    to: "",
  },
  {
    incident: `${COZYSTACK}#1154`,
    file: `${CATALOGUE}last.ts`,
    from: '    velero,\n    cozystackBasics,\n    APPLICATIONS.bucket,\n    ...kinds("velero.io", "BackupStorageLocation"),\n',
    to: "    cozystackBasics,\n    APPLICATIONS.bucket,\n",
  },
  { incident: `${COZYSTACK}#1154`, ...BROKEN },
  {
    incident: "fluxcd/flux2#956",
    file: `${FLUX}helm-release.ts`,
    from: '.filter(({ delivery }) => delivery === "flux")',
    to: "",
  },
];

const releases = [
  { incident: `${COZYSTACK}#3552`, ...RETRY },
  {
    incident: `${COZYSTACK}#3552`,
    file: `${FLUX}helm-release.ts`,
    from: ', chartNameChangeStrategy: "InPlaceUpdate"',
    to: "",
  },
  {
    incident: `${COZYSTACK}#3552`,
    file: `${FLUX}plan-settings.ts`,
    from: 'atLeast("timeout", settings.timeout, MINUTE, "1m", check);',
    to: "",
  },
  { incident: `${COZYSTACK}#3555`, ...RETRY },
  {
    incident: `${COZYSTACK}#3555`,
    file: `${FLUX}helm-release.ts`,
    from: '  "    helm.sh/resource-policy: keep",\n',
    to: "",
  },
  {
    incident: `${COZYSTACK}#3555`,
    file: `${FLUX}settings.ts`,
    from: "driftIgnores: [],\n  keepCrds: true,",
    to: "driftIgnores: [],\n  keepCrds: false,",
  },
  {
    incident: `${COZYSTACK}#1952`,
    file: `${FLUX}helm-release.ts`,
    from: "...(checks.length === 0 ? {} : { healthCheckExprs: checks }),",
    to: "",
  },
  ...["VirtualMachine", "DataVolume"].map((kind) => ({
    incident: `${COZYSTACK}#1952`,
    file: `${FLUX}health.ts`,
    from: `${kind}.${kind === "DataVolume" ? "cdi." : ""}kubevirt.io": `,
    to: `No${kind}.kubevirt.io": `,
  })),
  {
    incident: `${COZYSTACK}#1952`,
    file: `${FLUX}helm-release.ts`,
    from: 'waitStrategy: { name: "poller" },',
    to: "",
  },
  {
    incident: `${COZYSTACK}#3680`,
    file: `${PLATFORM}platform-chart.ts`,
    from: 'release.metadata.addAnnotation("pulumi.com/waitFor", "condition=Ready");',
    to: "",
  },
  { incident: `${COZYSTACK}#3680`, ...NO_ORDER },
  {
    incident: `${COZYSTACK}#3680`,
    file: `${PLATFORM}why-waiting.ts`,
    from: "for (const one of seen) for (const other of blockers.get(one) ?? []) seen.add(other);",
    to: "",
  },
  {
    incident: `${COZYSTACK}#196`,
    file: `${FLUX}plan-settings.ts`,
    from: 'atLeast("interval", settings.interval, 5 * MINUTE, "5m", check);',
    to: "",
  },
  { incident: `${COZYSTACK}#196`, file: `${FLUX}settings.ts`, from: '  interval: "10m",', to: '  interval: "1m",' },
  {
    incident: `${COZYSTACK}#196`,
    file: `${FLUX}bootstrap-container.ts`,
    from: 'name === "helm-controller" ? { concurrent: String(concurrency) } : {}',
    to: "{}",
  },
  {
    incident: `${COZYSTACK}#196`,
    file: `${FLUX}bootstrap-container.ts`,
    from: 'const GATES = ["CancelHealthCheckOnNewRevision"];',
    to: "const GATES = [];",
  },
];

const flux = [
  {
    incident: `${HELM}#276`,
    file: `${FLUX}helm-release.ts`,
    from: "...(readyExpr === undefined ? {} : { readyExpr })",
    to: "",
  },
  {
    incident: `${HELM}#276`,
    file: `${FLUX}helm-release.ts`,
    from: "const version = release.chart.version.",
    to: 'const version = "".',
  },
  {
    incident: `${HELM}#149`,
    file: `${FLUX}bootstrap.ts`,
    from: "const GRACE_SECONDS = 600;",
    to: "const GRACE_SECONDS = 30;",
  },
  {
    incident: `${HELM}#149`,
    file: `${FLUX}bootstrap.ts`,
    from: 'strategy: { type: "Recreate" },',
    to: "",
  },
  { incident: "fluxcd/flux2#5592", ...RETRY },
  {
    incident: "fluxcd/flux2#5592",
    file: `${FLUX}plan-settings.ts`,
    from: 'check.fields<FluxSettings>(given, FLUX_FIELDS, "flux");',
    to: "",
  },
  {
    incident: "fluxcd/flux2#3953",
    file: `${FLUX}helm-release.ts`,
    from: 'const crds = installsCrds ? "CreateReplace" : "Skip";',
    to: 'const crds = "Skip";',
  },
  {
    incident: "fluxcd/flux2#3953",
    file: `${PLATFORM}plan.ts`,
    from: "checkOwners(graph, existing, refusing);",
    to: "",
  },
  {
    incident: `${HELM}#1139`,
    file: `${FLUX}settings.ts`,
    from: "  takeOwnership: false,",
    to: "  takeOwnership: true,",
  },
  { incident: `${HELM}#805`, file: `${FLUX}helm-release.ts`, from: 'mode: "enabled",', to: 'mode: "disabled",' },
  {
    incident: `${HELM}#805`,
    file: `${FLUX}helm-release.ts`,
    from: "[...DRIFT_IGNORES, ...settings.driftIgnores]",
    to: "settings.driftIgnores",
  },
  { incident: `${HELM}#805`, file: `${FLUX}plan-settings.ts`, from: "  checkIgnores(settings, check);\n", to: "" },
  {
    incident: `${HELM}#554`,
    file: `${PLATFORM}definition.ts`,
    from: "  readonly privileged?: boolean;\n",
    to: "  readonly privileged?: boolean;\n  readonly kubeConfig?: object;\n",
    types: true,
  },
];

const removal = [
  {
    incident: `${COZYSTACK}#801`,
    file: `${PLATFORM}plan.ts`,
    from: "wanted.filter((one) => !disabled.has(one)),",
    to: "wanted,",
  },
  {
    incident: `${COZYSTACK}#801`,
    file: `${PLATFORM}upgrade/plan-upgrade.ts`,
    from: 'if (after === undefined) return [{ type: "uninstall", path, losesData: stateful }];',
    to: "if (after === undefined) return [];",
  },
  {
    incident: `${COZYSTACK}#2128`,
    file: `${PLATFORM}plan.ts`,
    from: "checkNames(graph.components, refusing);",
    to: "",
  },
  {
    incident: `${COZYSTACK}#2128`,
    file: `${PLATFORM}upgrade/plan-upgrade.ts`,
    from: "  checkDataLoss(releases, acknowledged, check);\n",
    to: "",
  },
  { incident: `${COZYSTACK}#3062`, ...NO_ORDER },
  {
    incident: `${COZYSTACK}#3062`,
    file: `${FLUX}helm-release.ts`,
    from: 'uninstall: { deletionPropagation: "foreground", timeout: settings.timeout },',
    to: "",
  },
  {
    incident: `${COZYSTACK}#1660`,
    file: `${PLATFORM}tenants/tenants-chart.ts`,
    from: "if (above !== undefined) namespace.node.addDependency(above);",
    to: "",
  },
  { incident: "fluxcd/flux2#5586", ...NO_ORDER },
  { incident: "fluxcd/flux2#4793", file: `${FLUX}flux-chart.ts`, from: "byName.get(release.namespace),", to: "" },
];

export const MUTATIONS = [...graph, ...releases, ...flux, ...removal, ...network, ...settings];
