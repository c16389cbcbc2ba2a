// For each incident of platforms: what prevents it, and how to take that away. See ../hybrid/mutations.mjs.
const PLATFORM = "packages/platform/src/";
const CATALOGUE = `${PLATFORM}catalogue/`;
const FLUX = `${PLATFORM}flux/`;
const COZYSTACK = "cozystack/cozystack";
const HELM = "fluxcd/helm-controller";

const NO_ORDER = {
  file: `${FLUX}flux-chart.ts`,
  from: "...release.dependsOn.map((edge) => releases.get(edge.path)),",
  to: "",
};

const RETRY = {
  file: `${FLUX}helm-release.ts`,
  from: 'strategy: { name: "RetryOnFailure", retryInterval: settings.retryInterval },',
  to: "remediation: { retries: 3 },",
};

const BROKEN = {
  file: `${PLATFORM}plan.ts`,
  from: "refuseBroken({ whole, disabled, existing }, check, pathOf);",
  to: "",
};

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

const network = [
  ...["pod", "service"].map((range) => ({
    incident: `${COZYSTACK}#4161`,
    file: `${PLATFORM}plan-network.ts`,
    from: `ofCluster(${range}, "${range}", "${range === "pod" ? "pods" : "Services"}"),`,
    to: "",
  })),
  {
    incident: `${COZYSTACK}#4161`,
    file: `${PLATFORM}plan-network.ts`,
    from: "ranges[key] ?? DEFAULTS[key]",
    to: "DEFAULTS[key]",
  },
  {
    incident: `${COZYSTACK}#3740`,
    file: `${PLATFORM}plan-network.ts`,
    from: ', ofCluster(nodePod, "nodePod", "addresses of Cilium on the nodes")]',
    to: "]",
  },
  ...["main-document", "separate-documents"].map((name) => ({
    incident: `${COZYSTACK}#3740`,
    file: `${PLATFORM}machine/talos/${name}.ts`,
    from: `podSubnets: [${name === "main-document" ? "settings." : ""}network.nodePod.toString()],`,
    to: `podSubnets: [${name === "main-document" ? "settings." : ""}network.pod.toString()],`,
  })),
  {
    incident: `${COZYSTACK}#283`,
    file: `${PLATFORM}plan-network.ts`,
    from: "if (pod.isHost(gateway)) return true;",
    to: "return true;",
  },
  {
    incident: `${COZYSTACK}#283`,
    file: `${PLATFORM}plan-network.ts`,
    from: "checkSizes({ pod, service, ...(hasOverlay ? { join } : {}) }, check);",
    to: "",
  },
  {
    incident: `${COZYSTACK}#2242`,
    file: `${CATALOGUE}kubeovn.ts`,
    from: "controlPlane.map(({ address }) => address)",
    to: "controlPlane.slice(0, 1).map(({ address }) => address)",
  },
  {
    incident: `${COZYSTACK}#2242`,
    file: `${PLATFORM}plan.ts`,
    from: 'if (props.distribution !== "hosted") checkControlPlane(machines, check);',
    to: "",
  },
  {
    incident: `${COZYSTACK}#2804`,
    file: `${PLATFORM}addresses/plan.ts`,
    from: "else checkAnnouncedTo(pool.announce.peers, peers, property, check);",
    to: "",
  },
  {
    incident: `${COZYSTACK}#2804`,
    file: `${PLATFORM}addresses/addresses-chart.ts`,
    from: "peers: [...peers],",
    to: "",
  },
];

const settings = [
  {
    incident: `${COZYSTACK}#173`,
    file: `${PLATFORM}plan-releases.ts`,
    from: "sources.mirror === undefined ? chart : mirrorChart(chart, sources.mirror)",
    to: "chart",
  },
  {
    incident: `${COZYSTACK}#173`,
    file: `${PLATFORM}mirror/registry-mirrors.ts`,
    from: "skipFallback: true,",
    to: "skipFallback: false,",
  },
  {
    incident: `${COZYSTACK}#173`,
    file: `${PLATFORM}machine/talos/main-document.ts`,
    from: "...registriesOf(settings), ",
    to: "",
  },
  {
    incident: `${COZYSTACK}#173`,
    file: `${PLATFORM}machine/talos/separate-documents.ts`,
    from: "[...mirrors(settings), ...virtualAddress(settings, role)]",
    to: "virtualAddress(settings, role)",
  },
  {
    incident: `${COZYSTACK}#2765`,
    file: `${CATALOGUE}kubevirt.ts`,
    from: '...(pciDevices.length > 0 ? ["HostDevices"] : [])',
    to: "",
  },
  {
    incident: `${COZYSTACK}#2765`,
    file: `${CATALOGUE}kubevirt.ts`,
    from: "pciDevices.length === 0 ? {} : { pciHostDevices: pciDevices.map((device) => ({ ...device })) }",
    to: "{}",
  },
  ...["main-document", "separate-documents"].map((name) => ({
    incident: `${COZYSTACK}#2780`,
    file: `${PLATFORM}machine/talos/${name}.ts`,
    from: name === "main-document" ? "moduleOf(name, parameters))" : "...kernelModules.map(({ name, parameters }) =>",
    to: name === "main-document" ? "parameters)" : "...[].map(({ name, parameters }) =>",
  })),
  {
    incident: `${COZYSTACK}#752`,
    file: `${PLATFORM}tenants/plan-quota.ts`,
    from: "if (given > amount) {",
    to: "if (given < 0n) {",
  },
  {
    incident: `${COZYSTACK}#752`,
    file: `${PLATFORM}tenants/plan-quota.ts`,
    from: "if (unlimited.length > 0) {",
    to: "if (unlimited.length > 99) {",
  },
  {
    incident: `${COZYSTACK}#1255`,
    file: `${PLATFORM}tenants/tenants-chart.ts`,
    from: "if (own.size === 0) return [range];",
    to: "if (own.size === 0) return range.node.scope.node.tryRemoveChild(range.node.id) ? [] : [];",
  },
  {
    incident: `${COZYSTACK}#1084`,
    file: `${CATALOGUE}monitoring.ts`,
    from: ", ...Object.fromEntries(parts) };",
    to: " };",
  },
  {
    incident: `${COZYSTACK}#1084`,
    file: `${PLATFORM}tenants/plan.ts`,
    from: "tenant.monitoring ? namespace : place.monitoring",
    to: "namespace",
  },
  {
    incident: `${COZYSTACK}#1568`,
    file: `${PLATFORM}configure.ts`,
    from: "settings: Partial<NoInfer<Settings>>,",
    to: "settings: object,",
    types: true,
  },
  {
    incident: `${COZYSTACK}#1568`,
    file: `${PLATFORM}plan.ts`,
    from: "check.fields<PlatformProps>(props, PLATFORM_FIELDS);",
    to: "",
  },
];

export const MUTATIONS = [...graph, ...releases, ...flux, ...removal, ...network, ...settings];
